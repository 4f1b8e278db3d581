import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthorError } from '../lab/author-error.ts';
import type { Check, Scene } from '../lab/check.ts';
import type { Lab } from '../lab/lab.ts';
import { fail, pass } from '../lab/verdict.ts';
import { Store } from '../base/store.ts';
import type { Guest, RunOptions, RunResult } from '../machine/guest.ts';
import type { MachineState } from '../machine/machine.ts';
import { ProbeFailure } from './probe-failure.ts';
import { runCheck, type Subject } from './run-check.ts';
import { freshNonce, startLab } from './start-lab.ts';

const scene: Scene = { entries: { release: '6.12' }, baseline: '', nonce: '0badcafe' };

/** A machine whose agent answers, unless it is on its way. */
function subject(guest: Guest, boots: readonly string[] = [''], kind: 'ready' | 'booting' = 'ready'): Subject {
  return {
    guest, state: new Store<MachineState>({ kind }),
    console: { write() {}, read() {}, transcript: () => boots.join(''), boots: () => boots, boot: boots.length - 1 },
  };
}

interface Asked { readonly script: string; readonly options: RunOptions }

/** A guest that answers each script with what `answer` makes of it. */
function fakeGuest(answer: (script: string) => Partial<RunResult> | Error): { guest: Guest; asked: Asked[] } {
  const asked: Asked[] = [];
  const never = () => Promise.reject(new Error('checks only run scripts'));
  const guest: Guest = {
    async run(script, options = {}) {
      asked.push({ script, options });
      const result = answer(script);
      if (result instanceof Error) throw result;
      return { code: 0, stdout: '', stderr: '', stdoutBytes: new Uint8Array(), stderrBytes: new Uint8Array(), ...result };
    },
    put: never, get: never, resize: never, setClock: never,
  };
  return { guest, asked };
}

const isRelease: Check = {
  probe: { kind: 'guest', script: 'uname -r' },
  expect: ({ stdout }, { entries }) => (entries['release'] === stdout.trim()
    ? pass([{ statement: `The kernel is ${stdout.trim()}`, command: 'uname -r' }])
    : fail('Not the release.', 'Ask the kernel.')),
};

test('a check is a script and a judgement, the same each time', async () => {
  const { guest, asked } = fakeGuest(() => ({ stdout: '6.12\n' }));
  const first = await runCheck(isRelease, scene, subject(guest));
  assert.equal(first.kind, 'pass');
  assert.deepEqual(await runCheck(isRelease, scene, subject(guest)), first);
  assert.deepEqual(asked.map(({ script, options }) => [script, options.timeout]), [['uname -r', 20_000], ['uname -r', 20_000]]);
});

test('a wrong entry is a verdict', async () => {
  const { guest } = fakeGuest(() => ({ stdout: '6.1\n' }));
  assert.deepEqual(await runCheck(isRelease, scene, subject(guest)), fail('Not the release.', 'Ask the kernel.'));
});

test('a script may depend on the scene and have its own deadline', async () => {
  const { guest, asked } = fakeGuest(() => ({}));
  const check: Check = { probe: { kind: 'guest', script: ({ nonce }) => `echo ${nonce}`, timeout: 5 }, expect: () => pass([]) };
  await runCheck(check, scene, subject(guest));
  assert.deepEqual([asked[0]?.script, asked[0]?.options.timeout], ['echo 0badcafe', 5]);
});

test('page and console checks do not ask the guest', async () => {
  const { guest, asked } = fakeGuest(() => new Error('no'));
  const seen: string[] = [];
  const expect: Check['expect'] = ({ stdout }) => { seen.push(stdout); return pass([]); };
  await runCheck({ probe: { kind: 'page' }, expect }, scene, subject(guest));
  await runCheck({ probe: { kind: 'console' }, expect }, scene, subject(guest, ['Kernel panic']));
  assert.deepEqual([seen, asked.length], [['', 'Kernel panic'], 0]);
});

test('a failing machine is thrown, never a verdict', async () => {
  const broken = new Error('The control agent is silent.');
  await assert.rejects(runCheck(isRelease, scene, subject(fakeGuest(() => broken).guest)), broken);
});

test('a probe killed by a signal is the machine\'s failure, with a remedy', async () => {
  const { guest } = fakeGuest(() => ({ code: 137 }));
  await assert.rejects(runCheck(isRelease, scene, subject(guest)), (error) =>
    error instanceof ProbeFailure && /SIGKILL/.test(error.message) && error.remedy !== '');
});

test('a script that fails is the author\'s error, with the shell\'s words', async () => {
  const { guest } = fakeGuest(() => ({ code: 2, stderr: 'sh: 1: Syntax error: "fi" unexpected' }));
  await assert.rejects(runCheck(isRelease, scene, subject(guest), { where: 'node/evidence, step kernel' }), (error) =>
    error instanceof AuthorError && /^node\/evidence, step kernel, probe: .*Syntax error/.test(error.message));
});

test('an exception in expect or in a script function is the author\'s error', async () => {
  const { guest } = fakeGuest(() => ({}));
  const oops = (): never => { throw new TypeError('x is undefined'); };
  for (const check of [
    { probe: { kind: 'guest', script: oops }, expect: () => pass([]) },
    { probe: { kind: 'page' }, expect: oops },
  ] satisfies Check[]) {
    await assert.rejects(runCheck(check, scene, subject(guest)), (error) =>
      error instanceof AuthorError && /x is undefined/.test(error.message) && error.cause instanceof TypeError);
  }
});

test('an aborted check throws the reason', async () => {
  const { guest, asked } = fakeGuest(() => ({}));
  const reason = new Error('the reader left');
  await assert.rejects(runCheck(isRelease, scene, subject(guest), { signal: AbortSignal.abort(reason) }), reason);
  assert.equal(asked.length, 0);
});

const never = () => Promise.reject(new Error('this lab starts warm'));
const lab: Lab = { title: 'A lab', minutes: 1, start: 'snapshot', prepare: 'touch /x', baseline: 'cat /y', steps: [] };

test('a lab starts with prepare, then the baseline, both with the nonce', async () => {
  const { guest, asked } = fakeGuest((script) => ({ stdout: script.includes('cat') ? 'base\n' : 'ignored' }));
  assert.deepEqual(await startLab('node/evidence', lab, { guest, reset: never }, '0badcafe'), { baseline: 'base\n', nonce: '0badcafe' });
  assert.deepEqual(asked.map(({ script }) => script),
    ["NONCE='0badcafe'; export NONCE\ntouch /x", "NONCE='0badcafe'; export NONCE\ncat /y"]);
});

test('a lab without scripts asks nothing; one that cannot be prepared is the author\'s error', async () => {
  const idle = fakeGuest(() => ({}));
  assert.equal((await startLab('a/b', { title: '', minutes: 1, start: 'snapshot', steps: [] }, { guest: idle.guest, reset: never }, '0')).baseline, '');
  assert.equal(idle.asked.length, 0);
  const { guest } = fakeGuest(() => ({ code: 1, stderr: 'touch: no space left' }));
  await assert.rejects(startLab('a/b', lab, { guest, reset: never }, '0'), /a\/b, prepare: .*no space left/);
});

test('a nonce is eight hexadecimal digits', () => {
  assert.equal(freshNonce((bytes) => { bytes.set([0, 10, 255, 16]); return bytes; }), '000aff10');
  assert.match(freshNonce(), /^[0-9a-f]{8}$/);
});

test('a lab that starts cold settles the disk and presses the power button', async () => {
  const { guest, asked } = fakeGuest(() => ({}));
  let pressed = 0;
  await startLab('a/b', { ...lab, start: 'cold', rest: 'grub' }, { guest, reset: async () => { pressed += 1; } }, '0');
  assert.deepEqual([asked.length, pressed], [3, 1]);
  assert.match(asked[2]?.script ?? '', /sync/);
});

test('a check by boots asks a machine that is up, and only sees the console of one that is not', async () => {
  const { guest, asked } = fakeGuest(() => ({ stdout: 'up' }));
  const seen: unknown[] = [];
  const check: Check = { probe: { kind: 'boots', script: 'uptime' }, expect: ({ stdout, boots, up }) => { seen.push([stdout, boots, up]); return pass([]); } };
  await runCheck(check, scene, subject(guest, ['a', '\x1b[Hgrub> '], 'booting'));
  await runCheck(check, scene, subject(guest, ['a', 'b']));
  assert.deepEqual(seen, [['', ['a', 'grub> '], false], ['up', ['a', 'b'], true]]);
  assert.equal(asked.length, 1);
});
