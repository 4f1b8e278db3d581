import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

export const console: Step = {
  id: 'console',
  title: 'Warnings to the console',
  check: {
    probe: { kind: 'guest', script: 'cat /proc/sys/kernel/printk' },
    expect({ stdout }) {
      const [now = '', byDefault = ''] = stdout.trim().split(/\s+/);
      if (byDefault === '5' && now !== '5') return fail('You have changed the second number.', 'That is the level of messages that come without one. What reaches the console is decided by the first.');
      if (now === '4') return fail('The console still gets only errors and worse.', 'A message reaches the console when its level is below the number. A warning has level 4, so 4 keeps it away.');
      if (Number(now) > 5) return fail(`With ${now} the console gets much more than warnings.`, 'Notices and information come too. A serial line carries eleven kilobytes a second, and whoever prints waits for it.');
      if (now !== '5') return fail(`With ${now} the console gets less than before.`, 'The number has to be higher for more to pass.');
      return pass([{ statement: 'The console level is 5: warnings and worse reach the console.', command: 'cat /proc/sys/kernel/printk' }]);
    },
  },
  hints: [
    'Four numbers stand in /proc/sys/kernel/printk. The first decides what reaches the console.',
    'Levels run from 0, emerg, to 7, debug, and a message passes when its level is below the number. dmesg can set it, by the name of the last level that is to pass.',
  ],
  solution: { type: ['dmesg -n warn'] },
  wrong: [
    { name: 'the number of the level itself', type: ['echo 4 > /proc/sys/kernel/printk'], hint: 'so 4 keeps it away' },
    { name: 'everything', type: ['dmesg -n debug'], hint: 'A serial line carries', undo: ['echo 4 > /proc/sys/kernel/printk'] },
    { name: 'the second number', type: ["echo '4 5 1 7' > /proc/sys/kernel/printk"], hint: 'come without one', undo: ["echo '4 4 1 7' > /proc/sys/kernel/printk"] },
    { name: 'the other way', type: ['dmesg -n alert'], hint: 'has to be higher', undo: ['echo 4 > /proc/sys/kernel/printk'] },
  ],
};

export const restrict: Step = {
  id: 'restrict',
  title: 'Not for everybody',
  fields: [
    { kind: 'line', id: 'denied', label: 'What nobody is told when asking for the log' },
    { kind: 'line', id: 'root', label: 'How many lines root still reads, as dmesg | wc -l counts' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        value: 'cat /proc/sys/kernel/dmesg_restrict',
        nobody: 'LC_ALL=C setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all dmesg 2>&1 | tail -n 1',
        denied: 'setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all dmesg',
        root: 'dmesg | wc -l',
        pointers: 'cat /proc/sys/kernel/kptr_restrict',
        files: "grep -lsE '^[^#]*dmesg_restrict *= *1' /etc/sysctl.conf /etc/sysctl.d/*",
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const [denied, root] = [entered(entries, 'denied'), entered(entries, 'root')];
      if (seen.text('value') !== '1' || seen.get('denied').code === 0) {
        if (seen.text('files') !== '') return fail(`${seen.lines('files')[0]} says 1, and the kernel says ${seen.text('value')}.`, 'A file is read at the next boot, or when somebody has it applied. The value that counts is the one below /proc/sys.');
        if (seen.text('pointers') !== '0') return fail('You have hidden addresses, and the log is still open.', 'kptr_restrict decides about addresses in files such as /proc/kallsyms. The log has a switch of its own.');
        return fail('The user nobody reads the whole kernel log.', 'One sysctl of the group kernel decides, and its name says what it restricts. Set it in the running kernel.');
      }
      if (denied === '') return fail('What nobody is told is not recorded yet.', 'Become that user for one command, without the capabilities of root, and ask for the log.');
      if (!denied.includes(seen.text('nobody').replace(/^.*: /, ''))) return fail('That is not what nobody is told.', 'Run dmesg as that user and copy the line: runuser or setpriv starts it without the login shell of nobody, which refuses. An empty log and a log that may not be read are two findings.');
      if (!/^\d+$/.test(root.replace(/ *lines?$/, '')) || Math.abs(Number.parseInt(root, 10) - Number(seen.text('root'))) > 20) return fail('Root reads another number of lines.', 'The switch does not concern who has CAP_SYSLOG. Count the lines once more as root, to know that the log is still there.');
      return pass([
        { statement: `With kernel.dmesg_restrict = 1 the user nobody is told: ${denied}`, command: 'setpriv --reuid=65534 --clear-groups dmesg' },
        { statement: `Root still reads ${Number.parseInt(root, 10)} lines.`, command: 'dmesg | wc -l' },
      ]);
    },
  },
  hints: [
    'Something on this node has switched the restriction off. It is a sysctl whose name begins with dmesg.',
    'Set it to 1 with sysctl -w. For the denial, setpriv starts a program under another uid and without groups; nobody is 65534.',
  ],
  solution: {
    type: ['sysctl -w kernel.dmesg_restrict=1', 'setpriv --reuid=65534 --clear-groups dmesg'],
    enter: { denied: { run: 'setpriv --reuid=65534 --clear-groups dmesg 2>&1' }, root: { run: 'dmesg | wc -l' } },
  },
  wrong: [
    { name: 'a file alone', type: ["echo 'kernel.dmesg_restrict = 1' > /etc/sysctl.d/90-log.conf"], hint: 'read at the next boot', undo: ['rm /etc/sysctl.d/90-log.conf'] },
    { name: 'the neighbour', type: ['sysctl -w kernel.kptr_restrict=2'], hint: 'has a switch of its own', undo: ['sysctl -w kernel.kptr_restrict=0'] },
    { name: 'asked as root', type: ['sysctl -w kernel.dmesg_restrict=1'], enter: { denied: 'nothing, it works', root: '250' }, hint: 'two findings', undo: ['sysctl -w kernel.dmesg_restrict=0'] },
    { name: 'nothing done', enter: { denied: 'dmesg: read kernel buffer failed: Operation not permitted', root: '250' }, hint: 'its name says what it restricts' },
  ],
};
