import { listed } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { others, RULES } from './node.ts';

const keep = 'rule=$(grep -l ip_vs /etc/modprobe.d/*); cp $rule /root/rule.kept';
const back = 'cp /root/rule.kept $rule';

export const block: Step = {
  id: 'block',
  title: 'The rule that stops it',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        rules: RULES,
        others: `modprobe -c | sed -nE 's,^install (${others.join('|')}) /bin/false.*,\\1,p'`,
        dry: 'modprobe -n -v ip_vs 2>&1 | tail -n 1',
      }),
    },
    expect({ stdout }, { nonce }) {
      const seen = new Sections(nonce, stdout);
      const rules = seen.lines('rules');
      const installs = rules.filter((line) => line.startsWith('install'));
      const hidden = rules.some((line) => line.startsWith('blacklist'));
      if (installs.length > 1) return fail('Two rules now say what to run for ip_vs.', 'A rule against a rule is one more thing to read at night, and their order decides. Take the one away that is not wanted.');
      if (installs.length === 1 && !hidden) return fail('modprobe would still run something else.', 'Of the two lines you have taken the weaker; what is left is the stronger of the two.');
      if (installs.length === 1) return fail('modprobe would run /bin/false in place of the insertion.', 'To go past a rule once, with an option, mends nothing for the next who asks. Edit the file that you have found.');
      if (hidden) return fail('modprobe would insert ip_vs when asked by name, and a blacklist line is left.', 'When the kernel itself asks, it asks for an alias, and a blacklist line hides the alias from it.');
      const lost = others.filter((name) => !seen.lines('others').includes(name));
      if (lost.length > 0) return fail(`ip_vs is free, and so ${lost.length > 1 ? 'are' : 'is'} ${listed(lost)}.`, 'The file also blocks protocols that this pool does not want, for a good reason. Put those lines back.');
      return pass([{ statement: `No rule keeps ip_vs out any more: "${seen.text('dry') || 'it is loaded'}". The other blocks stand.`, command: 'modprobe -n -v ip_vs' }]);
    },
  },
  hints: [
    'Two lines of the file are about ip_vs, and they stop different things. Which of them stops a request by name, which one by alias?',
    'Take both lines out, or put a # in front of them, and leave the others. modprobe -c prints all rules that hold.',
  ],
  solution: { type: ["sed -i '/ip_vs/d' /etc/modprobe.d/60-hardening-*.conf", 'modprobe -n -v ip_vs'] },
  wrong: [
    { name: 'past the rule', type: ['modprobe -i ip_vs'], hint: 'mends nothing for the next' },
    { name: 'only the install line', type: [keep, "sed -i '/install ip_vs/d' $rule"], hint: 'it asks for an alias', undo: [back] },
    { name: 'only the blacklist line', type: [keep, "sed -i '/blacklist ip_vs/d' $rule"], hint: 'the stronger of the two', undo: [back] },
    { name: 'the whole file', type: [keep, 'rm $rule'], hint: 'for a good reason', undo: [back] },
    { name: 'a rule against the rule', type: ["echo 'install ip_vs /sbin/modprobe --ignore-install ip_vs' > /etc/modprobe.d/99-ipvs.conf"], hint: 'A rule against a rule', undo: ['rm /etc/modprobe.d/99-ipvs.conf'] },
  ],
};
