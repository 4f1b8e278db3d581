import { problemSentence } from '../lab/author-error.ts';
import type { PageProof } from './page-proof.ts';

const indented = (text: string): string => text.trim().split('\n').map((line) => `    ${line}`).join('\n');

/** What has to be mended on a page, with the evidence, and how to see it again. Empty when it is proven. */
export function proofDetails({ id, problems }: PageProof): string[] {
  if (problems.length === 0) return [];
  return [
    `FAILED ${id}; again with: npm run prove ${id}`,
    ...problems.flatMap((problem) => [`  ${problemSentence(problem)}`, ...(problem.evidence ? [indented(problem.evidence)] : [])]),
  ];
}
