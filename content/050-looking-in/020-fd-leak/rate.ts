import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { BASE, leaker, look, Seen } from './daemons.ts';
import { FIND } from './which.ts';

/** Two honest measurements of half a minute differ by so much. */
const tolerance = 0.25;
const near = (value: number, real: number): boolean => Math.abs(value - real) <= tolerance * real;

/** Two counts; `t` is the time between them in hundredths of a second, which on a busy host is more than what was slept. */
const RATE = `${FIND.leak}; now() { read -r t _ < /proc/uptime; echo "$t" | tr -d .; }; t=$(now); a=$(ls /proc/$p/fd | wc -l); sleep 25; b=$(ls /proc/$p/fd | wc -l); t=$(( $(now) - t ))`;
const right = {
  rate: { run: `${RATE}; echo $(( (b - a) * 6000 / t )) | tee /run/rate` },
  limit: { run: `${FIND.leak}; awk '/^Max open files/ { print $4 }' /proc/$p/limits` },
  left: { run: `${FIND.leak}; echo $(( (900 - $(ls /proc/$p/fd | wc -l)) / $(cat /run/rate) ))` },
};
/** The growth in so many seconds, without a wait: from the age of the process. */
const from = (seconds: number, format: string): string =>
  `${FIND.leak}; n=$(ls /proc/$p/fd | wc -l); s=$(sed 's/.*) //' /proc/$p/stat | cut -d ' ' -f 20); awk -v n=$n -v s=$s '{ printf "${format}", (n - ${BASE}) * ${seconds} / ($1 - s / 100) }' /proc/uptime`;
const guess = {
  rate: { run: from(60, '%.0f') },
  limit: '900',
  left: '34',
};

export const rate: Step = {
  id: 'rate',
  title: 'How fast, and how long',
  fields: [
    { kind: 'line', id: 'rate', label: 'Descriptors that it gains a minute' },
    { kind: 'line', id: 'limit', label: 'How many it may have open, as things are' },
    { kind: 'line', id: 'left', label: 'Minutes until it is there' },
  ],
  check: {
    probe: { kind: 'guest', script: look({ shell: 'ulimit -n', max: 'cat /proc/sys/fs/file-max', open: 'cat /proc/sys/fs/nr_open' }) },
    expect(output, scene) {
      const seen = new Seen(output, scene);
      const over = seen.over(scene);
      if (over !== undefined) return over;
      const [rate = '', limit = '', left = ''] = ['rate', 'limit', 'left'].map((id) => entered(scene.entries, id));
      const [soft, hard] = seen.limits;
      if (rate === '' || limit === '' || left === '') return fail('Three numbers are asked for.', 'The growth of one minute, the limit of this process, and what follows from the two.');
      if (!near(Number(rate), seen.rate)) {
        return near(Number(rate) * 60, seen.rate)
          ? fail('That is the growth of a second.', 'Asked is the growth of a minute: it is sixty times as much.')
          : fail(`It does not gain ${rate} a minute.`, 'Count, wait 30 seconds, count again: twice the difference is the growth of a minute. Longer pauses give better numbers.');
      }
      if (limit !== soft) {
        if (limit === hard) return fail(`${hard} is the hard limit.`, 'Two numbers stand in the line. The process fails at the soft one; up to the hard one it may be raised.');
        if (limit === seen.sections.text('max') || limit === seen.sections.text('open')) return fail('That is a limit of the whole system.', 'A process meets its own limit long before. It stands in the file limits of its folder.');
        return fail(`This process may not have ${limit} descriptors.`, 'Limits are inherited and can differ from process to process: ulimit tells those of your shell. Ask for those of the daemon.');
      }
      // what was open, by the reader's own numbers: rounding hides no more than the growth of a minute
      if (Number(soft) - Number(left) * Number(rate) < BASE / 2 && near(Number(left), Number(soft) / Number(rate))) {
        return fail(`${left} minutes would be right for a process that has nothing open yet.`, `${seen.sections.text('count')} of the ${soft} are taken already.`);
      }
      const real = (Number(soft) - Number(seen.sections.text('count'))) / seen.rate;
      if (!near(Number(left), real) && Math.abs(Number(left) - real) > 2) return fail(`It will not take ${left} minutes.`, 'From the limit take away what is open now; divide the rest by the growth of a minute.');
      return pass([
        { statement: `It gains about ${rate} descriptors a minute.`, command: `ls /proc/${leaker(scene.baseline).pid}/fd | wc -l` },
        { statement: `Its soft limit is ${limit}; from there on open, socket and accept fail with EMFILE.`, command: `grep 'open files' /proc/${leaker(scene.baseline).pid}/limits` },
      ], { interpretations: [`At that rate it gets there in about ${left} minutes.`] });
    },
  },
  hints: [
    'You have two counts already. With the time between them they are a rate.',
    'Each process has a file limits below /proc. The line for open files has a soft and a hard limit.',
    'Minutes: limit minus what is open now, divided by the growth of a minute. Whole minutes will do.',
  ],
  solution: { type: ['grep "open files" /proc/$(pgrep -o -f /opt/shipper/shipper)/limits'], enter: right },
  wrong: [
    { name: 'per second', enter: { ...guess, rate: { run: from(1, '%.2f') } }, hint: 'sixty times as much' },
    { name: 'no growth', enter: { ...guess, rate: '0' }, hint: 'Longer pauses give better numbers' },
    { name: 'the hard limit', enter: { ...guess, limit: { run: `${FIND.leak}; awk '/^Max open files/ { print $5 }' /proc/$p/limits` } }, hint: 'fails at the soft one' },
    { name: 'the limit of the shell', enter: { ...guess, limit: '1024' }, hint: 'ulimit tells those of your shell' },
    { name: 'the limit of the system', enter: { ...guess, limit: { run: 'cat /proc/sys/fs/file-max' } }, hint: 'long before' },
    { name: 'a week', enter: { ...guess, left: '10080' }, hint: 'divide the rest' },
    {
      name: 'nothing taken off',
      enter: { ...guess, rate: { run: `${from(60, '%.0f')} | tee /run/rate` }, left: { run: 'echo $((900 / $(cat /run/rate)))' } },
      hint: 'are taken already',
    },
  ],
};
