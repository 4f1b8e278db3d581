import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { call, folder, instruction, mechanisms, page } from './programs.ts';

/** A line of the kernel without the time in front of it. */
export const said = (line: string): string => line.replace(/^\s*\[\s*\d+\.\d+\]\s*/, '').trim();

/** What the kernel says of a process of this name that it has ended. */
export const deaths = (program: string): string => `dmesg --kernel | grep -E '(^|[] ])(traps: )?${program}\\[[0-9]+\\]:? (general protection|segfault at)'`;

const kernelAddress = (nonce: string): string => `c0${nonce.slice(0, 6)}`;

function verdict({ entries, nonce }: Scene, seen: Sections): Verdict {
  if (seen.lines('built').length < 2) return fail('The programs mask and peek are not built yet.', `There is a Makefile in ${folder}.`);
  const [masks, peeks] = ['mask', 'peek'].map((name) => seen.lines(name).map(said));
  const gp = said(entered(entries, 'mask-line'));
  if (!masks?.some((line) => line.includes('general protection'))) return fail('The kernel has not ended any mask with a general protection fault.', 'Run it from the shell. A signal that somebody else sends kills a process too, but leaves no such line.');
  if (gp === '') return fail('The line about mask is not recorded yet.', 'The shell says only that it died. Who killed it, and why, stands in the kernel’s log.');
  if (!masks.includes(gp)) {
    return fail('The log has no such line about mask.', gp.includes('segfault')
      ? 'A segfault line tells of a forbidden address. mask touches no memory that it may not: look for the other kind of line.'
      : 'Copy the whole line that names mask, from "traps" to its end.');
  }
  const pf = said(entered(entries, 'peek-line'));
  const at = kernelAddress(nonce);
  const right = peeks?.filter((line) => line.includes(`segfault at ${at} `)) ?? [];
  if (right.length === 0) return fail(`The kernel has not seen peek touch ${at}.`, 'Run peek without any words behind it: the address of this start is in its source. A process that is traced leaves no line; run it without strace.');
  if (!right.includes(pf)) return fail('The line about peek is missing, or is not in the log.', `Take the line that names peek and the address ${at}. The one with Code: belongs to it, but it is not asked for.`);
  const [how, where] = ['mask-how', 'peek-how'].map((id) => entered(entries, id));
  if (how !== instruction) {
    return fail('What stopped mask is not chosen, or not the right one.', how === page
      ? 'mask touches no memory at all. Read its one line of assembly: what would happen to the node if any program could do this?'
      : 'mask never gets as far as asking the kernel for something: its only line is an instruction for the processor.');
  }
  if (where !== page) {
    return fail('What stopped peek is not chosen, or not the right one.', where === instruction
      ? 'peek executes an ordinary load, as every program does a million times. It is the address that is wrong.'
      : 'peek does not ask the kernel for the byte. It tries to take it.');
  }
  return pass([
    { statement: `mask was ended for a reserved instruction: ${gp}`, command: 'dmesg --kernel | grep mask' },
    { statement: `peek was ended for a forbidden page: ${pf}`, command: 'dmesg --kernel | grep peek' },
  ], { interpretations: ['Both got SIGSEGV: the signal alone does not tell the two mechanisms apart.'] });
}

const cd = `cd ${folder}`;
const last = (program: string, more = ''): { readonly run: string } => ({ run: `dmesg --kernel | grep -E '${program}\\[.*(general protection|segfault at)' ${more}| tail -n 1` });
const right = { 'mask-line': last('mask'), 'mask-how': instruction, 'peek-line': last('peek', '| grep " c0" '), 'peek-how': page };

export const protection: Step = {
  id: 'protection',
  title: 'Two ways to be stopped',
  fields: [
    { kind: 'line', id: 'mask-line', label: 'The kernel’s line about mask' },
    { kind: 'choice', id: 'mask-how', label: 'What stopped mask', options: mechanisms },
    { kind: 'line', id: 'peek-line', label: 'The kernel’s line about peek' },
    { kind: 'choice', id: 'peek-how', label: 'What stopped peek', options: mechanisms },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, { built: `ls ${folder}/mask ${folder}/peek`, mask: deaths('mask'), peek: deaths('peek') }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'make builds all three. Run mask and peek without any words behind them; each dies at once, and the shell says the same of both.',
    'dmesg shows what the kernel thought. The lines begin with the name and the pid of the process; one speaks of a trap, the other of an address.',
    'Read the two sources: one holds an instruction that changes the state of the whole processor, the other a load from an address of the kernel.',
  ],
  solution: { type: [cd, 'make', './mask', './peek', 'dmesg --kernel | tail', 'cd'], enter: right },
  wrong: [
    { name: 'killed by hand', type: [cd, 'make', './peek', 'sleep 100 & kill -SEGV $!', 'cd'], enter: right, hint: 'A signal that somebody else sends' },
    { name: 'peek under strace only', type: [`dmesg --clear; cd ${folder}`, './mask', 'strace -o /dev/null ./peek', 'cd'], enter: right, hint: 'A process that is traced' },
    { name: 'the lines exchanged', type: [cd, './mask', './peek', 'cd'], enter: { ...right, 'mask-line': last('peek'), 'peek-line': last('mask') }, hint: 'look for the other kind' },
    { name: 'only the signal noted', type: [cd, './mask', './peek', 'cd'], enter: { ...right, 'mask-line': 'Segmentation fault' }, hint: 'from "traps" to its end' },
    { name: 'the wall taken for one', type: [cd, './mask', './peek', 'cd'], enter: { ...right, 'mask-how': page }, hint: 'Read its one line of assembly' },
    { name: 'an address taken for a call', type: [cd, './mask', './peek', 'cd'], enter: { ...right, 'peek-how': call }, hint: 'It tries to take it' },
  ],
};
