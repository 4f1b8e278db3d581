import { GUEST_CONTRACT } from './contract-guest.ts';
import { LIFE_CONTRACT } from './contract-life.ts';

/** What every Machine does, whatever runs it: v86 in Node, v86 in a Worker, the fake. */
export const CONTRACT = [...GUEST_CONTRACT, ...LIFE_CONTRACT];
