import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { root } from './tool.ts';

const PORT = 4321;

/** `npm start`: builds what is missing and serves the course, as it is published, on http://localhost:4321. */
await free(PORT);
await import('./build.ts');
console.log(`\nThe course is at http://localhost:${PORT}/ (Ctrl-C ends it).\n`);
const server = spawn('astro', ['preview', '--port', String(PORT), '--ignore-lock'], { cwd: root, stdio: 'inherit' });
server.on('close', (code) => process.exit(code ?? 0));

/** Before minutes of building: is the port ours to take? */
function free(port: number): Promise<void> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      console.error(`Port ${port} is in use: another copy of the course may be running. Stop it, then run npm start again.`);
      process.exit(1);
    });
    probe.listen(port, () => probe.close(() => resolve()));
  });
}
