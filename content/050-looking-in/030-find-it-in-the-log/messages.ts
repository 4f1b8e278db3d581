import { listed, namedLine } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, enteredLines, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { bare, FACILITIES, LEVELS, night } from './night.ts';

const probe = { kind: 'guest', script: ({ nonce }: { readonly nonce: string }) => sectionScript(nonce, { kernel: 'dmesg --notime --kernel', user: 'dmesg --notime --userspace' }) } as const;

const since = 'dmesg -t --kernel --since "$(cat /root/window)"';
const found = (name: string, pattern: string) => `echo "${name}: $(${since} | grep -m1 '${pattern}')"`;
const all = { memory: 'Killed process', fault: 'segfault', filesystem: 'EXT4-fs', network: 'promiscuous' };
const entries = (change: Partial<typeof all> = {}) => ({ events: { run: Object.entries({ ...all, ...change }).map(([name, pattern]) => found(name, pattern)).join('\n') } });
const without = (command: string, change: Partial<typeof all> = {}) => ({ events: { run: entries(change).events.run.replaceAll(since, command) } });

export const events: Step = {
  id: 'events',
  title: 'Four events of the night',
  fields: [{ kind: 'lines', id: 'events', label: 'Four messages of the kernel since the time in /root/window', rows: 4, placeholder: 'subsystem: message' }],
  check: {
    probe,
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const { events, earlier, forged } = night(nonce);
      const [kernel, user] = [seen.lines('kernel').map(bare), seen.lines('user').map(bare)];
      const findings = enteredLines(entries, 'events').map((line) => namedLine(line) ?? { name: '', rest: line }).map(({ name, rest }) => ({ name: name.toLowerCase(), rest }));
      if (findings.length === 0) return fail('No message is recorded yet.', 'Begin with the time that is written in /root/window, and with a tool that can leave out what came before.');
      for (const { name, rest } of findings) {
        const message = bare(rest);
        const wanted = events.get(name);
        if (name === '') return fail(`No subsystem stands in front of "${rest}".`, 'One line for each message, however long: its subsystem, a colon, a blank, the message.');
        if (wanted === undefined) return fail(`"${name}" is none of the four subsystems.`, `Begin each line with one of: ${listed([...events.keys()])}, then a colon and a blank.`);
        if (message.length < 15) return fail(`The line for ${name} is too short to be a message.`, 'Copy the message whole, from its first word.');
        if (user.some((line) => line.includes(message)) || forged.test(message)) return fail('That line was not written by the kernel.', 'A program wrote it into the same buffer. dmesg has an option that leaves such lines out, and another that shows who wrote each.');
        if (!kernel.some((line) => line.includes(message))) return fail(`The log of this machine has no message "${message}".`, 'Copy it from the log as it stands there.');
        if (earlier.test(message)) return fail(`"${message}" is real, and too old.`, 'The same kind of thing had happened before. Compare its time with the one in `/root/window`.');
        if (!wanted.test(message)) return fail(`"${message}" is not the event of ${name}.`, 'Who speaks in this line, and was it after the time in `/root/window`? A line of a longer report may be right and not tell what happened.');
      }
      const missing = [...events.keys()].filter((name) => !findings.some((one) => one.name === name));
      if (missing.length > 0) return fail(`Not found yet: ${listed(missing)}.`, 'A filter by level shows errors only. Two of the four are not errors for the kernel: it reports them as information.');
      return pass(findings.map(({ name, rest }) => ({ statement: `Kernel log, ${name}: "${bare(rest)}"`, command: 'dmesg --kernel --since' })));
    },
  },
  hints: [
    'Time first: an option of dmesg takes a time in the form of the file and shows what came since. Then read, it is not much.',
    'The longest report is that of the memory. The line that says who was killed stands at its end.',
    'For the other three look for the words segfault, EXT4-fs and promiscuous in what is left.',
  ],
  solution: { type: ['cat /root/window', "dmesg --kernel --since \"$(cat /root/window)\" | grep -E 'Killed|segfault|EXT4|promisc'"], enter: entries() },
  wrong: [
    { name: 'errors only', enter: { events: { run: `${since.replace('--kernel', '--kernel -l err')} | sed -n '/Killed/s/^/memory: /p; /EXT4/s/^/filesystem: /p'` } }, hint: 'A filter by level' },
    { name: 'no window of time', enter: without('dmesg -t --kernel'), hint: 'Compare its time' },
    { name: 'the forged line', enter: without('dmesg -t --since "$(cat /root/window)"', { filesystem: 'EXT4-fs error' }), hint: 'A program wrote it' },
    { name: 'a message of another machine', enter: { events: 'memory: Out of memory: Killed process 4711 (java) total-vm:8388608kB' }, hint: 'as it stands there' },
    { name: 'a line from the middle of the report', enter: entries({ memory: 'Tasks state' }), hint: 'not tell what happened' },
    { name: 'no subsystem', enter: { events: { run: `${since} | grep -m1 segfault | cut -d ' ' -f 2-` } }, hint: 'One line for each message, however long' },
  ],
};

const forgedLine = "dmesg -t --userspace | grep 'EXT4-fs error'";
const facility = { run: "dmesg -x --userspace | grep 'EXT4-fs error' | cut -d : -f 1 | tr -d ' '" };

export const forged: Step = {
  id: 'forged',
  title: 'The line that the kernel did not write',
  fields: [
    { kind: 'line', id: 'line', label: 'The message that only looks like one of the kernel' },
    { kind: 'choice', id: 'facility', label: 'Its facility', options: FACILITIES },
    { kind: 'choice', id: 'level', label: 'Its level', options: LEVELS },
  ],
  check: {
    probe,
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const { forged, facility } = night(nonce);
      const [line, told, level] = [bare(entered(entries, 'line')), entered(entries, 'facility'), entered(entries, 'level')];
      if (line === '' || told === '' || level === '') return fail('A message, its facility and its level are asked for.', 'dmesg has an option that writes facility and level in front of each message.');
      if (seen.lines('kernel').map(bare).includes(line)) return fail('The kernel did write that.', 'Look at the first word of each line, as dmesg -x prints it: the kernel has one facility for itself.');
      if (!seen.lines('user').map(bare).includes(line)) return fail('The log has no such line.', 'Copy the message whole, without what stands in front of it.');
      if (!forged.test(line)) return fail('A program wrote that, and says so.', 'systemd writes into this buffer before its journal runs, under its own name. Another line pretends to come from a file system.');
      if (told === 'kern') return fail('Then it would be real.', 'Nobody outside the kernel can write with the facility kern: a program that tries gets user in its place.');
      if (told !== facility) return fail(`The facility is not ${told}.`, 'It stands first in the output of dmesg -x, before the colon.');
      if (level !== 'err') return fail(`The level is not ${level}.`, 'It stands second in the output of dmesg -x. A program chooses it freely.');
      return pass([{ statement: `"${line}" was written by a program: facility ${told}, level ${level}.`, command: 'dmesg -x --userspace' }],
        { interpretations: ['The file system on sda1 has reported no error.'] });
    },
  },
  hints: [
    'Whoever may write to /dev/kmsg can write whatever text they like, in any form. One thing they cannot choose.',
    'Let dmesg decode facility and level, and look for lines about a file system whose first word is not the kernel’s.',
  ],
  solution: { type: ['dmesg -x --userspace | tail -n 3'], enter: { line: { run: forgedLine }, facility, level: 'err' } },
  wrong: [
    { name: 'a true message', enter: { line: { run: "dmesg -t --kernel | grep 'EXT4-fs (loop' | tail -n 1" }, facility: 'kern', level: 'err' }, hint: 'the first word of each line' },
    { name: 'believed', enter: { line: { run: forgedLine }, facility: 'kern', level: 'err' }, hint: 'Nobody outside the kernel' },
    { name: 'a line of systemd', enter: { line: { run: 'dmesg -t --userspace | grep systemd | head -n 1' }, facility: 'daemon', level: 'info' }, hint: 'under its own name' },
    { name: 'the level of a warning', enter: { line: { run: forgedLine }, facility, level: 'warn' }, hint: 'It stands second' },
  ],
};
