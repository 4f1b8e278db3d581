import type { PageProof } from './page-proof.ts';

const heads = ['page', 'commands', 'lines', 'not run', 'checks', 'wrong', 'seconds', ''] as const;

const row = (name: string, proofs: readonly PageProof[], verdict: string): string[] => {
  const sum = (of: (proof: PageProof) => number): string => String(proofs.reduce((total, proof) => total + of(proof), 0));
  return [name, sum((p) => p.commands), sum((p) => p.compared), sum((p) => p.notRun.length), sum((p) => p.checks), sum((p) => p.attempts), sum((p) => p.took), verdict];
};

/** The run as lines of text: a row a page, a row for all, then the blocks that were not run, with their reasons. */
export function proofTable(proofs: readonly PageProof[]): string[] {
  const rows = [
    [...heads],
    ...proofs.map((proof) => row(proof.id, [proof], proof.problems.length === 0 ? 'proven' : 'FAILED')),
    row(`${proofs.length} pages`, proofs, `${proofs.filter(({ problems }) => problems.length === 0).length} proven`),
  ];
  const widths = heads.map((_head, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  const text = rows.map((cells) => cells.map((cell, column) => (column === 0 || column === heads.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd());
  return [...text, ...proofs.flatMap(({ notRun }) => notRun.map(({ where, why }) => `${where}: ${why}`))];
}
