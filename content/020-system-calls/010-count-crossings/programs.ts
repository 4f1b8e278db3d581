/** The three programs of the lab, by the word that the reader knows them by. */
export const programs = ['true', 'find', 'ls'] as const;
export type Program = (typeof programs)[number];

export const command = (program: Program, nonce: string): string =>
  ({ true: 'true', find: 'find /usr -maxdepth 1 -type f', ls: `ls -l /srv/box-${nonce}` })[program];

export const table = (program: Program): string => `/root/crossings/${program}.strace`;

/** Every ranking, from the fewest calls to the most. */
export const orders = ['true < find < ls', 'true < ls < find', 'find < true < ls', 'find < ls < true', 'ls < true < find', 'ls < find < true'] as const;

export const orderOf = (totals: Readonly<Record<Program, number>>): string =>
  [...programs].sort((a, b) => totals[a] - totals[b]).join(' < ');
