import type { Scene } from '../../../src/lab/check.ts';
import { refusal, repeat } from '../../../src/lab/observed.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const sorts = ['a fact that holds here', 'refuted by this machine', 'an interpretation', 'needs investigation'] as const;
type Sort = (typeof sorts)[number];

/** What each claim is, told by its words; whether a claim about this machine holds is asked of the machine. */
function sortOf(claim: string, seen: Sections): Sort {
  if (/because/.test(claim)) return 'an interpretation';
  if (/rack/.test(claim)) return 'needs investigation';
  const holds = /kernel that runs/.test(claim) ? claim.includes(`${seen.text('release')}.`)
    : /Process 1/.test(claim) ? seen.text('init').endsWith('/systemd')
    : /processors/.test(claim) ? claim.includes(` ${seen.text('cpus')} `)
    : !/(^|,)rw(,|$)/.test(seen.text('root'));
  return holds ? 'a fact that holds here' : 'refuted by this machine';
}

const why: Readonly<Record<Sort, string>> = {
  'a fact that holds here': 'One command repeats what this claim says. What can be repeated is a fact.',
  'refuted by this machine': 'Ask the machine about this claim now, not what somebody wanted it to be.',
  'an interpretation': 'This claim gives a reason. No command prints a reason: people conclude it.',
  'needs investigation': 'It may well be true, but nothing on this node can show it. Whom or what would you have to ask?',
};

/** What is wrong with a command that is to refute a claim. */
function commandProblem(what: string, command: string, output: string, shows: (output: string) => boolean, otherwise: string): Verdict | undefined {
  if (command === '') return fail(`No command yet that refutes the claim about ${what}.`, 'A contradiction without its command is one more claim.');
  const refused = refusal(command, '');
  if (refused !== undefined) return fail(`The command about ${what} is no evidence.`, refused);
  if (/cmdline|handover/.test(command)) return fail(`The command about ${what} does not ask for the present state.`, 'A command line says what was asked for at boot, a note what somebody thought. Ask what is so now.');
  if (!shows(output)) return fail(`The command about ${what}, run again, does not contradict the claim.`, otherwise);
  return undefined;
}

/** A line of mounts that is about `/` and says rw, or nothing but the options. */
const mountedForWriting = (output: string): boolean => output.split('\n').some((line) => /(^|\s)\/\s.*\brw\b/.test(line) || /^rw(,[\w=-]+)*$/.test(line.trim()));

/** Nothing but the number, a line of lscpu, as many processors as /proc/cpuinfo lists, or the range of a list in sysfs, which counts from 0. */
const countsProcessors = (count: string) => (output: string): boolean => output.trim() === count
  || output.split('\n').some((line) => /^CPU\(s\):\s*(\d+)$/.exec(line.trim())?.[1] === count)
  || String(Number(/^(?:0-)?(\d+)$/.exec(output.trim())?.[1] ?? NaN) + 1) === count
  || String(output.match(/^processor\s*:/gm)?.length) === count;

function verdict({ entries, baseline }: Scene, seen: Sections): Verdict {
  const claims = baseline.split('\n').filter((line) => /^[A-F]: /.test(line)).map((line) => ({ letter: line.slice(0, 1), claim: line.slice(3) }));
  for (const { letter, claim } of claims) {
    const chosen = entered(entries, `claim-${letter.toLowerCase()}`);
    if (chosen === '') return fail(`Claim ${letter} is not sorted yet.`, 'Read it in `/root/handover.txt`, and ask: could a command on this node contradict it?');
    const sort = sortOf(claim, seen);
    if (chosen !== sort) return fail(`Claim ${letter} ("${claim}") is not ${chosen === 'needs investigation' ? 'an open question' : chosen}.`, why[sort]);
  }
  return commandProblem('processors', entered(entries, 'cpu-command'), seen.text('repeated-cpu'), countsProcessors(seen.text('cpus')), 'The check repeated your command as a user who can change nothing, and its output does not hold the number of processors.')
    ?? commandProblem('the root file system', entered(entries, 'root-command'), seen.text('repeated-root'), mountedForWriting, 'Its output does not say how the root is mounted at this moment. One tool lists mounts with their options, and so does a file below `/proc`.')
    ?? pass(
      claims.filter(({ claim }) => sortOf(claim, seen) === 'refuted by this machine').map(({ claim }) => ({
        statement: `Refuted: "${claim}"`,
        command: entered(entries, /processors/.test(claim) ? 'cpu-command' : 'root-command'),
      })),
      {
        interpretations: claims.filter(({ claim }) => /because/.test(claim)).map(({ claim }) => `Somebody’s conclusion: "${claim}"`),
        open: claims.filter(({ claim }) => /rack/.test(claim)).map(({ claim }) => `${claim} Needs investigation: this node cannot tell.`),
      },
    );
}

/** What a reader would choose for a letter, found by the words of its claim. */
const choose = (letter: string): { readonly run: string } => ({
  run: `case "$(grep '^${letter}:' /root/handover.txt)" in
*because*) echo '${sorts[2]}' ;;
*rack*) echo '${sorts[3]}' ;;
*processors* | *read-only*) echo '${sorts[1]}' ;;
*) echo '${sorts[0]}' ;;
esac`,
});
const right = {
  ...Object.fromEntries(letters.map((letter) => [`claim-${letter.toLowerCase()}`, choose(letter)])),
  'cpu-command': 'nproc',
  'root-command': 'findmnt -no OPTIONS /',
};
/** The right choices, with another one for the claim that has this word in it. */
const but = (word: string, sort: Sort) => ({
  ...right,
  ...Object.fromEntries(letters.map((letter) => [`claim-${letter.toLowerCase()}`, { run: `if grep -q '^${letter}:.*${word}' /root/handover.txt; then echo '${sort}'; else ${choose(letter).run}
fi` }])),
});

export const handover: Step = {
  id: 'handover',
  title: 'A hand-over note, sorted',
  fields: [
    ...letters.map((letter) => ({ kind: 'choice', id: `claim-${letter.toLowerCase()}`, label: `Claim ${letter} is`, options: sorts }) as const),
    { kind: 'line', id: 'cpu-command', label: 'The command that refutes the claim about processors' },
    { kind: 'line', id: 'root-command', label: 'The command that refutes the claim about the root file system' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce, entries }: Scene) => sectionScript(nonce, {
        'release': 'uname -r',
        'init': 'readlink /proc/1/exe',
        'cpus': 'nproc',
        'root': 'findmnt -no OPTIONS /',
        'repeated-cpu': repeat(entered(entries, 'cpu-command')),
        'repeated-root': repeat(entered(entries, 'root-command')),
      }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Two claims hold, two are refuted by one command each, one gives a reason, and one is about something that this node has never seen.',
    'The command line of the kernel has the word `ro`. It says how the root was to be mounted first. Later in the boot somebody may have mounted it again.',
    'For the mounts of this moment: `findmnt`, or the file of mounts below `/proc`. For the processors: the tool that counted them for the first step.',
  ],
  solution: { type: ['cat /root/handover.txt', 'nproc', 'findmnt /'], enter: right },
  wrong: [
    { name: 'the command line believed', enter: but('read-only', sorts[0]), hint: 'not what somebody wanted' },
    { name: 'a reason taken for a fact', enter: but('because', sorts[0]), hint: 'gives a reason' },
    { name: 'a guess about the rack', enter: but('rack', sorts[0]), hint: 'can show it' },
    { name: 'a fact taken for an opinion', enter: but('systemd', sorts[2]), hint: 'can be repeated' },
    { name: 'the wish in place of the state', enter: { ...right, 'root-command': 'cat /proc/cmdline' }, hint: 'asked for at boot' },
    { name: 'no look at the mounts', enter: { ...right, 'root-command': 'ls -ld / /etc/passwd' }, hint: 'lists mounts with their options' },
    { name: 'a one that counts something else', enter: { ...right, 'cpu-command': 'ls -l /etc/passwd' }, hint: 'does not hold the number' },
    { name: 'an answer that it holds itself', enter: { ...right, 'cpu-command': 'echo 1' }, hint: 'print what you give them' },
  ],
};
