import { join } from 'node:path';
import { openCheckout } from '../machine/node.ts';
import { buildSnapshot } from '../machine/snapshot-build.ts';
import { root } from './tool.ts';

/** Builds public/snapshot when it is missing or belongs to another image. */
const checkout = await openCheckout(root);
if (!checkout.snapshot) {
  await buildSnapshot(checkout, join(root, 'public/snapshot'), (line) => console.log(`[snapshot] ${line}`));
  process.exit(0); // the emulator's timers would keep Node waiting
}
