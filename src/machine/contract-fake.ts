import { BUSY } from './contract-look.ts';
import type { FakeAnswer, FakeWorld } from './fake-agent.ts';

/** What the contract's scripts do in a real guest, so that the fake can be held to the same contract. */
export function contractScripts(script: string, stdin: Uint8Array, world: FakeWorld): FakeAnswer {
  const last = script.split('\n').at(-1) ?? '';
  const fixed: Readonly<Record<string, FakeAnswer>> = {
    'echo out; echo err >&2; exit 3': { code: 3, stdout: 'out\n', stderr: 'err\n' },
    'pwd; echo $HOME $LANG $TERM $PATH; id -u': { stdout: '/root\n/root C.UTF-8 dumb /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n0\n' },
    'kill -9 $$': { code: 137 },
    "printf 'a\\377\\376b'": { stdout: Uint8Array.of(0x61, 0xff, 0xfe, 0x62) },
    cat: { stdout: stdin },
    'exit 4': { code: 4 },
    'wc -c': { stdout: `${stdin.length}\n` },
    'sleep 1000': 'never',
    'sleep 1000 & echo started': { stdout: 'started\n' },
    'stty size < /dev/ttyS0': { stdout: `${world.size.rows} ${world.size.columns}\n` },
    'cat /proc/sys/kernel/random/boot_id': { stdout: `${world.bootId}\n` },
    'cut -d " " -f 1 /proc/uptime': { stdout: '1.00\n' },
    'date +%s': { stdout: `${Math.floor(world.clock / 1000)}\n` },
  };
  if (last === 'head -c 5000000 /dev/zero') return { stdout: new Uint8Array(5_000_000) };
  if (last === BUSY) {
    world.running = { pid: 4711, name: 'sh' };
    return { stdout: '4711\n' };
  }
  if (last === 'kill 4711') world.running = { pid: 0, name: 'swapper' };
  if (last === 'date -s @1000000000') world.clock = 1e12;
  return fixed[last] ?? { stdout: /^echo (.*)$/.test(last) ? `${last.slice(5)}\n` : '' };
}

let paste: string[] | undefined;

/** The console's shell, as far as the contract types into it. */
export function contractLines(line: string, world: FakeWorld): string {
  if (line === 'cat > /root/paste') paste = [];
  else if (line === '\x04') {
    world.files.set('/root/paste', new TextEncoder().encode(`${(paste ?? []).join('\n')}\n`));
    paste = undefined;
  } else if (paste) paste.push(line);
  else if (line.startsWith('echo ')) return line.slice(5).replaceAll("''", '');
  return '';
}
