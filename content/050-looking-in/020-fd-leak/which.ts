import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { BASE, leaker, look, named, Seen } from './daemons.ts';

const KINDS = ['regular files', 'pipes', 'sockets', 'eventfds'];

/** Sets `p` to the daemon of that kind, by what its folder fd holds. */
export const FIND = {
  leak: 'for p in $(pgrep -f ^/usr/bin/perl./opt/shipper); do ls -l /proc/$p/fd | grep -q socket && break; done',
  many: 'for p in $(pgrep -f ^/usr/bin/perl./opt/shipper); do [ $(ls /proc/$p/fd | wc -l) -gt 200 ] && ! ls -l /proc/$p/fd | grep -q socket && break; done',
  saw: 'for p in $(pgrep -f ^/usr/bin/perl./opt/shipper); do [ $(ls /proc/$p/fd | wc -l) -lt 200 ] && ! ls -l /proc/$p/fd | grep -q socket && break; done',
} as const;

const right = {
  leaker: { run: `${FIND.leak}; echo $p` },
  first: { run: `${FIND.leak}; ls /proc/$p/fd | wc -l` },
  second: { run: `${FIND.leak}; sleep 20; ls /proc/$p/fd | wc -l` },
  kind: 'sockets',
};

export const which: Step = {
  id: 'which',
  title: 'Which one leaks',
  fields: [
    { kind: 'line', id: 'leaker', label: 'Pid of the daemon that leaks' },
    { kind: 'line', id: 'first', label: 'Its number of open descriptors' },
    { kind: 'line', id: 'second', label: 'The same, 20 seconds later or more' },
    { kind: 'choice', id: 'kind', label: 'What it forgets to close', options: KINDS },
  ],
  check: {
    probe: { kind: 'guest', script: look({ sockets: "ls -l /proc/$p/fd | grep -c 'socket:'" }) },
    expect(output, scene) {
      const seen = new Seen(output, scene);
      const over = seen.over(scene);
      if (over !== undefined) return over;
      const { pid } = leaker(scene.baseline);
      const [text, kind] = [entered(scene.entries, 'leaker'), entered(scene.entries, 'kind')];
      const [first, second] = [entered(scene.entries, 'first'), entered(scene.entries, 'second')].map((count) => (/^\d+$/.test(count) ? Number(count) : undefined));
      if (text === '' || first === undefined || second === undefined) return fail('A pid and two counts are asked for.', 'The folder fd of a process has one entry for each open descriptor. Count the entries of all three, wait, and count again.');
      const one = named(scene.baseline, text);
      if (one === undefined) return fail(`${text} is none of the three.`, 'The daemons are perl programs called /opt/shipper/shipper: a search over whole command lines finds them.');
      if (one.kind === 'many') return fail(`${text} has many descriptors open, and always the same number.`, 'A large number is not a growing one. Count twice, with a pause between.');
      if (one.kind === 'saw') return fail(`${text} closes what it opens.`, 'Its number goes up for a while and then falls: that is a queue at work. Watch it for half a minute.');
      const now = Number(seen.sections.text('count'));
      if (second <= first) return fail('The second count is not larger than the first.', 'Growth is what makes a leak. Count the entries of this process, wait at least 20 seconds, and count again.');
      if (second > now || first < BASE) return fail(`Process ${pid} did not have these numbers of descriptors.`, `It has ${now} now and never closes one. Write down what you count in its folder fd.`);
      if (second - first < 4) return fail('The two counts lie too close together.', 'One descriptor more could be a file that is just being read. Leave 20 seconds or more between the two.');
      if (kind !== KINDS[2]) return fail(`What grows are not ${kind === '' ? 'unknown things' : kind}.`, 'A long listing of fd shows behind the arrow what each descriptor is. Of which kind are the newest numbers?');
      return pass([
        { statement: `Process ${pid} had ${first} descriptors open, then ${second}; it never closes its sockets.`, command: `ls /proc/${pid}/fd | wc -l` },
      ]);
    },
  },
  hints: [
    'One look cannot tell: compare two. Three pids, two counts each, half a minute between.',
    'A loop over the three pids that prints pid and count does it; then the same loop once more.',
    'Of the one that grows, list fd in the long form and look at the highest numbers.',
  ],
  solution: {
    type: ['for p in $(pgrep -f /opt/shipper/shipper); do echo $p $(ls /proc/$p/fd | wc -l); done', 'sleep 10', 'for p in $(pgrep -f /opt/shipper/shipper); do echo $p $(ls /proc/$p/fd | wc -l); done'],
    enter: right,
  },
  wrong: [
    { name: 'the largest number', enter: { ...right, second: '40', leaker: { run: `${FIND.many}; echo $p` } }, hint: 'not a growing one' },
    { name: 'the saw-tooth', enter: { ...right, second: '40', leaker: { run: `${FIND.saw}; echo $p` } }, hint: 'a queue at work' },
    { name: 'another process', enter: { ...right, second: '40', leaker: '1' }, hint: 'a search over whole command lines' },
    { name: 'one count, written twice', enter: { ...right, first: { run: `${FIND.leak}; ls /proc/$p/fd | wc -l | tee /run/count` }, second: { run: 'cat /run/count; rm /run/count' } }, hint: 'Growth is what makes a leak' },
    { name: 'threads in place of descriptors', enter: { ...right, first: { run: `${FIND.leak}; ls /proc/$p/task | wc -l` } }, hint: 'never closes one' },
    { name: 'files', enter: { ...right, kind: 'regular files' }, hint: 'Of which kind' },
  ],
};
