import { test } from 'node:test';
import { CONTRACT } from './contract.ts';
import { contractLines, contractScripts } from './contract-fake.ts';
import { openFake } from './fake.ts';
import type { Machine } from './machine.ts';

const open = async (): Promise<Machine> => openFake({ scripts: contractScripts, lines: contractLines }).machine;

for (const { name, run } of CONTRACT)
  test(`fake: ${name}`, async () => {
    const machine = await open();
    await machine.start('snapshot');
    await run(machine, open);
    await machine.dispose();
  });
