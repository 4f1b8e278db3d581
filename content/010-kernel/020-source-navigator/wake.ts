import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { pidOf, sent, SIGNALS, stillThere } from './jobs.ts';
import { asPlace, changed, lookAt, misplaced, places, seen, shown, tree } from './tree.ts';

/** Where the kernel opens the mask of a process that waits for signals. */
const OPENS = `cd ${tree} && grep -n 'sigandsets(&tsk->blocked, ' kernel/signal.c /dev/null`;

/** The signals that a mask of /proc/PID/status lacks: bit 0 is signal 1. KILL and STOP can never be blocked. */
const holes = (mask: string): number[] => Array.from({ length: 64 }, (_, bit) => bit)
  .filter((bit) => ((BigInt(`0x${mask}`) >> BigInt(bit)) & 1n) === 0n).map((bit) => bit + 1).filter((signal) => signal !== 9 && signal !== 19);

const probe = ({ nonce, baseline, entries }: Scene): string => {
  const pid = pidOf(baseline, 'outbox');
  return sectionScript(nonce, {
    there: stillThere('outbox', pid),
    mask: `awk '$1 == "SigBlk:" {print $2}' /proc/${pid}/status`,
    state: `awk '$1 == "State:" {print $2}' /proc/${pid}/status`,
    sent: SIGNALS,
    opens: OPENS,
    look: lookAt(asPlace(entered(entries, 'wake-place'))),
  });
};

function verdict(found: Sections, { entries, baseline }: Scene): Verdict {
  const pid = pidOf(baseline, 'outbox');
  if (!baseline.split('\n').includes(found.text('there'))) return fail('outbox does not run any more.', 'It was killed, and what it had in hand is lost. KILL cannot be blocked. Restart the lab.');
  if (found.text('state') === 'T') return fail('outbox is stopped.', 'STOP cannot be blocked either. Let it continue with the signal CONT, and wake it with the one that it waits for.');
  const [wanted] = holes(found.text('mask') || '0');
  if (wanted === undefined) return fail('outbox is awake just now.', 'Its mask is open only while it sleeps. Check again.');
  const given = entered(entries, 'wake-signal');
  if (given === '') return fail('The signal is not recorded yet.', 'Read what `do_sigtimedwait` does to the mask before it sleeps. `/proc/PID/status` shows the mask as it is now, as SigBlk.');
  if (!/^\d+$/.test(given)) return fail(`"${given}" is no number.`, 'Record the number of the signal, digits alone. `kill -l` translates names.');
  if (given === '9' || given === '19') return fail(`outbox does not wait for signal ${given}.`, 'Three bits of the mask are 0. Those of KILL and STOP are 0 in every process, as they cannot be blocked: the third is the one.');
  if (Number(given) !== wanted) {
    return fail(`outbox does not wait for signal ${given}.`, Math.abs(Number(given) - wanted) === 1
      ? 'You are off by one: there is no signal 0, so bit 0 of the mask belongs to signal 1.'
      : 'The mask is a number in hexadecimal, one digit for four signals, the last digit for 1 to 4. A signal is let through where its bit is 0.');
  }
  const text = entered(entries, 'wake-place');
  const place = asPlace(text);
  if (place === undefined) return fail(`"${text}" is no place.`, 'Wanted is the statement that opens the mask: a file of the tree, a colon and a number.');
  const look = seen(found.text('look'));
  const right = places(found.text('opens'));
  if (right.length !== 1) return changed;
  if (/real_blocked/.test(look.text)) return fail(`${shown(place)} is \`${look.text}\`.`, 'That statement keeps the old mask, or puts it back after the sleep. The one that changes it stands between the two.');
  const wrong = misplaced(place, look, right, 'blocked');
  if (wrong !== undefined) return wrong;
  const signals = sent(found.text('sent'));
  if (!signals.includes(wanted)) {
    return fail(signals.length === 0 ? 'Nobody has sent outbox a signal.' : `outbox was sent ${[...new Set(signals)].join(', ')}, and sleeps on.`, signals.length === 0
      ? 'The source says what would happen. Let it happen: `kill` sends a signal by its number.'
      : 'Whatever it blocks stays pending: `grep Pnd /proc/PID/status`. Send it the one that it lets through.');
  }
  return pass([
    { statement: `outbox (pid ${pid}) blocks every signal except ${wanted} while it sleeps; ${shown(place)} opens the mask for the time of the sleep.`, command: `grep SigBlk /proc/${pid}/status` },
    { statement: `Signal ${wanted} woke it, and it lives.`, command: `kill -${wanted} ${pid}` },
  ]);
}

const HOLES = `mask=$(awk '/SigBlk/ {print $2}' /proc/$(pgrep -x outbox)/status)`;
const right = {
  'wake-signal': { run: `bash -c '${HOLES.replaceAll("'", "'\\''")}; for s in {1..64}; do (( 0x$mask >> (s - 1) & 1 )) || echo $s; done' | grep -vxE '9|19'` },
  'wake-place': { run: `${OPENS} | cut -d : -f 1-2` },
};
const line = (pattern: string) => ({ run: `cd ${tree} && grep -n '${pattern}' kernel/signal.c /dev/null | head -n 1 | cut -d : -f 1-2` });
const other = (sum: string) => ({ run: `echo $(( $(${right['wake-signal'].run}) ${sum} ))` });

export const wake: Step = {
  id: 'wake',
  title: 'What would wake it?',
  fields: [
    { kind: 'line', id: 'wake-signal', label: 'outbox: number of the signal that it waits for' },
    { kind: 'line', id: 'wake-place', label: 'The statement that opens the mask (file:line)' },
  ],
  check: { probe: { kind: 'guest', script: probe }, expect: ({ stdout }, scene) => verdict(new Sections(scene.nonce, stdout), scene) },
  hints: [
    'Both calls that outbox may sleep in end in one function of `kernel/signal.c`, `do_sigtimedwait`. Read what it does in front of the sleep, and the comment there.',
    'The comment speaks of unblocking for the time of the sleep. So the mask in `/proc/PID/status`, the line SigBlk, has a hole just now. Write the digits in binary: the rightmost bit is signal 1.',
    'A shell can count for you: `(( 0xMASK >> (N - 1) & 1 ))` is false where signal N is let through. Then send that signal, with its number behind the dash.',
  ],
  solution: {
    type: [HOLES, 'for s in {1..64}; do (( 0x$mask >> (s - 1) & 1 )) || echo $s; done | tee /root/holes', "kill -$(grep -vxE '9|19' /root/holes) $(pgrep -x outbox)"],
    enter: right,
  },
  wrong: [
    { name: 'read, and not tried', enter: right, hint: 'Let it happen' },
    { name: 'the polite signal', type: ['kill -TERM $(pgrep -x outbox)'], enter: right, hint: 'stays pending' },
    { name: 'bit for signal', enter: { ...right, 'wake-signal': other('- 1') }, hint: 'off by one' },
    { name: 'a guess', enter: { 'wake-signal': '15' }, hint: 'one digit for four signals' },
    { name: 'the hole of every process', enter: { 'wake-signal': '19' }, hint: 'the third is the one' },
    { name: 'a name', enter: { 'wake-signal': 'SIGUSR1' }, hint: 'digits alone' },
    { name: 'stopped', type: ['kill -STOP $(pgrep -x outbox)'], enter: right, undo: ['kill -CONT $(pgrep -x outbox)'], hint: 'Let it continue' },
    { name: 'the statement before', enter: { ...right, 'wake-place': line('tsk->real_blocked = tsk->blocked;') }, hint: 'keeps the old mask' },
    { name: 'the function', enter: { ...right, 'wake-place': line('^static int do_sigtimedwait') }, hint: 'Search with `grep -n`' },
  ],
};
