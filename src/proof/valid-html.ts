import { HtmlValidate } from 'html-validate';
import type { Problem } from '../lab/author-error.ts';

/** The rules of the standard, and what the validator's authors recommend on top. Several answers of one question share a name. */
const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'form-dup-name': ['error', { shared: ['radio', 'checkbox'] }] } });

/** What is not valid in built pages, by path. */
export function htmlProblems(pages: ReadonlyMap<string, string>): Problem[] {
  return [...pages].flatMap(([path, text]) => validator.validateStringSync(text).results.flatMap(({ messages }) => messages).map(({ line, column, ruleId, message }) => ({
    where: `${path}:${line}:${column}`, expected: 'valid HTML', found: `${message} (${ruleId})`, mend: 'Correct the page, or the component that writes this.',
  })));
}
