import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const value = (text: string, name: string): string => new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? '';
const NOW = '/proc/sys/vm/swappiness';
const asked = `$(grep -o 'to [0-9]*' /root/change-request.txt | cut -c 4-)`;
const back = `sysctl -w vm.swappiness=${'"$(cat /root/answers/before)"'}`;
/** The value before is read into a file, since the solution changes it before the fields are filled. */
const look = `cat ${NOW} | tee /root/answers/before`;
const set = `sysctl -w vm.swappiness=${asked}`;
const right = { before: { run: 'cat /root/answers/before' }, undo: { run: 'echo "sysctl -w vm.swappiness=$(cat /root/answers/before)"' } };

export const change: Step = {
  id: 'change',
  title: 'A change with a way back',
  fields: [
    { kind: 'line', id: 'before', label: 'vm.swappiness before the change' },
    { kind: 'line', id: 'undo', label: 'The command that brings the old state back' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }: Scene) => sectionScript(nonce, {
        now: `cat ${NOW}`,
        files: 'grep -lE "^[^#;]*vm[./]swappiness" /etc/sysctl.conf /etc/sysctl.d/*.conf',
      }),
    },
    expect({ stdout }, { nonce, baseline, entries }) {
      const seen = new Sections(nonce, stdout);
      const [now, old, wanted] = [seen.text('now'), value(baseline, 'swappiness'), value(baseline, 'asked')];
      const files = seen.lines('files');
      if (now === old) {
        return files.length > 0
          ? fail(`vm.swappiness is still ${old}, whatever ${files[0]} says.`, 'A file below `/etc` is read at boot, and by nobody until then. The request is about the running kernel.')
          : fail(`vm.swappiness is still ${old}.`, 'Read the request in `/root/change-request.txt`, then change the running kernel.');
      }
      if (now !== wanted) return fail(`vm.swappiness is ${now}, and the request says ${wanted}.`, 'Do what was approved, not something near it.');
      if (files.length > 0) return fail(`${files[0]} would set it again at the next boot.`, 'For this boot only, says the request: take the line out again.');
      const before = entered(entries, 'before').replace(/^.*[ =](?=\d+$)/, ''); // as sysctl prints it, with its name
      if (before === '') return fail('The value before the change is not recorded.', 'Without it nobody can go back. If you have not looked: restart the lab, and look first.');
      if (before !== old) return fail(`vm.swappiness was not ${before} before.`, 'That is not what this kernel had: a default from a manual is no observation, and after the change it is too late to look.');
      const undo = entered(entries, 'undo');
      if (!/swappiness/.test(undo)) return fail('There is no command yet that brings the old state back.', 'Write it down before you need it: the same tool, the other value.');
      if (!new RegExp(`\\b${old}\\b`).test(undo)) return fail(`The recorded way back does not lead to ${old}.`, 'The way back ends at the value that you found.');
      if (/sysctl/.test(undo) && !new RegExp(`swappiness=["']?${old}\\b`).test(undo)) return fail(`sysctl would not set ${old} with this.`, 'It takes name, equals sign and value as one word, without blanks. Try a way back before you need it.');
      return pass([
        { statement: `vm.swappiness was ${old} and is ${wanted}, until the next boot.`, command: 'sysctl vm.swappiness' },
      ], { interpretations: [`The way back: ${undo}`] });
    },
  },
  hints: [
    'Look, record, change, look again: in this order. `sysctl NAME` shows a setting of the running kernel.',
    '`sysctl -w` writes one. What it writes is gone after a restart, unless a file of `/etc/sysctl.d` says the same.',
    'The way back is the same command, with the value of the first field.',
  ],
  solution: { type: [look, set, `sysctl vm.swappiness`], enter: right },
  wrong: [
    { name: 'a file and nothing else', type: [look, `echo vm.swappiness=${asked} >/etc/sysctl.d/90-request.conf`], enter: right, undo: ['rm /etc/sysctl.d/90-request.conf'], hint: 'by nobody until then' },
    { name: 'a round number', type: [look, 'sysctl -w vm.swappiness=10'], enter: right, undo: [back], hint: 'something near it' },
    { name: 'for ever', type: [look, set, `echo vm.swappiness=${asked} >/etc/sysctl.d/90-request.conf`], enter: right, undo: ['rm /etc/sysctl.d/90-request.conf', back], hint: 'take the line out' },
    { name: 'looked too late', type: [look, set], enter: { ...right, before: { run: `cat ${NOW}` } }, undo: [back], hint: 'too late to look' },
    { name: 'a default from a manual', type: [look, set], enter: { ...right, before: '60', undo: 'sysctl -w vm.swappiness=60' }, undo: [back], hint: 'a default from a manual' },
    { name: 'a way back that does not work', type: [look, set], enter: { ...right, undo: { run: 'echo "sysctl -w vm.swappiness = $(cat /root/answers/before)"' } }, undo: [back], hint: 'as one word, without blanks' },
    { name: 'a way back to somewhere else', type: [look, set], enter: { ...right, undo: 'sysctl -w vm.swappiness=60' }, undo: [back], hint: 'ends at the value' },
  ],
};
