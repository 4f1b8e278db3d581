import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { problemSentence } from '../lab/author-error.ts';
import { coursePages } from './course-page.ts';
import { proveCourse } from './prove-course.ts';

// Each page under src/proof/bad has one fault, and the proof has to refuse it for that: where, expected, found, how to mend.
const refusals: Readonly<Record<string, readonly RegExp[]>> = {
  'labs': [],
  'labs/sound': [],
  'labs/always': [/^labs\/always, step make: expected a check that depends on what the machine answers, found a pass when the probe printed nothing.* Let expect look/],
  'labs/fresh': [/^labs\/fresh, step make: expected a check that fails on the fresh machine, found a pass\. Look at what the reader has to do/],
  'labs/hint': [/^labs\/hint, step make, hint 2: expected no line of the solution, found "echo made >\/root\/made"\. Say where to look/],
  'labs/idle': [/^labs\/idle, step make, solution: expected the check to pass, found "The file says something else\..*"\. Make the solution do/],
  'labs/wrong-passes': [/^labs\/wrong-passes, step make, wrong attempt "made in another way": expected a fail, found a pass\. Let the check tell/],
  'labs/unsteady': [/^labs\/unsteady: expected passes that say the same, found 1 of 2 failed: it is unsteady\. Let solution/, /step make, solution: expected the check to pass, found "Not this time/],
  'labs/ids': [/^src\/proof\/bad\/010-labs\/080-ids\/page\.mdx: expected <Step> for make, as in lab\.ts, found mend\. Give page and lab the same ids/],
  'labs/meddling': [/^labs\/meddling, step make: expected a check that leaves the machine as it is, found \+ file \/root\/looked .* Let the probe only look/],
  'labs/silent': [/^labs\/silent, step make: expected a reason and a hint when the check fails on the fresh machine, found " Make the file first\."\. Give fail\(\) both/],
  'output': [/^src\/proof\/bad\/020-output\/index\.mdx:12, output of "echo one; echo two": expected "three", found "two" .* Mend the text, or let `npm run record`/],
  'mask': [/^src\/proof\/bad\/030-mask\/index\.mdx:11: expected masks as narrow as the values that vary, found a mask as wide as the line: "GNU over Linux"\. Mask only/],
  'reason': [/^src\/proof\/bad\/040-reason\/index\.mdx:9: expected attributes of a console fence, found not-run without a reason\. Say it/],
  'fence': [/^src\/proof\/bad\/050-fence\/index\.mdx:9: expected shown commands in a `console` fence, which the proof runs, found a `sh` fence\. Write it as/],
  'prompt': [/^src\/proof\/bad\/060-prompt\/index\.mdx:10: expected the prompt root@node-1:\/tmp#, found root@node-1:~#\. Show the prompt/],
  'quiz': [/^quiz, quiz\.ts/],
};

const root = join(import.meta.dirname, '../..');
const content = 'src/proof/bad';

test('each bad example is refused for its own fault, and a sound lab is not', { timeout: 600_000 }, async (context) => {
  const pages = coursePages(root, content);
  assert.deepEqual(pages.map(({ id }) => id).sort(), Object.keys(refusals).sort());
  const proofs = await proveCourse(root, pages.map(({ id }) => ({ id, passes: 1 })), () => undefined, content);
  for (const { id, problems } of proofs) {
    await context.test(id, () => {
      const sentences = problems.map(problemSentence);
      const expected = refusals[id] ?? [];
      if (expected.length === 0) return assert.deepEqual(sentences, []);
      expected.forEach((pattern, index) => assert.match(sentences[index] ?? 'nothing', pattern));
    });
  }
});
