import type { Scene } from '../../../src/lab/check.ts';
import { values } from '../../../src/lab/key-values.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step, type WrongAttempt } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { READ_WITNESS, refused } from './witness.ts';

export const subsystems = ['the network stack', 'the VFS and its permission check', 'a file system', 'memory management', 'process management'] as const;

export interface Refusal {
  readonly id: string;
  readonly title: string;
  readonly errno: { readonly name: string; readonly number: number };
  readonly subsystem: (typeof subsystems)[number];
  /** Why that subsystem, when another is chosen. */
  readonly owner: string;
  /** The refused call in a line of strace, without its pid and its result. */
  readonly call: (baseline: ReadonlyMap<string, string>) => RegExp;
  /** What strace would show in place of it, and what that means. */
  readonly instead: (log: string, baseline: ReadonlyMap<string, string>) => Verdict | undefined;
  /** Something besides the log that has to hold, asked of the machine. */
  readonly also?: { readonly script: string; readonly expect: (output: string) => Verdict | undefined };
  readonly solution: string;
  readonly hints: readonly string[];
  readonly wrong: readonly WrongAttempt[];
}

export const logOf = (id: string): string => `/var/lab/answers/${id}`;
/** As a reader runs a program for user nobody, with its trace in the log of a step. */
export const asNobody = (id: string, program: string): string => `runuser -u nobody -- strace -f -o ${logOf(id)} ${program}`;

function verdict(refusal: Refusal, { entries, baseline }: Scene, seen: Sections): Verdict {
  const { id, errno, subsystem } = refusal;
  const log = seen.text('log');
  if (log === '') return fail(`There is no ${logOf(id)} yet, or it is empty.`, '`strace` writes what it sees into a file, with `-o`; `-f` puts the process number in front of each line.');
  if (seen.text('owner') !== 'nobody') return fail(`${logOf(id)} was written by ${seen.text('owner')}.`, 'The file belongs to whoever ran `strace`. Run both, tracer and program, as the user `nobody`. (Remove the old file first: `nobody` may not overwrite it.)');
  const known = values(baseline);
  const line = log.split('\n').find((one) => refusal.call(known).test(one) && one.includes(`= -1 ${errno.name} `));
  if (line === undefined) return refusal.instead(log, known) ?? fail(`${logOf(id)} does not show the refusal.`, `Search it for \`= -1 ${errno.name}\`: which call was to be refused, and was it made at all?`);
  const pid = /^(\d+) /.exec(line)?.[1] ?? '';
  if (pid === '') return fail('The refused call has no process number in front.', 'Trace with `-f`: then each line says which process it is about.');
  if (!refused(seen.text('trace'), errno.number).has(pid)) return fail(`The kernel’s own trace knows of no ${errno.name} of process ${pid}.`, 'The kernel records these refusals as well, and compares. Let it refuse in this machine, in this session.');
  const missing = refusal.also?.expect(seen.text('also'));
  if (missing !== undefined) return missing;
  const answer = entered(entries, `${id}-errno`);
  const name = /\bE[A-Z0-9]+\b/.exec(answer.toUpperCase())?.[0] ?? '';
  if (name === '' && answer !== '') return fail(`"${answer}" is not the name of an errno.`, 'A number and a sentence mean the same. Record it by its name, such as `EBADF`: it stands between the two in the log.');
  if (name === '') return fail('The errno is not recorded yet.', 'It stands in the log behind `= -1`: a name in capitals that begins with E.');
  if (name !== errno.name) return fail(`${name} is not what the kernel answered.`, 'Take the name from your own log. Two names can read alike in English and mean two things.');
  const chosen = entered(entries, `${id}-owner`);
  if (chosen === '') return fail('Who refused is not chosen yet.', 'Which part of the kernel owns what was asked for?');
  if (chosen !== subsystem) return fail(`It was not ${chosen}.`, refusal.owner);
  return pass([{ statement: `${line.replace(/^\d+\s+/, '').replace(/\s+=/, ' =')}`, command: `grep -n '${errno.name}' ${logOf(id)}` }], { interpretations: [`Refused by ${subsystem}.`] });
}

export function refusalStep(refusal: Refusal): Step {
  const { id, errno, subsystem } = refusal;
  const right = { [`${id}-errno`]: errno.name, [`${id}-owner`]: subsystem };
  const clean = [`rm -f ${logOf(id)}`];
  return {
    id,
    title: refusal.title,
    fields: [
      { kind: 'line', id: `${id}-errno`, label: 'The errno, by its name' },
      { kind: 'choice', id: `${id}-owner`, label: 'Who refused', options: subsystems },
    ],
    check: {
      probe: {
        kind: 'guest',
        script: ({ nonce }: Scene) => sectionScript(nonce, {
          // What was refused comes last, and a long trace may lie before it.
          log: `head -c 20000 ${logOf(id)}; echo; grep -a ' = -1 E' ${logOf(id)} | tail -c 20000`,
          owner: `stat -c %U ${logOf(id)}`,
          trace: READ_WITNESS,
          also: refusal.also?.script ?? ':',
        }),
      },
      expect: ({ stdout }, scene) => verdict(refusal, scene, new Sections(scene.nonce, stdout)),
    },
    hints: refusal.hints,
    solution: { type: [refusal.solution, `grep -n ' ${errno.name} ' ${logOf(id)}`], enter: right },
    wrong: [
      ...refusal.wrong.map((attempt): WrongAttempt => ({ ...attempt, enter: { ...right, ...attempt.enter }, undo: [...(attempt.undo ?? []), ...clean] })),
      {
        name: 'a log written by hand',
        type: [refusal.solution, `runuser -u nobody -- sh -c "sed 's/^[0-9]*/99999/' ${logOf(id)} >${logOf(id)}.new; cat ${logOf(id)}.new >${logOf(id)}; rm ${logOf(id)}.new"`],
        enter: right,
        undo: clean,
        hint: 'records these refusals as well',
      },
    ],
  };
}
