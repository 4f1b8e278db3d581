import { repeat } from '../../../src/lab/observed.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { begun, OLDEST, PRUNE, TRY } from './node.ts';

const save = `cp -p ${PRUNE} /root/prune.kept`;
const back = [`cp -p /root/prune.kept ${PRUNE}`];
const removed = (text: string): string[] => [...text.matchAll(/^would remove (\S+)$/gm)].map((match) => match[1] ?? '');

export const keep: Step = {
  id: 'keep',
  title: 'So that tonight does not undo it',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        job: `[ -x ${PRUNE} ]`,
        real: repeat(`${PRUNE} -n`),
        trial: repeat(`MODULES=${TRY} ${PRUNE} -n`),
        literal: `grep -cF "$(uname -r)" ${PRUNE}`,
        tree: 'modinfo -n overlay',
      }),
    },
    expect({ stdout }, { baseline, nonce }) {
      const seen = new Sections(nonce, stdout);
      const [running, next] = [begun(baseline, 'running'), begun(baseline, 'tree')];
      const [real, trial] = [removed(seen.text('real')), removed(seen.text('trial'))];
      if (seen.text('tree') === '') return fail('The running release has no tree that could be kept.', 'First the second step: a job is judged by what it would take away.');
      if (seen.get('job').code !== 0) return fail('The job is gone, or cannot be run.', 'Then old trees pile up until the disk is full, which was the reason for the job. Let it live, and teach it what to keep.');
      if (real.includes(next) || trial.includes(next)) return fail(`The job would remove ${next}.`, 'That is the kernel of the next boot. Two trees have to stay: the newest and the one in use.');
      if (real.includes(running) || trial.includes(running)) return fail(`The job would remove the tree of ${running} again.`, 'It keeps the newest and asks nobody what runs. One command knows.');
      if (!trial.includes(OLDEST)) return fail(`The job would not even remove ${OLDEST}.`, `It was made to take old trees away, and still has to: the folder ${TRY} holds one to try it on, with -n.`);
      if (Number(seen.text('literal')) > 0) return fail(`The job names ${running}.`, 'True today. After the next reboot another kernel runs, and the name in the file protects the one that nobody needs. Let the job ask.');
      return pass([{ statement: `With -n the job removes ${trial.join(', ')} from the folder to try it on, and neither ${running} nor ${next}.`, command: `MODULES=${TRY} ${PRUNE} -n; ${PRUNE} -n` }]);
    },
  },
  hints: [
    'Run the job with -n, on /lib/modules and on the folder that its first lines name. What does it compare each tree with?',
    'A second line like the one with continue is enough. It compares the tree with what uname says, at the time when the job runs.',
  ],
  solution: { type: [`sed -i '/= "$newest" ]/a\\  [ "$tree" = "$(uname -r)" ] && continue' ${PRUNE}`, `${PRUNE} -n; MODULES=${TRY} ${PRUNE} -n`] },
  wrong: [
    { name: 'the job thrown away', type: [`mv ${PRUNE} /root/prune.kept`], hint: 'until the disk is full', undo: [`mv /root/prune.kept ${PRUNE}`] },
    { name: 'a job that does nothing', type: [save, `sed -i '2i exit 0' ${PRUNE}`], hint: 'made to take old trees away', undo: back },
    { name: 'the running kernel alone', type: [save, `sed -i 's/newest=.*/newest=$(uname -r)/' ${PRUNE}`], hint: 'the kernel of the next boot', undo: back },
    { name: 'a name for ever', type: [save, `sed -i "/= .\\$newest. ]/a\\  [ \\"\\$tree\\" = $(uname -r) ] \\&\\& continue" ${PRUNE}`], hint: 'True today', undo: back },
    { name: 'looked at', type: [`${PRUNE} -n`], hint: 'One command knows' },
  ],
};
