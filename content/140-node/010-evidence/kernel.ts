import type { Scene } from '../../../src/lab/check.ts';
import { cmdlineTokens } from '../../../src/lab/cmdline.ts';
import { refusal, repeat } from '../../../src/lab/observed.ts';
import { namedLine, words } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, enteredLines, type Entries, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

const unknown = 'needs investigation';

/** What is wrong with the recorded release and its command; undefined when both hold. */
function releaseProblem(entries: Entries, seen: Sections): Verdict | undefined {
  const [release, command, running] = [entered(entries, 'release'), entered(entries, 'release-command'), seen.text('release')];
  if (release === '') return fail('The running release is not recorded yet.', 'Ask the kernel itself, and write its release down exactly as it is printed.');
  if (release !== running) {
    if (seen.lines('distribution').some((line) => line.includes(release)) && /\d/.test(release)) {
      return fail(`"${release}" is not what this kernel calls itself.`, 'That is the version of the distribution, the user space. The kernel has a number of its own: `/etc/os-release` does not know it.');
    }
    if (running.startsWith(release)) return fail(`"${release}" is only the beginning of the release.`, 'Record all of it, with what follows the numbers: two builds of one version are two kernels.');
    return fail(`No kernel called "${release}" runs here.`, 'This value is not from this machine. A report is about one node: take every value from the node that it judges.');
  }
  if (command === '') return fail('The command that gave the release is missing.', 'A value without its command cannot be challenged. Record what you typed.');
  const refused = refusal(command, release);
  if (refused !== undefined) return fail('The recorded command is no evidence.', refused);
  if (/\/(lib\/modules|boot)\b/.test(command)) {
    return fail('The recorded command does not ask the running kernel.', 'The files under `/boot` and `/lib/modules` say what is installed. After an update and before a reboot that is another kernel than the one that runs.');
  }
  if (!seen.text('repeated').split(/\s+/).includes(release)) {
    return fail('The recorded command, run again, does not print the recorded release.', 'The check repeated your command, with ten seconds and with no right to change anything, and did not find the release among the words it printed.');
  }
  return undefined;
}

function tokensVerdict(entries: Entries, seen: Sections): Verdict {
  const running = cmdlineTokens(seen.text('cmdline'));
  const lines = enteredLines(entries, 'tokens').map((line) => namedLine(line) ?? { name: line, rest: '' });
  if (lines.length === 0) return fail('The tokens of the kernel command line are not recorded yet.', 'Write one line for each token of `/proc/cmdline`: the token, a colon, and what it does.');
  const whole = lines.find(({ name, rest }) => rest === '' && !running.includes(name));
  if (whole !== undefined) return fail(`"${whole.name}" is not parted into a token and what it does.`, 'Each line is the token whole, a colon, a blank, and what the token does.');
  const missing = running.filter((token) => !lines.some(({ name }) => name === token));
  const foreign = lines.map(({ name }) => name).filter((name) => !running.includes(name));
  const begun = foreign.find((name) => running.some((token) => token.startsWith(`${name.replace(/=$/, '')}=`)));
  if (begun !== undefined) return fail(`"${begun}" is only the beginning of a token.`, 'Write each token with its value, as `/proc/cmdline` shows it: two nodes that both have a `root=` may have different roots.');
  if (foreign.length > 0) return fail(`"${foreign[0]}" is no token of the running command line.`, 'Only what `/proc/cmdline` holds was given to this kernel; what a configuration file says may not have been booted yet.');
  if (missing.length > 0) return fail(`The command line has more tokens than you recorded: ${running.length}, not ${lines.length}.`, 'At least one token is still without a line. Compare word by word; the dull ones count too.');
  const bare = lines.find(({ rest }) => rest !== unknown && words(rest).length < 2);
  if (bare !== undefined) return fail(`The meaning of "${bare.name}" says nothing yet.`, `A meaning takes two words or more. Where you do not know it, \`${unknown}\` is an honest entry.`);
  const meanings = lines.map(({ rest }) => rest).filter((rest) => rest !== unknown);
  if (meanings.some((meaning) => meanings.filter((other) => other === meaning).length > 2)) return fail('Several tokens have the same meaning.', 'Different tokens do different things: say for each what this one does.');
  if (meanings.length * 2 < lines.length) return fail('Most tokens still need investigation.', 'Look up at least half of them, in `man bootparam` or in the table on this page.');

  const release = seen.text('release');
  return pass(
    [
      { statement: `The running kernel is ${release}.`, command: entered(entries, 'release-command') },
      { statement: `It was started with: ${running.join(' ')}`, command: 'cat /proc/cmdline' },
    ],
    {
      interpretations: lines.filter(({ rest }) => rest !== unknown).map(({ name, rest }) => `${name}: ${rest}`),
      open: lines.filter(({ rest }) => rest === unknown).map(({ name }) => `Boot parameter ${name}: ${unknown}`),
    },
  );
}

const right = {
  'release': { run: 'uname -r' },
  'release-command': 'uname -r',
  'tokens': {
    run: `for token in $(cat /proc/cmdline); do
  case $token in
    BOOT_IMAGE=*) means="the kernel file that GRUB loaded" ;;
    root=*) means="the device that holds the root file system" ;;
    ro) means="mount the root read-only first" ;;
    console=*) means="kernel messages go to the first serial port, at this speed" ;;
    quiet) means="fewer messages on the console, all of them in the log" ;;
    *) means="${unknown}" ;;
  esac
  echo "$token: $means"
done`,
  },
};

export const kernel: Step = {
  id: 'kernel',
  title: 'The kernel that runs, and how it was started',
  fields: [
    { kind: 'line', id: 'release', label: 'Running kernel release' },
    { kind: 'line', id: 'release-command', label: 'The command that printed it' },
    { kind: 'lines', id: 'tokens', label: 'Each token of the kernel command line: what it does', rows: 7, placeholder: 'token: what it does, or needs investigation' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ entries, nonce }: Scene) => sectionScript(nonce, {
        release: 'uname -r',
        cmdline: 'cat /proc/cmdline',
        distribution: '. /etc/os-release; echo "$VERSION_ID"; echo "$VERSION"; echo "$PRETTY_NAME"; cat /etc/debian_version',
        repeated: repeat(entered(entries, 'release-command')),
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      return releaseProblem(entries, seen) ?? tokensVerdict(entries, seen);
    },
  },
  hints: [
    'Two different things have versions here: the distribution and the kernel. Only one of them answers system calls.',
    'One short tool prints what the running kernel calls itself; its man page lists the letter for the release alone. The parameters lie in one file under `/proc`.',
    `Write the tokens in the order in which the file shows them, one per line, each with a colon behind it. \`${unknown}\` is a fair meaning for a token that you cannot explain yet.`,
  ],
  solution: { type: ['uname -r', 'cat /proc/cmdline'], enter: right },
  wrong: [
    { name: 'the version of the distribution', enter: { ...right, release: { run: '. /etc/os-release; echo "$VERSION_ID"' } }, hint: 'the version of the distribution' },
    { name: 'a report copied from another machine', enter: { ...right, release: '6.8.0-45-generic' }, hint: 'not from this machine' },
    { name: 'only the upstream version', enter: { ...right, release: { run: 'uname -r | cut -d- -f1' } }, hint: 'two builds of one version' },
    { name: 'a command that holds its answer', enter: { ...right, 'release-command': { run: 'echo "echo $(uname -r)"' } }, hint: 'contains its own answer' },
    { name: 'what is installed in place of what runs', enter: { ...right, 'release-command': 'ls /lib/modules' }, hint: 'say what is installed' },
    { name: 'a command that prints something else', enter: { ...right, 'release-command': 'uname -s' }, hint: 'repeated your command' },
    { name: 'one-letter meanings', enter: { ...right, tokens: { run: "tr ' ' '\\n' </proc/cmdline | sed 's/$/: x/'" } }, hint: 'two words or more' },
    { name: 'one phrase for all', enter: { ...right, tokens: { run: "tr ' ' '\\n' </proc/cmdline | sed 's/$/: boot parameter/'" } }, hint: 'Different tokens do different things' },
    { name: 'one token left out', enter: { ...right, tokens: { run: "tr ' ' '\\n' </proc/cmdline | sed '/^quiet/d; s/$/: needs investigation/'" } }, hint: 'without a line' },
    { name: 'a parameter that this kernel never got', enter: { ...right, tokens: 'root=/dev/nvme0n1p2: the root file system' }, hint: 'may not have been booted yet' },
    { name: 'names without their values', enter: { ...right, tokens: { run: "tr ' ' '\\n' </proc/cmdline | sed 's/=.*//; s/$/: what this parameter does/'" } }, hint: 'with its value' },
    { name: 'a dash in place of the colon', enter: { ...right, tokens: { run: "tr ' ' '\\n' </proc/cmdline | sed 's/$/ - what this parameter does/'" } }, hint: 'a colon, a blank' },
    { name: 'nothing looked up', enter: { ...right, tokens: { run: "tr ' ' '\\n' </proc/cmdline | sed 's/$/: needs investigation/'" } }, hint: 'at least half of them' },
  ],
};
