import type { Scene } from '../../../src/lab/check.ts';
import { repeat } from '../../../src/lab/observed.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { shellWord } from '../../../src/lab/shell.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { cite } from './answers.ts';
import { changeProblem, citations, formProblem, prints, truthProblem } from './citation.ts';
import { requirement } from './contract.ts';
import { nodeScript, readNode } from './node.ts';

/**
 * The command once more where the kernel cannot be asked: /proc and /sys are empty, the log is, and `uname` answers as a Linux 2.6 would.
 * What it prints there too, it has not from the kernel. In a mount namespace of its own, as nobody, without any capability.
 */
const inTheDark = (command: string): string => `unshare -m sh -c 'mount -t tmpfs none /sys && mount --bind /dev/null /dev/kmsg && mount -t tmpfs none /proc || exit
exec setarch --uname-2.6 timeout 10 chroot --userspec=65534:65534 / bash -c "$0"' ${shellWord(command)} 2>&1 | head -c 65536`;

const bare = (command: string): string => command.replace(/^(sudo|[$#])\s+/, '');

function probe({ entries, nonce }: Scene): string {
  const cited = citations(entries);
  const sound = formProblem(cited) === undefined;
  return sectionScript(nonce, {
    node: nodeScript,
    ...(sound && Object.fromEntries(cited.flatMap(({ command }, index) => [
      [`seen-${index}`, repeat(command)],
      [`dark-${index}`, inTheDark(bare(command))],
    ]))),
  });
}

function verdict({ entries, baseline }: Scene, seen: Sections): Verdict {
  const now = readNode(seen.text('node'));
  const cited = citations(entries);
  const early = changeProblem(readNode(baseline), now) ?? formProblem(cited);
  if (early !== undefined) return early;
  for (const [index, { name, command, value }] of cited.entries()) {
    const about = requirement(name)?.about;
    if (!about?.test(`${command} ${value}`)) return fail(`\`${command}\` does not ask about \`${name}\`.`, `Another question has been answered here. The line has to tell: ${requirement(name)?.form}.`);
    if (!prints(seen.get(`seen-${index}`).out, value)) return fail(`\`${command}\`, run again, does not print the line "${value}".`, 'The check repeated the command on this node, as a user who reads everything and changes nothing. Copy one whole line of what it prints here.');
    if (prints(seen.get(`dark-${index}`).out, value)) return fail(`\`${command}\` prints "${value}" even where no kernel can be asked.`, 'So this is no fact of the kernel: a file says what somebody wanted, and a count of nothing is 0 also when nobody could look. Ask a file under `/proc` or `/sys`, and let the command fail when that file is missing.');
  }
  return truthProblem(cited, now) ?? pass(cited.map(({ name, command, value }) => ({ statement: `${name}: ${value}`, command })));
}

const right = { facts: { run: cite() } };
const others = ['cgroup', 'overlay', 'swap', 'tainted'];
const withLine = (line: string): { facts: { run: string } } => ({ facts: { run: `${cite(others)}\n${line}` } });

export const facts: Step = {
  id: 'facts',
  title: 'Five facts that can be repeated',
  fields: [{ kind: 'lines', id: 'facts', label: 'Facts', rows: 9, placeholder: 'requirement: command => a line that it printed' }],
  check: {
    probe: { kind: 'guest', script: probe, timeout: 60_000 },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Each requirement has one file in which the kernel answers for it. The third column of the contract says what has to be in the recorded line.',
    'Type the command, look at what it prints, and copy both: the command before the arrow, one whole line of the output behind it.',
    '`/proc/modules` and `/proc/filesystems` hold one line for each entry, so `grep` finds it and `grep -c` counts it; `/proc/meminfo` is for the swap, `/sys/fs/ext4` has a directory for each mounted device.',
  ],
  solution: { type: ['cat /proc/sys/kernel/tainted', 'grep SwapTotal /proc/meminfo'], enter: right },
  wrong: [
    { name: 'looks fine', enter: { facts: 'looks fine\nno errors\nkernel is up to date\nnetwork ok\nmemory ok' }, hint: 'cannot be repeated by anybody' },
    { name: 'a silence as a fact', enter: withLine("echo 'forward: grep nothing /proc/sys/net/ipv4/ip_forward =>'"), hint: 'Silence cannot be told' },
    { name: 'four facts', enter: { facts: { run: cite(others) } }, hint: 'Go down the table' },
    { name: 'a fact that nobody has asked for', enter: withLine("echo \"uptime: cat /proc/uptime => $(cat /proc/uptime)\""), hint: 'the workload has not asked for it' },
    { name: 'the same requirement twice', enter: { facts: { run: `${cite(others)}\n${cite(['swap'])}` } }, hint: 'five answers' },
    { name: 'the file that asks for it at boot', enter: withLine("echo 'forward: grep ip_forward /etc/sysctl.d/90-kubernetes.conf => net.ipv4.ip_forward = 1'"), hint: 'no fact of the kernel' },
    { name: 'a value from another node', enter: withLine("echo 'kernel: uname -r => 6.8.0-45-generic'"), hint: 'Copy one whole line' },
    { name: 'the right command for another requirement', enter: withLine('echo "forward: uname -r => $(uname -r)"'), hint: 'Another question has been answered' },
    { name: 'a true line that tells nothing', enter: withLine('echo "kernel: cat /proc/sys/kernel/osrelease /proc/sys/kernel/ostype => Linux"'), hint: 'asked the kernel itself' },
  ],
};
