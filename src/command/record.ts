import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutWithSnapshot } from '../machine/snapshot-build.ts';
import { coursePages } from '../proof/course-page.ts';
import { pickPages } from '../proof/pick-pages.ts';
import { recordPage } from '../proof/record-page.ts';
import { root } from './tool.ts';

// `npm run record [folder…]`: pages show what the machine prints now, masks kept. Read the difference before you commit it.
const folders = process.argv.slice(2);
await checkoutWithSnapshot((line) => console.error(`[snapshot] ${line}`));
try {
  for (const page of pickPages(coursePages(root), { folders })) {
    const text = await recordPage(page);
    if (text !== page.text) writeFileSync(join(root, page.file), text);
    console.log(`${page.id}: ${text === page.text ? 'as it was' : 'rewritten; read the new output before you commit it'}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
