import { toHex } from '../base/bytes.ts';
import { until } from '../base/store.ts';
import { MachineError, type MachineErrorKind } from './error.ts';
import type { Machine } from './machine.ts';

/** What every Machine does, whatever runs it. Knows no test framework: a case throws when the machine breaks its word. */
export interface ContractCase {
  readonly name: string;
  /** Boots, which takes a real machine half a minute. */
  readonly slow?: true;
  /** `machine` is ready, and perhaps used before; `open` gives one that is off. */
  run(machine: Machine, open: () => Promise<Machine>): Promise<void>;
}

function claim(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const same = (found: unknown, wanted: unknown): void =>
  claim(JSON.stringify(found) === JSON.stringify(wanted), `expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)?.slice(0, 500)}`);

async function refusal(work: Promise<unknown>, kind: MachineErrorKind): Promise<MachineError> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  claim(error instanceof MachineError, `expected a MachineError ${kind}, found ${String(error)}`);
  same(error.kind, kind);
  claim(/[.!?]$/.test(error.message) && /[.!?]$/.test(error.remedy), `"${error.message}" "${error.remedy}" are not sentences`);
  return error;
}

/** 0, 1, 2 … with a period that no power of two divides. */
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => (n * 7 + (n >> 8)) % 251);

async function digest(bytes: Uint8Array): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice())));
}

/** Types a line and waits until the console shows `sign`, which the line itself must not hold. */
async function typed(machine: Machine, line: string, sign: RegExp): Promise<string> {
  const before = machine.console.transcript().length;
  const shown = (): string => machine.console.transcript().slice(before);
  const done = new AbortController();
  const seen = new Promise<void>((resolve) => machine.console.read(() => { if (sign.test(shown())) resolve(); }, done.signal));
  machine.console.write(`${line}\r`);
  await seen;
  done.abort();
  return shown();
}

export const CONTRACT: readonly ContractCase[] = [
  {
    name: 'a start goes from off through loading and booting to ready',
    async run(_, open) {
      const machine = await open();
      const kinds = [machine.state.get().kind];
      machine.state.watch(({ kind }) => { if (kinds.at(-1) !== kind) kinds.push(kind); });
      await machine.start('snapshot');
      same(kinds, ['off', 'loading', 'booting', 'ready']);
      claim(machine.console.transcript().endsWith('# '), 'the console does not show the prompt');
      await machine.dispose();
      same(kinds.at(-1), 'off');
    },
  },
  {
    name: 'a start that is aborted leaves the machine off',
    async run(_, open) {
      const machine = await open();
      const abort = new AbortController();
      const started = machine.start('snapshot', abort.signal);
      abort.abort(new Error('not now'));
      same(await started.catch((error: unknown) => String(error)), 'Error: not now');
      same(machine.state.get().kind, 'off');
    },
  },
  {
    name: 'run gives code, stdout and stderr apart',
    async run(machine) {
      const { code, stdout, stderr } = await machine.guest.run('echo out; echo err >&2; exit 3');
      same([code, stdout, stderr], [3, 'out\n', 'err\n']);
    },
  },
  {
    name: 'a script starts in a clean environment',
    async run(machine) {
      const { stdout } = await machine.guest.run('pwd; echo $HOME $LANG $TERM $PATH; id -u');
      same(stdout, '/root\n/root C.UTF-8 dumb /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n0\n');
    },
  },
  {
    name: 'a signal that ends a script is code 128 + n',
    async run(machine) {
      same((await machine.guest.run('kill -9 $$')).code, 137);
    },
  },
  {
    name: '5 MB of output arrive whole',
    async run(machine) {
      const { stdoutBytes } = await machine.guest.run('head -c 5000000 /dev/zero', { timeout: 120_000 });
      same(stdoutBytes.length, 5_000_000);
      claim(stdoutBytes.every((byte) => byte === 0), 'a byte is not zero');
    },
  },
  {
    name: 'bytes that are not UTF-8 arrive as bytes, and as U+FFFD in the text',
    async run(machine) {
      const { stdout, stdoutBytes } = await machine.guest.run("printf 'a\\377\\376b'");
      same([...stdoutBytes], [0x61, 0xff, 0xfe, 0x62]);
      same(stdout, 'a\ufffd\ufffdb');
    },
  },
  {
    name: 'stdin arrives whole, and a script that does not read it still ends',
    async run(machine) {
      const bytes = pattern(50_000);
      same(await digest((await machine.guest.run('cat', { stdin: bytes })).stdoutBytes), await digest(bytes));
      same((await machine.guest.run('exit 4', { stdin: bytes })).code, 4);
      same((await machine.guest.run('wc -c', { stdin: new Uint8Array() })).stdout.trim(), '0');
    },
  },
  {
    name: '1 MB put is 1 MB got, also under a strange name in a new folder',
    async run(machine) {
      const bytes = pattern(1_000_000);
      const path = "/root/new folder/it's $HOME";
      await machine.guest.put(path, bytes);
      same(await digest(await machine.guest.get(path)), await digest(bytes));
    },
  },
  {
    name: 'a put or get that the guest refuses says why',
    async run(machine) {
      claim(/nonexistent|No such file|denied|not permitted/i.test((await refusal(machine.guest.put('/proc/nowhere/file', pattern(10)), 'refused')).message), 'the reason is missing');
      claim((await refusal(machine.guest.get('/nowhere'), 'refused')).message.includes('No such file'), 'the reason is missing');
    },
  },
  {
    name: 'a script that never ends is ended by its timeout, and the next one runs',
    async run(machine) {
      await refusal(machine.guest.run('sleep 1000', { timeout: 500 }), 'timeout');
      same((await machine.guest.run('echo next')).stdout, 'next\n');
    },
  },
  {
    name: 'an abort ends a script with the reason given, and the next one runs',
    async run(machine) {
      const abort = new AbortController();
      const endless = machine.guest.run('sleep 1000', { signal: abort.signal });
      const waiting = machine.guest.run('echo waited');
      const unwanted = machine.guest.run('echo unwanted', { signal: abort.signal });
      abort.abort(new Error('enough'));
      same(await endless.catch((error: unknown) => String(error)), 'Error: enough');
      same(await unwanted.catch((error: unknown) => String(error)), 'Error: enough');
      same((await waiting).stdout, 'waited\n');
    },
  },
  {
    name: 'scripts queue, and what one leaves in the background does not hold it up',
    async run(machine) {
      const results = await Promise.all(['sleep 1000 & echo started', 'echo second'].map((script) => machine.guest.run(script)));
      same(results.map(({ stdout }) => stdout), ['started\n', 'second\n']);
    },
  },
  {
    name: 'a script of 90 KB runs, one that is longer than an argument may be is refused',
    async run(machine) {
      same((await machine.guest.run(`${'#'.repeat(90_000)}\necho long`)).stdout, 'long\n');
      await refusal(machine.guest.run(`${'#'.repeat(150_000)}\necho longer`), 'refused');
    },
  },
  {
    name: 'what is typed into the console runs there, and stays in the transcript',
    async run(machine) {
      await typed(machine, "echo fin''ished", /finished/);
      claim(machine.console.transcript().includes("echo fin''ished"), 'the echo is missing');
    },
  },
  {
    name: 'a long paste loses nothing',
    async run(machine) {
      const lines = Array.from({ length: 400 }, (_, n) => `${n} ${'x'.repeat(n % 60)}`).join('\n');
      await typed(machine, `cat > /root/paste\n${lines}\n\x04\necho pas''ted`, /pasted/);
      same(await digest(await machine.guest.get('/root/paste')), await digest(new TextEncoder().encode(`${lines}\n`)));
    },
  },
  {
    name: "resize sets the console's size",
    async run(machine) {
      await machine.guest.resize(132, 43);
      same((await machine.guest.run('stty size < /dev/ttyS0')).stdout, '43 132\n');
      await machine.guest.resize(80, 24);
    },
  },
  {
    name: "setClock sets the guest's clock to the host's",
    async run(machine) {
      await machine.guest.run('date -s @1000000000');
      await machine.guest.setClock();
      const guest = Number((await machine.guest.run('date +%s')).stdout);
      claim(Math.abs(guest - Date.now() / 1000) < 30, `the guest's clock says ${guest}`);
    },
  },
  {
    name: 'restore goes back to what save kept, console included',
    async run(machine) {
      await machine.guest.put('/root/kept', pattern(100));
      await typed(machine, "echo befo''re", /before/);
      const saved = await machine.save();
      await machine.guest.put('/root/kept', pattern(5));
      await typed(machine, "echo af''ter", /after/);
      await machine.restore(saved);
      same(machine.state.get().kind, 'ready');
      same((await machine.guest.get('/root/kept')).length, 100);
      claim(/before/.test(machine.console.transcript()) && !/after\r?\n/.test(machine.console.transcript()), 'the console shows another moment');
    },
  },
  {
    name: 'restore refuses what is cut short or foreign, and the machine goes on',
    async run(machine) {
      const saved = await machine.save();
      await refusal(machine.restore(saved.slice(0, -1)), 'snapshot-damaged');
      await refusal(machine.restore(new TextEncoder().encode('<!doctype html>')), 'snapshot-damaged');
      const foreign = saved.slice();
      const at = new TextDecoder('latin1').decode(saved.subarray(0, 200)).indexOf('"key":"') + 7;
      foreign[at] = 0x7a;
      await refusal(machine.restore(foreign), 'snapshot-version');
      same((await machine.guest.run('echo on')).stdout, 'on\n');
    },
  },
  {
    name: 'a paused machine stands still and goes on where it stood',
    async run(machine) {
      machine.pause();
      let ended = false;
      const pending = machine.guest.run('echo late').then(({ stdout }) => { ended = true; return stdout; });
      await machine.instructions();
      claim(!ended, 'it ran while paused');
      machine.resume();
      same(await pending, 'late\n');
    },
  },
  {
    name: 'the instruction counter grows',
    async run(machine) {
      const before = await machine.instructions();
      await machine.guest.run('true');
      claim((await machine.instructions()) > before, 'it stands still');
    },
  },
  {
    name: 'a machine that is off, or starting, refuses to run scripts',
    async run(_, open) {
      const machine = await open();
      await refusal(machine.guest.run('true'), 'refused');
      const started = machine.start('snapshot');
      await refusal(machine.guest.run('true'), 'refused');
      await started;
      await machine.dispose();
    },
  },
  {
    name: 'dispose rejects what is pending; another start begins afresh',
    async run(_, open) {
      const machine = await open();
      await machine.start('snapshot');
      await machine.guest.put('/root/gone', pattern(3));
      const pending = refusal(machine.guest.run('sleep 1000'), 'disposed');
      await machine.dispose();
      await pending;
      same(machine.state.get().kind, 'off');
      await machine.start('snapshot');
      await refusal(machine.guest.get('/root/gone'), 'refused');
      await machine.dispose();
    },
  },
  {
    name: 'reset boots again with the disk as it is',
    slow: true,
    async run(machine) {
      const bootId = async (): Promise<string> => (await machine.guest.run('cat /proc/sys/kernel/random/boot_id')).stdout;
      await machine.guest.put('/root/stays', pattern(7));
      await machine.guest.run('sync');
      const before = await bootId();
      const pending = refusal(machine.guest.run('sleep 1000'), 'interrupted');
      const back = machine.reset();
      await pending;
      same(machine.state.get().kind, 'booting');
      await back;
      await until(machine.state, ({ kind }) => kind === 'ready');
      claim((await bootId()) !== before, 'it is still the same boot');
      same((await machine.guest.get('/root/stays')).length, 7);
    },
  },
];
