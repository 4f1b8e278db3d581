import { checkoutWithSnapshot } from '../machine/snapshot-build.ts';

/** Builds public/snapshot when it is missing or belongs to another image. */
await checkoutWithSnapshot((line) => console.log(`[snapshot] ${line}`));
process.exit(0); // the emulator's timers would keep Node waiting
