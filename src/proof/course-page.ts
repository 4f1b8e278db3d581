import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lab } from '../lab/lab.ts';
import type { Quiz } from '../lab/quiz.ts';
import { normalizeLab } from '../lab/normalize.ts';
import { normalizeQuiz } from '../lab/normalize-quiz.ts';

/** A page of the course as its author wrote it: a folder with a text, and beside it a lab, a quiz, or neither. */
export interface CoursePage {
  /** `node` or `node/evidence`, as in the URL. */
  readonly id: string;
  /** The text, from the project's root: `content/140-node/010-evidence/page.mdx`. */
  readonly file: string;
  readonly text: string;
  readonly kind: 'module' | 'lab';
  /** Throws an AuthorError when the lab is not sound; undefined on a module's page. */
  lab(): Promise<Lab | undefined>;
  /** Throws an AuthorError when the questions are not sound; undefined where there are none. */
  quiz(): Promise<Quiz | undefined>;
}

const idOf = (folder: string): string => folder.split(/[\\/]/).map((part) => part.replace(/^\d+-/, '')).join('/');

/** Every page of a course, in its order, by being there. `content` is its folder, seen from `root`. */
export function coursePages(root: string, content = 'content'): CoursePage[] {
  const cwd = join(root, content);
  return globSync(['*/index.mdx', '*/*/page.mdx', '*/*/lab.ts'], { cwd })
    .map((path) => dirname(path))
    .filter((folder, index, all) => all.indexOf(folder) === index)
    .sort()
    .map((folder) => {
      const id = idOf(folder);
      const kind = /[\\/]/.test(folder) ? 'lab' : 'module';
      const file = join(content, folder, kind === 'lab' ? 'page.mdx' : 'index.mdx');
      const data = async (name: string): Promise<{ default?: unknown } | undefined> => {
        const path = join(cwd, folder, name);
        return existsSync(path) ? import(pathToFileURL(path).href) : undefined;
      };
      return {
        id,
        file,
        kind,
        text: existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '',
        async lab() {
          return kind === 'lab' ? normalizeLab(id, (await data('lab.ts'))?.default) : undefined;
        },
        async quiz() {
          const module = await data('quiz.ts');
          return module && normalizeQuiz(`${id}, quiz.ts`, module.default);
        },
      };
    });
}
