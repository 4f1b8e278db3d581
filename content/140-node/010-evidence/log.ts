import type { Scene } from '../../../src/lab/check.ts';
import { refusal, repeat } from '../../../src/lab/observed.ts';
import { listed, namedLine } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, enteredLines, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { subsystems } from './subsystems.ts';

const restricted = 'nothing: Operation not permitted';
const open = 'every message';

/** Without the time and the prefixes of `dmesg`, `dmesg -x` and `journalctl -k`. */
export const bareMessage = (line: string): string => line.trim()
  .replace(/^\w{3} \d\d \d\d:\d\d:\d\d \S+ kernel: /, '')
  .replace(/^\w+\s*:\w+\s*: /, '')
  .replace(/^\[[^\]]*\]\s*/, '')
  .trim();

/** Shorter pieces of a message could stand in any log. */
const telling = 12;

function findingsProblem(findings: readonly { name: string; rest: string }[], seen: Sections): Verdict | undefined {
  const kernelLog = seen.text('kernel').split('\n').map(bareMessage);
  const userLog = seen.text('user').split('\n').map(bareMessage);
  for (const { name, rest } of findings) {
    const message = bareMessage(rest);
    const subsystem = subsystems.get(name);
    if (subsystem === undefined) return fail(`"${name}" is none of the subsystems.`, `Begin each line with one of: ${listed([...subsystems.keys()])}.`);
    if (message.length < telling) return fail(`"${rest}" is too little of a message.`, 'Record the message as the log prints it, from its first word on.');
    if (!kernelLog.some((line) => line.includes(message))) {
      if (userLog.some((line) => line.includes(message))) return fail(`The kernel did not write "${message}".`, 'That line was written into the kernel log by a program. `dmesg --kernel` leaves such lines out.');
      return fail(`The kernel log of this boot does not hold "${message}".`, 'Every message must stand in the log of this machine and this boot. Copy it; do not write it from memory or from another node.');
    }
    if (!subsystem.test(message)) return fail(`"${message}" is not a line by which this check knows ${name}.`, 'The message is real. Either it belongs to another subsystem than you say, or the check does not know it: then take another line.');
  }
  const names = findings.map(({ name }) => name);
  if (new Set(names).size < names.length) return fail('Two of the messages are of one subsystem.', 'Three messages from one corner are one finding. Look for other parts of the kernel.');
  return undefined;
}

function verdict({ entries, nonce }: Scene, seen: Sections): Verdict {
  const findings = enteredLines(entries, 'findings').map((line) => namedLine(line) ?? { name: '', rest: line });
  const command = entered(entries, 'log-command');
  if (findings.length < 3) return fail(`Three messages of the kernel log are asked for, ${findings.length} recorded.`, 'Write each as `subsystem: message`, one on a line.');
  const problem = findingsProblem(findings, seen);
  if (problem !== undefined) return problem;

  if (command === '') return fail('The command that showed the messages is missing.', 'Record how you read the log, so that somebody else can read it in the same way.');
  const refused = refusal(command, bareMessage(findings[0]?.rest ?? ''));
  if (refused !== undefined) return fail('The recorded command is no evidence.', refused);
  const unseen = findings.find(({ rest }) => !seen.text('repeated').includes(bareMessage(rest)));
  if (unseen !== undefined) return fail(`The recorded command, run again, does not show "${bareMessage(unseen.rest)}".`, 'One command has to show all three messages, within ten seconds and without changing anything. A filter that is too narrow hides evidence.');

  const incident = entered(entries, 'incident');
  if (incident !== `INC-${nonce}`) {
    return fail(incident === '' ? 'The number of the incident is not recorded yet.' : `"${incident}" is not the incident of this machine.`,
      'A program wrote one line with the number of this incident into the kernel log after boot. It is new at each start, so nobody else\'s report has yours.');
  }

  const limited = seen.get('student').code !== 0;
  const access = entered(entries, 'student');
  if (access === '') return fail('What student gets from the kernel log is not recorded yet.', 'Become the user, ask for the log, and choose what you see.');
  if ((access === restricted) !== limited) return fail(`The check asked as student and saw something else than "${access}".`, 'Try it as that user. What root sees says nothing about anybody else.');
  const setting = /^(?:kernel\.)?dmesg_restrict\s*[=:]?\s*(\d)$/.exec(entered(entries, 'setting'));
  if (setting === null) return fail('The setting behind the limit is not recorded yet.', 'It is a sysctl of the group kernel, named after the tool. Record it as `name = value`.');
  if (setting[1] !== seen.text('setting')) return fail(`The setting is not ${setting[1]} now.`, 'Read the value that is in force, from the running kernel.');

  return pass([
    ...findings.map(({ name, rest }) => ({ statement: `Kernel log, ${name}: "${bareMessage(rest)}"`, command })),
    { statement: `A program wrote the incident INC-${nonce} into the kernel log after boot.`, command: 'dmesg --userspace' },
    { statement: `With kernel.dmesg_restrict = ${seen.text('setting')}, student reads ${access}.`, command: 'sudo -u student dmesg' },
  ]);
}

const right = {
  'log-command': 'dmesg',
  'findings': {
    run: `echo "processor: $(dmesg -t --kernel | grep -m1 '^CPU: ')"
echo "storage: $(dmesg -t --kernel | grep -m1 'Attached SCSI disk')"
echo "filesystem: $(dmesg -t --kernel | grep -m1 'EXT4-fs')"`,
  },
  'incident': { run: "dmesg --userspace | grep -o 'INC-[0-9a-f]*'" },
  'student': restricted,
  'setting': { run: 'sysctl kernel.dmesg_restrict' },
};

export const log: Step = {
  id: 'log',
  title: 'What the kernel said while it booted',
  fields: [
    { kind: 'lines', id: 'findings', label: 'Three messages, each of another subsystem', rows: 3, placeholder: 'subsystem: message' },
    { kind: 'line', id: 'log-command', label: 'The command that showed them' },
    { kind: 'line', id: 'incident', label: 'The incident that a program noted in the log', placeholder: 'INC-…' },
    { kind: 'choice', id: 'student', label: 'What the user student reads of the kernel log', options: [open, restricted] },
    { kind: 'line', id: 'setting', label: 'The setting that decides it, and its value', placeholder: 'name = value' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ entries, nonce }: Scene) => sectionScript(nonce, {
        kernel: 'dmesg --notime --kernel',
        user: 'dmesg --notime --userspace',
        repeated: repeat(entered(entries, 'log-command')),
        student: 'runuser -u student -- dmesg >/dev/null 2>&1',
        setting: 'cat /proc/sys/kernel/dmesg_restrict',
      }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Read the log once from its first line, as a story. Who speaks: the processor, the memory, a disk, a file system?',
    'The tool has options that keep only what the kernel said, or only what programs said. Its man page calls the latter userspace.',
    'To be another user for one command, put `sudo -u` and the name in front of it. The setting is in `/proc/sys/kernel`.',
  ],
  solution: { type: ['dmesg | tail -n 20', 'dmesg --userspace | tail -n 3', 'sudo -u student dmesg', 'sysctl kernel.dmesg_restrict'], enter: right },
  wrong: [
    { name: 'messages of another machine', enter: { ...right, findings: 'processor: tsc: Fast TSC calibration using PIT 2\nstorage: nvme nvme0: 8/0/0 default/read/poll queues\nfilesystem: EXT4-fs (nvme0n1p1): mounted filesystem' }, hint: 'from another node' },
    { name: 'one-letter messages', enter: { ...right, findings: 'processor: a\nstorage: b\nfilesystem: c' }, hint: 'from its first word on' },
    { name: 'three messages of one subsystem', enter: { ...right, findings: { run: "dmesg -t --kernel | grep -i 'memory' | head -n 3 | sed 's/^/memory: /'" } }, hint: 'one corner' },
    { name: 'a message under another subsystem', enter: { ...right, findings: { run: `echo "network: $(dmesg -t --kernel | grep -m1 'EXT4-fs')"; dmesg -t --kernel | grep -i 'memory' | head -n 2 | sed 's/^/memory: /'` } }, hint: 'belongs to another subsystem' },
    { name: 'a line that a program wrote', enter: { ...right, findings: { run: `echo "processor: $(dmesg -t --kernel | grep -m1 '^CPU: ')"; echo "storage: $(dmesg -t --kernel | grep -m1 'Attached SCSI disk')"; echo "security: $(dmesg -t --userspace | grep -m1 INC-)"` } }, hint: 'by a program' },
    { name: 'a filter that hides two of the three', enter: { ...right, 'log-command': 'dmesg | grep EXT4' }, hint: 'too narrow' },
    { name: 'the incident of another report', enter: { ...right, incident: 'INC-00000000' }, hint: "nobody else's report" },
    { name: 'what root sees, given as what student sees', enter: { ...right, student: open }, hint: 'What root sees' },
    { name: 'the wrong value of the setting', enter: { ...right, setting: 'kernel.dmesg_restrict = 7' }, hint: 'in force' },
  ],
};
