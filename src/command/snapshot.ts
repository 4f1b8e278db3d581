import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { openCheckout, type Checkout } from '../machine/node.ts';
import { buildSnapshot } from '../machine/snapshot-build.ts';
import { root } from './tool.ts';

/** The checkout with its snapshot, which is built when it is missing or belongs to another image. */
export async function checkoutWithSnapshot(): Promise<Checkout> {
  const checkout = await openCheckout(root);
  if (checkout.snapshot) return checkout;
  const snapshot = await buildSnapshot(checkout, join(root, 'public/snapshot'), (line) => console.error(`[snapshot] ${line}`));
  return { ...checkout, snapshot };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await checkoutWithSnapshot();
  process.exit(0); // the emulator's timers would keep Node waiting
}
