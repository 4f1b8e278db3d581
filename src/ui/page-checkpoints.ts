import { BrowserStore, TabStore } from './checkpoint-store.ts';
import { Checkpoints } from './checkpoints.ts';
import { remember } from './remember.ts';

/** The checkpoints of this browser and this tab. */
export const pageCheckpoints = (): Checkpoints =>
  new Checkpoints({ lasting: new BrowserStore(), tab: new TabStore(), remember: (any) => remember('checkpoints', any ? '1' : '') });
