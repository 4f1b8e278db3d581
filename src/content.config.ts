import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { idOf } from './site/id.ts';

/** A line of text. Apostrophes become those of print, as Markdown makes them in the body. */
const text = (name: string) =>
  z.string({ error: `needs "${name}: …", a line of text` }).trim().min(1, `"${name}" is empty; write a line of text`).transform((line) => line.replaceAll("'", '’'));

/** What the top of a content file says. Anything else in it is a mistake, so that a misspelt key is not lost in silence. */
const frontMatter = z.strictObject({
  title: text('title'),
  /** One sentence, for the overview and for search engines. */
  summary: text('summary'),
  /** Ids of the syllabus that this page teaches. */
  covers: z.array(z.string(), { error: 'needs "covers:", a list of syllabus ids, as in: covers: [S0-T1, S0-T2]; [] if there are none' }),
  /** Reading time of a module page, minutes. A lab's time stands in its lab.ts. */
  minutes: z.int({ error: '"minutes" must be a whole number' }).positive().optional(),
});

const collection = (pattern: string) =>
  defineCollection({ loader: glob({ pattern, base: './content', generateId: ({ entry }) => idOf(entry) }), schema: frontMatter });

export const collections = {
  modules: collection('*/index.mdx'),
  labs: collection('*/*/page.mdx'),
};
