import type { Lab } from '../lab/lab.ts';
import { evidenceReport } from '../lab/report.ts';
import type { Machine } from '../machine/machine.ts';
import type { LabProgress } from '../progress/document.ts';
import { download } from './download.ts';

class MachineOff extends Error {
  readonly remedy = 'Boot it, then download the report; what you proved is kept.';
  constructor() {
    super('The report names the kernel and the boot it was written on, and the machine is not running.');
    this.name = 'MachineOff';
  }
}

/** Downloads the evidence report of a lab. `work` carries the image's id in `data-image`. */
export async function saveReport(lab: Lab, { passed }: LabProgress, machine: Machine | undefined, work: HTMLElement): Promise<void> {
  if (machine?.state.get().kind !== 'ready') throw new MachineOff();
  const { stdout } = await machine.guest.run('uname -r; cat /proc/sys/kernel/random/boot_id');
  const [release = '', bootId = ''] = stdout.split('\n');
  const text = evidenceReport({
    title: lab.title,
    machine: { release, bootId, image: work.dataset['image'] ?? '' },
    at: Date.now(),
    steps: lab.steps.map(({ id, title }) => ({ title, ...(passed[id] ?? { facts: [], interpretations: [], open: [] }) })),
  });
  download('evidence-report.md', text, 'text/markdown');
}
