import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCheckout, openMachine } from '../machine/node.ts';
import { labFolders } from './lab-folders.ts';
import { proveLab } from './prove-lab.ts';

/** Milliseconds for one lab: a hang is a failure, not a wait. */
const limit = 600_000;

for (const { id, load, pageSteps } of labFolders()) {
  test(`the page of ${id} shows each step of its lab, in order`, async () => {
    assert.deepEqual(pageSteps(), (await load()).steps.map((step) => step.id));
  });

  test(`the lab ${id} fails before, passes after, and answers each wrong attempt`, { timeout: limit }, async (context) => {
    const lab = await load();
    const machine = openMachine(await openCheckout());
    const steps: string[] = [];
    try {
      const failures = await proveLab(id, lab, machine, {
        signal: context.signal,
        say: (what, milliseconds) => steps.push(`${String(Math.round(milliseconds)).padStart(6)} ms  ${what}`),
      });
      assert.deepEqual(failures, []);
    } catch (error) {
      // evidence only where it is wanted
      context.diagnostic(steps.join('\n'));
      context.diagnostic(machine.console.transcript().slice(-4000));
      throw error;
    } finally {
      await machine.dispose();
    }
  });
}
