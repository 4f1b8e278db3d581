import { openMachine } from '../machine/browser.ts';
import type { Machine } from '../machine/machine.ts';
import type { MachineData } from './machine-data.ts';
import { ownScripts } from './own-scripts.ts';

/** The machine that the page was built for. `json` is the element's data-machine, which our own build wrote. */
export function pageMachine(json: string): Promise<Machine> {
  ownScripts();
  const { manifest, snapshot, base }: MachineData = JSON.parse(json);
  return openMachine({ base, described: { manifest, snapshot } });
}
