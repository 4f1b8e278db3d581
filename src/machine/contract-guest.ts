import { claim, digest, pattern, refusal, same, typed, type ContractCase } from './contract-claims.ts';

/** Of the guest and the console: what goes in and comes out of a running machine. */
export const GUEST_CONTRACT: readonly ContractCase[] = [
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
];
