import type { Machine, StartFrom } from '../machine/machine.ts';
import { MachineError } from '../machine/error.ts';
import { openCheckout, openMachine } from '../machine/node.ts';
import { checkoutWithSnapshot } from '../machine/snapshot-build.ts';

const USAGE = `Usage:
  npm run vm                        the machine in this terminal; Ctrl-] ends it
  npm run vm -- run 'uname -r'      prints the output of a script and ends with its code
  npm run vm -- --cold …            from the firmware instead of the snapshot`;

const CTRL_BRACKET = 0x1d;
const FOREVER = 2 ** 31 - 1; // ms: the caller has Ctrl-C

const args = process.argv.slice(2);
const from: StartFrom = args.includes('--cold') ? 'cold' : 'snapshot';
const [verb, script, ...rest] = args.filter((arg) => arg !== '--cold');

try {
  if (verb !== undefined && (verb !== 'run' || script === undefined || rest.length > 0)) {
    console.error(USAGE);
    process.exit(2);
  }
  const machine = openMachine(from === 'snapshot' ? await checkoutWithSnapshot((line) => console.error(`[snapshot] ${line}`)) : await openCheckout());
  process.exit(script === undefined ? await interact(machine, from) : await runScript(machine, from, script));
} catch (error) {
  console.error(error instanceof MachineError ? `${error.message}\n${error.remedy}` : error);
  process.exit(125);
}

async function runScript(machine: Machine, from: StartFrom, script: string): Promise<number> {
  await machine.start(from);
  if (from === 'cold') await machine.guest.run('systemctl is-system-running --wait', { timeout: FOREVER });
  const { code, stdoutBytes, stderrBytes } = await machine.guest.run(script, { timeout: FOREVER });
  await written(process.stderr, stderrBytes);
  await written(process.stdout, stdoutBytes);
  return code;
}

async function interact(machine: Machine, from: StartFrom): Promise<number> {
  const { stdin, stdout } = process;
  const ended = Promise.withResolvers<number>();
  machine.console.read((data) => stdout.write(data));
  machine.state.watch((state) => {
    if (state.kind === 'failed') ended.reject(state.error);
  });
  const fit = (): void => void machine.guest.resize(stdout.columns || 80, stdout.rows || 24).catch(ended.reject);
  fit();
  stdout.on('resize', fit);
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on('data', (data: Buffer) => {
    if (data.includes(CTRL_BRACKET)) ended.resolve(0);
    else machine.console.write(data);
  });
  stdin.on('end', () => ended.resolve(0));
  try {
    await Promise.race([machine.start(from).then(() => ended.promise), ended.promise]);
    return 0;
  } finally {
    if (stdin.isTTY) stdin.setRawMode(false);
    stdout.write('\r\n');
  }
}

function written(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve())));
}
