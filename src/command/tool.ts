import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface ToolResult {
  readonly code: number;
  readonly output: string;
}

/** Runs a program of node_modules/.bin (or a system one) in the project's root, passes its output on (all to stderr when `out` is 2) and keeps it. */
export function tool(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, out: 1 | 2 = 1): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => { output += data; (out === 1 ? process.stdout : process.stderr).write(data); });
    child.stderr.on('data', (data: Buffer) => { output += data; process.stderr.write(data); });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
