import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../base/store.ts';
import type { Check } from '../lab/check.ts';
import type { Lab } from '../lab/lab.ts';
import type { Step } from '../lab/step.ts';
import { problemSentence } from '../lab/author-error.ts';
import { fail, pass } from '../lab/verdict.ts';
import type { Machine, MachineState } from '../machine/machine.ts';
import { proveLab } from './prove-lab.ts';
import { Typist } from '../machine/typist.ts';

const prompt = '\x1b[?2004hroot@node-1:~# ';

/** A machine whose shell knows `touch` and `rm`, and whose probes list the files that are there. */
function fakeMachine(): Machine {
  const files = new Set<string>();
  const listeners: ((data: Uint8Array) => void)[] = [];
  let transcript = prompt;
  const print = (text: string): void => {
    transcript += text;
    // in small pieces, as a serial line gives them
    for (const byte of new TextEncoder().encode(text)) for (const listener of listeners) listener(Uint8Array.of(byte));
  };
  const bytes = new Uint8Array();
  const never = () => Promise.reject(new Error('not asked for'));
  return {
    state: new Store<MachineState>({ kind: 'ready' }),
    waits: new Store(false),
    begins: () => undefined,
    console: {
      write(data) {
        const line = String(data).replace(/\r$/, '');
        const [command, file = ''] = line.split(' ');
        if (command === 'touch') files.add(file);
        if (command === 'rm') files.delete(file);
        queueMicrotask(() => print(`${line}\r\n\x1b[?2004l\r${command === 'ls' ? `${[...files].join('\r\n')}\r\n` : ''}${prompt}`));
      },
      read: (listener) => void listeners.push(listener),
      transcript: () => transcript,
      boots: () => [transcript],
      boot: 0,
    },
    guest: {
      run: async (script) => ({ code: 0, stdout: script === 'ls' ? `${[...files].join(' ')}\n` : '', stderr: '', stdoutBytes: bytes, stderrBytes: bytes }),
      put: never, get: never, resize: never, setClock: never,
    },
    start: async () => files.clear(), save: never, restore: never, reset: never, pause() {}, resume() {}, instructions: never, watch() {}, inspect: never, dispose: async () => {},
  };
}

const hasFile = (name: string): Check => ({
  probe: { kind: 'guest', script: 'ls' },
  expect({ stdout }, { entries }) {
    const there = stdout.trim().split(' ');
    if (entries[`${name}-said`] !== 'yes') return fail('Nothing is said.', 'Say yes.');
    if (there.includes('wrong')) return fail('A wrong file.', 'Take it away.');
    return there.includes(name) ? pass([]) : fail('No file.', 'Make it.');
  },
});

const step = (name: string): Step => ({
  id: name,
  title: name,
  fields: [{ kind: 'line', id: `${name}-said`, label: 'Said' }],
  check: hasFile(name),
  hints: ['Think.', 'Think again.'],
  solution: { type: [`touch ${name}`], enter: { [`${name}-said`]: 'yes' } },
  wrong: [
    { name: 'no words', type: [`touch ${name}`], enter: { [`${name}-said`]: 'no' }, undo: [`rm ${name}`], hint: 'Say yes' },
    { name: 'another file', type: ['touch wrong'], enter: { [`${name}-said`]: 'yes' }, undo: ['rm wrong'], hint: 'Take it away' },
    { name: 'no file', enter: { [`${name}-said`]: { run: 'true' } }, hint: 'Say' },
  ],
});

const lab = (...steps: Step[]): Lab => ({ title: 'A lab', minutes: 1, start: 'snapshot', steps });
const failures = async (...steps: Step[]): Promise<string[]> => (await proveLab('a/b', lab(...steps), fakeMachine())).problems.map(problemSentence);

test('a sound lab is proven', async () => {
  assert.deepEqual(await failures(step('one'), step('two')), []);
});

const generous: Check = { probe: { kind: 'page' }, expect: () => pass([]) };
let runs = 0;
const moody: Check = { ...hasFile('one'), expect: (output, scene) => {
  const verdict = hasFile('one').expect(output, scene);
  return verdict.kind === 'pass' ? pass([{ statement: `run ${runs += 1}`, command: 'x' }]) : verdict;
} };
const unsound: [string, Step[], RegExp[]][] = [
  ['a check that always passes', [{ ...step('one'), check: generous }],
    [/^a\/b, step one: expected a check that fails on the fresh machine, found a pass/, /"no words": expected a fail, found a pass/, /"another file"/, /"no file"/, /fails after a restart/]],
  ['a check without words', [{ ...step('one'), check: { probe: { kind: 'page' }, expect: () => fail('No.', '') } }],
    [/a reason and a hint when the check fails on the fresh machine/, /"no words": expected a hint/, /"another file": expected a hint/, /"no file": expected a hint/, /solution: expected the check to pass, found "No\. "/, /after a restart/, /without the wrong attempts before it/]],
  ['a wrong attempt with another hint', [{ ...step('one'), wrong: [{ name: 'x', enter: { 'one-said': 'no' }, hint: 'Take it away' }] }],
    [/"x": expected a hint with "Take it away", found "Nothing is said\. Say yes\."/]],
  ['a solution that does not solve', [{ ...step('one'), solution: { enter: { 'one-said': 'yes' } } }], [/step one, solution: expected the check to pass, found "No file\. Make it\."/, /step one, solution without the wrong attempts before it: expected the check to pass/]],
  ['an attempt that cannot be undone', [{ ...step('one'), wrong: [{ name: 'x', type: ['touch wrong'], enter: { 'one-said': 'yes' }, hint: 'Take it' }] }], [/found "A wrong file/]],
  ['a check that changes its mind', [{ ...step('one'), check: moody }], [/the same verdict from a second run/]],
  ['a step that comes for nothing', [{ ...step('one'), solution: { type: ['touch one', 'touch two'], enter: { 'one-said': 'yes', 'two-said': 'yes' } } }, { ...step('two'), wrong: [] }],
    [/step two: expected a check that fails after the solution of one, found a pass/]],
];
for (const [name, steps, expected] of unsound) {
  test(`the proof finds ${name}`, async () => {
    const found = await failures(...steps);
    assert.equal(found.length, expected.length, found.join('\n'));
    expected.forEach((pattern, index) => assert.match(found[index] ?? '', pattern));
  });
}

test('a step may come early when the lab says why', async () => {
  const early = { ...step('two'), wrong: [], early: 'Both files come from one command.' };
  assert.deepEqual(await failures({ ...step('one'), solution: { type: ['touch one', 'touch two'], enter: { 'one-said': 'yes', 'two-said': 'yes' } } }, early), []);
});

test('a typist returns what was printed, and ends by its signal', async () => {
  const { console } = fakeMachine();
  const typist = new Typist(console);
  await typist.prompt();
  await typist.type('touch a');
  await typist.type('touch b');
  assert.equal(await typist.type('ls'), 'a\nb');
  const silent = new Typist({ write() {}, read() {}, transcript: () => '', boots: () => [''], boot: 0 });
  const left = new AbortController();
  const typed = silent.type('sleep 1000', left.signal);
  left.abort(new Error('the reader left'));
  await assert.rejects(typed, /the reader left/);
});
