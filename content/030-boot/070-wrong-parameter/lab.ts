import type { Lab } from '../../../src/lab/lab.ts';
import { entered, enteredLines, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { again } from '../../../src/lab/next-boot.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';

/** What this boot was told, and what it has of cgroup and pressure. */
const NOW = `${BOOT_ID}; echo "cmdline $(cat /proc/cmdline)"; echo "controllers $(cat /sys/fs/cgroup/cgroup.controllers)"`;
const STATE = `${NOW}
head -n 1 /proc/pressure/memory >/dev/null 2>&1 && echo "pressure $(head -n 1 /proc/pressure/memory)"
echo "answer $(LC_ALL=C cat /proc/pressure/memory 2>&1 >/dev/null | head -n 1)"
cfg=/boot/grub/grub.cfg
for word in cgroup_disable= psi=0; do
  grep -qsE "^[^#]*$word" /etc/default/grub /etc/default/grub.d/*.cfg && echo "default $word"
  grep -qE "^[[:space:]]*linux[[:space:]].*$word" $cfg && echo "cfg $word"
done
grep -qE "^[[:space:]]*linux[[:space:]].*/boot/vmlinuz-$(uname -r) .*root=" $cfg && grub-script-check $cfg >/dev/null 2>&1 && echo valid
true`;

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');

/** The words of `now` that `before` does not have. */
const added = (now: string | undefined, before: string | undefined): string[] => {
  const known = new Set(words(before));
  return words(now).filter((word) => !known.has(word));
};

const show: Step = {
  id: 'show',
  title: 'Show that limits cannot hold',
  fields: [
    { kind: 'lines', id: 'controllers', label: 'The controllers that this kernel offers at the root', rows: 2 },
    { kind: 'line', id: 'missing', label: 'The one that a memory limit needs, and that is not among them' },
    { kind: 'line', id: 'answer', label: 'What you are told when you read /proc/pressure/memory' },
  ],
  check: {
    probe: { kind: 'boots', script: STATE, timeout: 60_000 },
    expect({ up, stdout }, { entries, baseline }) {
      const seen = values(stdout);
      if (!up || !seen.has('boot')) return fail('The machine is not up.', 'Wait for the login: this node does boot.');
      const gone = added(values(baseline).get('controllers'), seen.get('controllers'));
      if (gone.length === 0) return fail('This boot has all its controllers.', 'What you have to show is gone. Restart the lab to see the damaged boot again.');
      const controllers = words(entered(entries, 'controllers'));
      const [missing, answer] = [entered(entries, 'missing'), entered(entries, 'answer')];
      if (controllers.length === 0 || missing === '' || answer === '') return fail('Three observations are asked for.', 'The first is a file at the root of the cgroup file system; the second follows from it; the third is what a command prints.');
      if (added(controllers.join(' '), seen.get('controllers')).length > 0) return fail(`The kernel does not offer ${added(controllers.join(' '), seen.get('controllers')).join(', ')}.`, 'Copy what the file says now. A list from a healthy node is what you compare it with.');
      if (added(seen.get('controllers'), controllers.join(' ')).length > 0) return fail('The list of controllers is not complete.', 'cgroup.controllers at the root has one line. Copy all of it; cgroup.subtree_control is another question.');
      if (words(seen.get('controllers')).includes(missing)) return fail(`${missing} is there.`, 'Name one that is not in the list that you have copied.');
      if (!gone.includes(missing)) return fail(`${missing} is not offered, and that is no news.`, 'It was not there on this node before either. Which controller has the files `*.max` and `*.high` of memory?');
      if (!answer.includes((seen.get('answer') ?? '').replace(/^.*: /, '')) || seen.get('answer') === '') return fail('The machine does not say that about /proc/pressure/memory.', 'Read the file and record the message that you get, not the one that you expect.');
      return pass([
        { statement: `cgroup.controllers lists ${seen.get('controllers')}; ${missing} is missing.`, command: 'cat /sys/fs/cgroup/cgroup.controllers' },
        { statement: `Reading pressure fails: ${seen.get('answer')}`, command: 'cat /proc/pressure/memory' },
      ]);
    },
  },
  hints: [
    'A limit is a file of a controller. What the kernel offers stands in a file at the root of /sys/fs/cgroup.',
    'Compare the list with the table on this page. Then read the pressure file with `cat`, and keep the words of the error.',
  ],
  solution: {
    type: ['cat /sys/fs/cgroup/cgroup.controllers', 'cat /proc/pressure/memory'],
    enter: { controllers: { run: 'cat /sys/fs/cgroup/cgroup.controllers' }, missing: 'memory', answer: { run: 'cat /proc/pressure/memory 2>&1' } },
  },
  wrong: [
    { name: 'a healthy node’s list', enter: { controllers: 'cpu io memory hugetlb pids misc', missing: 'memory', answer: 'none' }, hint: 'A list from a healthy node' },
    { name: 'what never was there', enter: { controllers: { run: 'cat /sys/fs/cgroup/cgroup.controllers' }, missing: 'cpuset', answer: { run: 'cat /proc/pressure/memory 2>&1' } }, hint: 'not there on this node before' },
    { name: 'part of the list', enter: { controllers: 'cpu', missing: 'memory', answer: 'none' }, hint: 'Copy all of it' },
    { name: 'an answer from a book', enter: { controllers: { run: 'cat /sys/fs/cgroup/cgroup.controllers' }, missing: 'memory', answer: 'Operation not supported' }, hint: 'not the one that you expect' },
  ],
};

const cause: Step = {
  id: 'cause',
  title: 'Find the words that did it',
  fields: [{ kind: 'lines', id: 'tokens', label: 'The kernel parameters behind it, one on a line', rows: 2 }],
  check: {
    probe: { kind: 'boots', script: NOW, timeout: 60_000 },
    expect({ up, stdout }, { entries, baseline }) {
      const seen = values(stdout);
      if (!up || !seen.has('boot')) return fail('The machine is not up.', 'Wait for the login.');
      const tokens = enteredLines(entries, 'tokens').flatMap(words);
      const guilty = added(seen.get('cmdline'), values(baseline).get('cmdline'));
      if (guilty.length === 0) return fail('This boot was not told anything unusual.', 'The words that you look for are on the command line of the damaged boot. Restart the lab to see it again.');
      if (tokens.length === 0) return fail('No parameter is recorded yet.', 'The command line of the running kernel is a file.');
      const foreign = tokens.filter((token) => !words(seen.get('cmdline')).includes(token));
      if (foreign.length > 0) return fail(`"${foreign[0]}" is not on the command line of this boot.`, 'Copy whole words from /proc/cmdline, value included.');
      const innocent = tokens.filter((token) => !guilty.includes(token));
      if (innocent.length > 0) return fail(`${innocent[0]} has nothing to do with it.`, 'Look each word up in the list of kernel parameters, and keep the ones that switch off what you miss.');
      if (guilty.some((token) => !tokens.includes(token))) return fail('One of the two findings is not explained yet.', 'A missing controller and a missing pressure file are two things, with a word for each.');
      return pass([{ statement: `This boot was started with ${tokens.join(' and ')}.`, command: 'cat /proc/cmdline' }]);
    },
  },
  hints: [
    'Nothing in user space can take a controller away from the root: the kernel was started without it. What was it started with?',
    'Read /proc/cmdline word by word. Two of them name what is missing.',
  ],
  solution: { type: ['cat /proc/cmdline'], enter: { tokens: 'cgroup_disable=memory\npsi=0' } },
  wrong: [
    { name: 'one of two', enter: { tokens: 'cgroup_disable=memory' }, hint: 'with a word for each' },
    { name: 'one too many', enter: { tokens: 'cgroup_disable=memory\npsi=0\ninit_on_free=1' }, hint: 'Look each word up' },
    { name: 'without its value', enter: { tokens: 'cgroup_disable\npsi' }, hint: 'value included' },
  ],
};

const mend: Step = {
  id: 'mend',
  title: 'Take them out where they come from',
  check: {
    probe: { kind: 'boots', script: STATE, timeout: 60_000 },
    expect({ up, stdout }, { baseline }) {
      const seen = values(stdout);
      if (!up || !seen.has('boot')) return fail('The machine is not up.', 'The repair is made in the running system. How far did this boot get?');
      if (seen.has('default') && added(seen.get('cmdline'), values(baseline).get('cmdline')).length === 0) return fail('This boot is free of the two words, and the next one will have them again.', 'What you change in GRUB’s editor holds for one boot. It proves the cause; the repair is still to be made.');
      if (seen.has('default') && !seen.has('cfg')) return fail(`The menu is clean, and /etc/default/grub still has ${seen.get('default')}.`, 'The file says in its first lines that it is generated: the next update of a kernel writes it again from the settings. Change those.');
      if (seen.has('default')) return fail(`/etc/default/grub still has ${seen.get('default')}.`, 'Take both words out of the variable, and leave what else stands there.');
      if (seen.has('cfg')) return fail(`/etc/default/grub is clean, and the menu still passes ${seen.get('cfg')}.`, 'GRUB never reads /etc/default/grub. A command turns the settings into the menu: run it.');
      if (!seen.has('valid')) return fail('/boot/grub/grub.cfg does not boot this kernel any more.', 'Have it generated anew before you restart.');
      return pass([{ statement: 'Neither the settings nor the menu of GRUB have the two parameters.', command: 'grep -nE "cgroup_disable|psi=" /etc/default/grub /boot/grub/grub.cfg' }]);
    },
  },
  hints: [
    'On Debian the words of the command line are settings of GRUB’s generator: GRUB_CMDLINE_LINUX in /etc/default/grub.',
    'Edit the variable, then generate the menu, as after each change of that file. Look into both files before you trust them.',
  ],
  solution: { type: ['sed -i "s/cgroup_disable=memory psi=0 //" /etc/default/grub', 'update-grub'] },
  wrong: [
    { name: 'the generated file', type: ['sed -i "s/ cgroup_disable=memory psi=0//" /boot/grub/grub.cfg'], hint: 'says in its first lines' },
    { name: 'the settings alone', type: ['sed -i "s/cgroup_disable=memory psi=0 //" /etc/default/grub'], hint: 'GRUB never reads' },
    { name: 'one of the two', type: ['sed -i "s/psi=0 //" /etc/default/grub'], hint: 'Take both words out' },
    {
      name: 'for one boot', hint: 'holds for one boot',
      type: [
        { line: 'reboot', boots: true, until: 'menu' }, { press: ['e'], until: 'editor' },
        { press: [...Array<string>(6).fill('Down'), 'End', ...Array<string>(28).fill('Backspace'), 'Ctrl+X'], until: 'shell' },
      ],
    },
  ],
};

const proof = again({
  title: 'A boot with its limits',
  script: STATE,
  judge(seen, _, baseline) {
    const extra = added(seen.get('cmdline'), values(baseline).get('cmdline'));
    if (extra.length > 0) return fail(`This boot was started with ${extra.join(' ')}.`, 'A command line is fixed when the kernel starts. A mended menu shows at the next start: restart the machine.');
    if (seen.has('default') || seen.has('cfg')) return fail('The words are back in GRUB’s settings or its menu.', 'This boot is free of them, the next would not be. Mend both files.');
    if (!words(seen.get('controllers')).includes('memory')) return fail('The memory controller is not offered.', 'Compare /proc/cmdline with what you took out.');
    if (!seen.has('pressure')) return fail('/proc/pressure/memory cannot be read.', 'Compare /proc/cmdline with what you took out.');
    return pass([
      { statement: `Boot ${seen.get('boot')} offers ${seen.get('controllers')}.`, command: 'cat /sys/fs/cgroup/cgroup.controllers' },
      { statement: 'Pressure of memory is measured.', command: 'cat /proc/pressure/memory' },
    ]);
  },
  hints: [
    'The running kernel keeps what it was started with. What has to happen before your change can show?',
    'Restart from the shell, touch nothing, then read the two files of the first step again.',
  ],
  early: ['not restarted', 'shows at the next start'],
});

export default {
  title: 'A wrong kernel parameter',
  minutes: 15,
  start: 'cold',
  rest: 'shell',
  prepare: `sed -i 's/^GRUB_CMDLINE_LINUX="/&cgroup_disable=memory psi=0 /' /etc/default/grub
sed -i '/^[[:space:]]*linux[[:space:]]/s/$/ cgroup_disable=memory psi=0/' /boot/grub/grub.cfg`,
  baseline: NOW,
  steps: [show, cause, mend, proof],
} satisfies Lab;
