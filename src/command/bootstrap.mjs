// The door of every npm script: plain JavaScript, so that Node 20 can run it. Installs the dependencies when they are
// missing or older than the lock file, then runs src/command/NAME.ts with a Node that reads TypeScript (24 from the
// dependencies, or the one at hand). npm's own pre-scripts are no place for this: they may be switched off.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [name, ...rest] = process.argv.slice(2);
const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.bootable-lock.json');

if (!existsSync(installed) || readFileSync(lock, 'utf8') !== readFileSync(installed, 'utf8')) {
  console.error('Installing the dependencies (npm ci) …');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error('npm ci failed: see its last lines above. The course needs the packages of package-lock.json from an npm registry.');
    process.exit(done.status ?? 1);
  }
  copyFileSync(lock, installed);
}

const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
const [major, minor] = process.versions.node.split('.').map(Number);
const node = existsSync(own) ? own : process.execPath;
if (node === process.execPath && (major < 22 || (major === 22 && minor < 18))) {
  console.error(`This is Node ${process.versions.node}; the course needs 22.18 or newer, and no packaged Node fits this system. Install it from nodejs.org, then run the same command.`);
  process.exit(1);
}

const child = spawnSync(node, [join(root, 'src', 'command', `${name}.ts`), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_NO_WARNINGS: '1', ASTRO_TELEMETRY_DISABLED: '1', PATH: join(root, 'node_modules', '.bin') + delimiter + process.env.PATH },
});
process.exit(child.status ?? 1);
