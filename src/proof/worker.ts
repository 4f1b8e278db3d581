import { coursePages } from './course-page.ts';
import { provePage } from './page-proof.ts';

/** A process of its own that proves the pages it is told, one after the other. Its folder and content come as arguments. */
export interface Task {
  readonly id: string;
  readonly passes: number;
}

const [root = '', content = ''] = process.argv.slice(2);
const pages = coursePages(root, content);

process.on('message', async ({ id, passes }: Task) => {
  const page = pages.find((page) => page.id === id);
  if (page === undefined) throw new Error(`There is no page ${id} in ${content}.`);
  process.send?.(await provePage(page, passes));
});
