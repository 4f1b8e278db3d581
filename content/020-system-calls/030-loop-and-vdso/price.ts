import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { seconds } from '../counting.ts';

const clock = '/root/vdso/clock';
const times = 100_000;
const timed = (way: string): string => `bash -c "TIMEFORMAT=%R; time ${clock} ${way} monotonic ${times}" 2>&1`;

/** The second of two runs, kept for the price. */
const kept = (way: string) => ({ run: `{ ${timed(way)}; } >/dev/null; ${timed(way)} | tee /tmp/${way}.seconds` });
const right = {
  fast: kept('libc'),
  slow: kept('syscall'),
  each: { run: `awk -v a="$(cat /tmp/libc.seconds)" -v b="$(cat /tmp/syscall.seconds)" 'BEGIN {printf "%.2f", (b - a) * 1000000 / ${times}}'` },
};

export const price: Step = {
  id: 'price',
  title: 'The price of a crossing',
  fields: [
    { kind: 'line', id: 'fast', label: 'Real seconds for 100000 times through libc' },
    { kind: 'line', id: 'slow', label: 'Real seconds for 100000 times through syscall(2)' },
    { kind: 'line', id: 'each', label: 'Microseconds that one crossing costs here' },
  ],
  check: {
    probe: { kind: 'guest', timeout: 60_000, script: ({ nonce }) => sectionScript(nonce, { built: `[ -x ${clock} ] && echo yes`, fast: timed('libc'), slow: timed('syscall') }) },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      if (seen.text('built') === '') return fail('There is no program clock to time yet.', 'The step before compiles it.');
      const fresh = (Number(seen.text('slow')) - Number(seen.text('fast'))) * 1e6 / times;
      const [fast, slow] = [seconds(entered(entries, 'fast')), seconds(entered(entries, 'slow'))];
      const each = Number(entered(entries, 'each').replace(',', '.').replace(/\s*(µs|us)$/, '') || NaN);
      if (fast === undefined || slow === undefined) return fail('The two times are not recorded yet.', 'Let bash time both ways with 100000 calls for the time, and record the lines that begin with real.');
      if (slow <= fast) return fail('The way through the kernel should be the slow one.', 'Which of the two times belongs to which way? And was it the same number both times?');
      if (Number.isNaN(each)) return fail('The price of one crossing is not recorded yet.', 'Take the difference of the two times and divide it among the calls. The unit is the microsecond, a millionth.');
      const own = (slow - fast) * 1e6 / times;
      const near = (value: number): boolean => each > value / 4 && each < value * 4;
      if (!near(own)) {
        return fail(`${each} µs do not follow from your two times.`, each > 4 * own
          ? 'A hundred thousand calls in one second are ten microseconds each. How many zeros does the divisor have?'
          : 'Seconds, milliseconds or microseconds? One second is a million of the latter.');
      }
      if (fresh > 0 && (own > fresh * 20 || own < fresh / 20)) return fail('The check measures another price.', 'Were these times measured here, with 100000, and without strace?');
      return pass([{ statement: 'The same question costs less when the vDSO answers it than when the kernel has to be entered.', command: `time ${clock} syscall monotonic ${times}` }],
        { interpretations: [`One crossing costs about ${each} µs on this emulated machine.`] });
    },
  },
  hints: [
    'The word time in front of a command, in bash. Take the second of two runs: the first also waits for the emulator to translate the program.',
    'Both runs start a process and end it, which costs the same. What is left when you subtract is the crossings.',
  ],
  solution: { type: [`time ${clock} libc monotonic ${times}`, `time ${clock} syscall monotonic ${times}`], enter: right },
  wrong: [
    { name: 'the two exchanged', enter: { fast: '0.9', slow: '0.2', each: '7' }, hint: 'belongs to which way' },
    { name: 'a divisor too small', enter: { fast: '0.1', slow: '0.5', each: '400' }, hint: 'How many zeros' },
    { name: 'another unit', enter: { fast: '0.1', slow: '0.5', each: '0.004' }, hint: 'a million of the latter' },
    { name: 'times from a fast machine', enter: { fast: '0.0010', slow: '0.0030', each: '0.02' }, hint: 'measured here' },
  ],
};
