import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { FIND, look, seen, startOf, target } from './target.ts';

const right = { pid: { run: `${FIND}; echo $p` }, start: { run: `${FIND}; ${startOf('$p')}` } };

export const who: Step = {
  id: 'who',
  title: 'Which of the two',
  fields: [
    { kind: 'line', id: 'pid', label: 'Pid of the ledgerd that still runs the old program' },
    { kind: 'line', id: 'start', label: 'Its start time, field 22 of its stat' },
  ],
  check: {
    probe: { kind: 'guest', script: look({ start: startOf('$p'), naive: "awk '{ print $22 }' /proc/$p/stat", otherStart: startOf('$o') }) },
    expect(output, scene) {
      const found = seen(output, scene);
      if ('verdict' in found) return found.verdict;
      const { pid, other } = target(scene);
      const [text, start] = [entered(scene.entries, 'pid'), entered(scene.entries, 'start')];
      if (text === '') return fail('No pid is recorded yet.', 'Two processes are called ledgerd. The link exe in the folder of each says which file it was started from.');
      if (!/^\d+$/.test(text)) return fail(`"${text}" is not a pid.`, 'A dossier is about one process: enter one number. A search by name that finds two has not decided anything.');
      if (text === other) return fail(`${text} was started after the upgrade.`, 'This one runs the new program. What does the kernel write behind the path of a file that has no name any more?');
      if (text !== pid) return fail(`${text} is not the old ledgerd.`, 'Begin with the two pids that a search by name gives, then look at one link in the folder of each.');
      if (start === '') return fail('The start time is not recorded yet.', 'A pid is used again, sooner or later. Pid and start time together name one process for as long as this boot lasts.');
      if (start !== found.sections.text('start')) {
        if (start === found.sections.text('naive')) return fail(`${start} is the 22nd word, and not the 22nd field.`, 'The second field is the name in round brackets, and this name holds a blank. Count from behind the last bracket: there begins field 3.');
        if (start === found.sections.text('otherStart')) return fail('That is the start time of the other ledgerd.', 'Read the stat of the pid that you have recorded.');
        return fail(`The process did not start at ${start}.`, 'The number counts clock ticks since the boot, and has no point in it. Take it from stat, not from ps.');
      }
      return pass([
        { statement: `Process ${pid}, started ${start} ticks after the boot, runs a program whose file has been deleted.`, command: `readlink /proc/${pid}/exe` },
      ]);
    },
  },
  hints: [
    'A search by name finds two. What differs is a link below /proc that has the name of an executable in it.',
    'List that link of all processes with ls -l, and look for the word deleted.',
    'For the start time cut off everything up to the bracket that closes the name. What was field 22 is then field 20.',
  ],
  solution: { type: ["ls -l /proc/[0-9]*/exe 2>/dev/null | grep deleted", 'cat /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/stat'], enter: right },
  wrong: [
    { name: 'both of them', enter: { ...right, pid: { run: "pgrep -f '^/opt/ledger/bin/ledgerd' | tr '\\n' ' '" } }, hint: 'has not decided anything' },
    { name: 'the newer one', enter: { ...right, pid: { run: "pgrep -n -f '^/opt/ledger/bin/ledgerd'" } }, hint: 'behind the path of a file' },
    { name: 'a shell', enter: { ...right, pid: { run: 'pgrep -o -x bash' } }, hint: 'two pids that a search by name gives' },
    { name: 'the 22nd word', enter: { ...right, start: { run: `${FIND}; awk '{ print $22 }' /proc/$p/stat` } }, hint: 'holds a blank' },
    { name: 'a time of day', enter: { ...right, start: '03:10' }, hint: 'has no point in it' },
  ],
};
