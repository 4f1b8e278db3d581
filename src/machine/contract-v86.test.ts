import { after, before, test } from 'node:test';
import { checkoutWithSnapshot } from './snapshot-build.ts';
import { CONTRACT } from './contract.ts';
import type { Machine } from './machine.ts';
import { openMachine, type Checkout } from './node.ts';

let checkout: Checkout;
let machine: Machine;
const open = async (): Promise<Machine> => openMachine(checkout);

before(async () => {
  checkout = await checkoutWithSnapshot(console.error);
  machine = await open();
  await machine.start('snapshot');
});

after(() => machine.dispose());

for (const { name, run } of CONTRACT) test(`v86: ${name}`, () => run(machine, open));
