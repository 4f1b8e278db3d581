import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { PageProof } from './page-proof.ts';
import type { Task } from './worker.ts';

/** One machine works a core; beyond four, memory (1 GiB each) is dearer than time. */
const most = 4;

/** Proves pages in as many processes as there are cores, longest first when the caller gives them so. */
export async function proveCourse(
  root: string, tasks: readonly Task[], heard: (proof: PageProof) => void, content = 'content', workers = Math.min(most, availableParallelism()),
): Promise<PageProof[]> {
  const waiting = [...tasks];
  const proofs: PageProof[] = [];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const proof = await inProcess(root, content, task);
      proofs.push(proof);
      heard(proof);
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, work));
  return proofs.sort((a, b) => tasks.findIndex(({ id }) => id === a.id) - tasks.findIndex(({ id }) => id === b.id));
}

/** A process for each page: what one page does to memory or time is not another's. */
function inProcess(root: string, content: string, task: Task): Promise<PageProof> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [root, content], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let said = '';
    child.stderr?.on('data', (data: Buffer) => { said = (said + data).slice(-4000); });
    child.on('message', (proof) => {
      resolve(proof as PageProof);
      child.kill();
    });
    child.on('exit', (code, signal) => resolve({
      id: task.id, commands: 0, compared: 0, notRun: [], checks: 0, attempts: 0, took: 0,
      problems: [{ where: task.id, expected: 'a proof', found: `a process that ended with ${signal ?? code}`, mend: 'Read its last words below.', evidence: said }],
    }));
    child.send(task);
  });
}
