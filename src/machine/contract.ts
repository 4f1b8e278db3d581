import { GUEST_CONTRACT } from './contract-guest.ts';
import { LOOK_CONTRACT } from './contract-look.ts';
import { LIFE_CONTRACT } from './contract-life.ts';

/** What every Machine does, whatever runs it: v86 in Node, v86 in a Worker, the fake. */
export const CONTRACT = [...GUEST_CONTRACT, ...LOOK_CONTRACT, ...LIFE_CONTRACT];
