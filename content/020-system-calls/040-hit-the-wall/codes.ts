import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { whole } from '../counting.ts';
import { folder } from './programs.ts';
import { deaths } from './protection.ts';

const meanings = ['the page was there, and forbidden', 'it was a write', 'it came from user mode'] as const;
const [there, write, user] = meanings;

/** The three accesses: what the reader runs, and how its line in the log is known. */
const accesses = [
  { id: 'low-read', what: 'the read at 16', code: 4, find: (line: string) => /segfault at [0-9a-f]{1,3} /.test(line) && /error [45] /.test(line) },
  { id: 'low-write', what: 'the write at 16', code: 6, find: (line: string) => /segfault at [0-9a-f]{1,3} /.test(line) && /error [67] /.test(line) },
  { id: 'kernel-write', what: 'the write at the kernel address of peek.c', code: 7, find: (line: string, nonce: string) => line.includes(`segfault at c0${nonce.slice(0, 6)} `) && /error [67] /.test(line) },
] as const;

function verdict({ entries, nonce }: Scene, seen: Sections): Verdict {
  const lines = seen.lines('peek');
  for (const { what, id, find } of accesses) {
    const line = lines.find((line) => find(line, nonce));
    if (line === undefined) return fail(`The log has no line of peek for ${what}.`, 'peek takes two words: read or write, and an address. Addresses may be written with 0x in front, and the one of the kernel stands in its source.');
    const code = /error (\d+) /.exec(line)?.[1];
    const mine = whole(entered(entries, id).replace(/^(error\s*)?(0x)?/i, '')); // as the line has it, and hexadecimal as its reader knows
    if (mine === undefined) return fail(`The error code of ${what} is not recorded yet.`, 'It stands in the kernel’s line, behind the word error.');
    if (mine !== Number(code)) {
      return fail(`The log does not say error ${mine} for ${what}.`, mine === 139 || mine === 11
        ? 'That is how the shell reports the signal. The code of the fault stands in the kernel’s line.'
        : 'Find the line by its address, then read the number behind the word error.');
    }
  }
  for (const [id, bit, right] of [['bit-1', 1, there], ['bit-2', 2, write], ['bit-4', 4, user]] as const) {
    const mine = entered(entries, id);
    if (mine === '') return fail(`The meaning of the value ${bit} is not chosen yet.`, 'Write the three codes as sums of 1, 2 and 4, and see which of them changes when only one thing about the access does.');
    if (mine !== right) {
      return fail(`The value ${bit} does not say that ${mine}.`, bit === 4
        ? 'All of your accesses came from a program. Which value is in every code?'
        : 'Two of your accesses differ in one thing only: the address, or reading against writing. Which value came or went with it?');
    }
  }
  return pass([
    { statement: 'Page fault error codes here: 4 for a read of nothing, 6 for a write to nothing, 7 for a write to the kernel’s address.', command: 'dmesg --kernel | grep peek' },
  ], { interpretations: ['1: the page was there, and forbidden; 2: a write; 4: from user mode.'] });
}

const code = (pattern: string) => ({ run: `dmesg --kernel | grep -E 'peek\\[.*segfault at ${pattern}' | grep -oE 'error [0-9]+' | cut -d ' ' -f 2 | tail -n 1` });
const cd = `cd ${folder}`;
const run = [cd, './peek read 16', './peek write 16', "./peek write $(grep -o '0xc0[0-9a-f]*' peek.c)", 'cd'];
const right = { 'low-read': code('10 .*error [45]'), 'low-write': code('10 .*error [67]'), 'kernel-write': code('c0.*error [67]'), 'bit-1': there, 'bit-2': write, 'bit-4': user };

export const codes: Step = {
  id: 'codes',
  title: 'What the error code says',
  fields: [
    { kind: 'line', id: 'low-read', label: 'error of a read at 16' },
    { kind: 'line', id: 'low-write', label: 'error of a write at 16' },
    { kind: 'line', id: 'kernel-write', label: 'error of a write at the kernel address in peek.c' },
    { kind: 'choice', id: 'bit-1', label: 'The value 1 says', options: meanings },
    { kind: 'choice', id: 'bit-2', label: 'The value 2 says', options: meanings },
    { kind: 'choice', id: 'bit-4', label: 'The value 4 says', options: meanings },
  ],
  check: {
    probe: { kind: 'guest', script: ({ nonce }) => sectionScript(nonce, { peek: deaths('peek') }) },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Give peek two words, read or write and an address, three times. Each time the kernel writes one line with the address and an error code.',
    'The code is a sum of 1, 2 and 4. Compare read and write at the same address for one of the values, and two addresses with the same kind of access for another.',
  ],
  solution: { type: [...run, "dmesg --kernel | grep -o 'peek.*segfault.*error [0-9]*'"], enter: right },
  wrong: [
    { name: 'nothing run', enter: { ...right, 'low-read': '4', 'low-write': '6', 'kernel-write': '7' }, hint: 'peek takes two words' },
    { name: 'the exit status', type: run, enter: { ...right, 'low-read': '139' }, hint: 'how the shell reports the signal' },
    { name: 'the code of another access', type: run, enter: { ...right, 'low-read': '5' }, hint: 'Find the line by its address' },
    { name: 'write and protection exchanged', type: run, enter: { ...right, 'bit-1': write, 'bit-2': there }, hint: 'Which value came or went' },
    { name: 'user mode not seen', type: run, enter: { ...right, 'bit-4': there }, hint: 'Which value is in every code' },
  ],
};
