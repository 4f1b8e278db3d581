import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { values } from '../../../src/lab/key-values.ts';
import { showUnits, unitsShown } from '../units.ts';

/** Seconds of a time as systemd writes it: `1min 2.345s`, `14.544s`, `850ms`. Undefined where it is none. */
export function seconds(text: string): number | undefined {
  const parts = text.trim().replace(/^\+/, '').split(/\s+/).map((part) => /^(\d+(?:\.\d+)?)(min|s|ms)?$/.exec(part));
  if (parts.some((part) => part === null)) return undefined;
  return parts.reduce((sum, part) => sum + Number(part?.[1]) * (part?.[2] === 'min' ? 60 : part?.[2] === 'ms' ? 0.001 : 1), 0);
}

/** Microseconds since the kernel started, as systemd keeps them. Source: org.freedesktop.systemd1(5). */
export const TIMES = `systemctl show -p UserspaceTimestampMonotonic -p FinishTimestampMonotonic | tr = ' '
echo "reached $(systemctl show -P ActiveEnterTimestampMonotonic multi-user.target)"
grep -o 'rootdelay=[^ ]*' /proc/cmdline | tr = ' '; true`;

export const at = (seen: ReadonlyMap<string, string>, key: string): number => Number(seen.get(key) ?? 0) / 1e6;

export const measure: Step = {
  id: 'measure',
  title: 'Measure before you touch',
  fields: [
    { kind: 'line', id: 'kernel', label: 'Time that systemd counts as the kernel’s', placeholder: '1.234s' },
    { kind: 'line', id: 'userspace', label: 'Time that it counts as userspace' },
    { kind: 'line', id: 'reached', label: 'When multi-user.target was reached, in userspace' },
  ],
  check: {
    probe: { kind: 'boots', script: TIMES, timeout: 60_000 },
    expect({ up, stdout }, { entries }) {
      const seen = values(stdout);
      if (!up || !seen.has('UserspaceTimestampMonotonic')) return fail('The machine is not up.', 'This boot is slow, and it does end. Wait for the login.');
      if (!seen.has('rootdelay')) return fail('This is not the slow boot any more.', 'Measure before you mend. Restart the lab to see the slow boot again.');
      if (at(seen, 'FinishTimestampMonotonic') === 0) return fail('The boot has not ended yet, although the login is there.', 'Something is still being started. systemd-analyze refuses to answer until it is done: ask again in some seconds.');
      const [kernel, userspace, reached] = ['kernel', 'userspace', 'reached'].map((id) => seconds(entered(entries, id)));
      if (kernel === undefined || userspace === undefined || reached === undefined) return fail('Three times are asked for.', 'Write them as systemd-analyze does, such as 14.544s or 1min 2.345s.');
      const start = at(seen, 'UserspaceTimestampMonotonic');
      const is = (value: number, real: number): boolean => Math.abs(value - real) < 0.05;
      if (is(kernel, at(seen, 'FinishTimestampMonotonic'))) return fail('That is the sum of both.', 'The first line of systemd-analyze has one number for each part, with the part’s name behind it, and the sum last.');
      if (!is(kernel, start)) return fail('The kernel’s time does not agree with this boot.', 'Copy the number in front of "(kernel)", with its unit.');
      if (!is(userspace, at(seen, 'FinishTimestampMonotonic') - start)) return fail('The time of userspace does not agree with this boot.', 'Copy the number in front of "(userspace)", with its unit.');
      if (!is(reached, at(seen, 'reached') - start)) {
        return fail('multi-user.target was not reached at that time.', is(reached, userspace)
          ? 'userspace ends when the last job has ended, needed or not. The target has a line of its own in the same output.'
          : 'systemd-analyze prints it in its second line.');
      }
      return pass([{ statement: `Slow boot: kernel ${kernel.toFixed(1)} s, multi-user.target reached ${reached.toFixed(1)} s later, the last job ended after ${userspace.toFixed(1)} s.`, command: 'systemd-analyze' }]);
    },
  },
  hints: [
    'One command prints all three. It answers when every job of the boot has ended, which is later than your prompt.',
    'The program that this page speaks of needs no verb for it. Its first line splits the boot in two, its second says when the target was reached.',
  ],
  solution: {
    type: ['systemctl is-system-running --wait', 'systemd-analyze'],
    enter: {
      kernel: { run: "systemd-analyze | sed -n 's/^Startup finished in \\(.*\\) (kernel).*/\\1/p'" },
      userspace: { run: "systemd-analyze | sed -n 's/.*(kernel) + \\(.*\\) (userspace).*/\\1/p'" },
      reached: { run: "systemd-analyze | sed -n 's/.*reached after \\(.*\\) in userspace.*/\\1/p'" },
    },
  },
  wrong: [
    {
      name: 'the sum', type: ['systemctl is-system-running --wait'], hint: 'one number for each part',
      enter: { kernel: { run: "systemd-analyze | sed -n 's/.*(userspace) = \\([^ ].*[^ ]\\) *$/\\1/p'" }, userspace: '1s', reached: '1s' },
    },
    {
      name: 'the end of the last job', type: ['systemctl is-system-running --wait'], hint: 'has ended, needed or not',
      enter: Object.fromEntries(['kernel', 'userspace', 'reached'].map((id) => [id, {
        run: `systemd-analyze | sed -n 's/${id === 'kernel' ? '^Startup finished in \\(.*\\) (kernel)' : '.*(kernel) + \\(.*\\) (userspace)'}.*/\\1/p'`,
      }])),
    },
    { name: 'no unit of time', type: ['systemctl is-system-running --wait'], enter: { kernel: 'long', userspace: '20 seconds', reached: '' }, hint: 'Write them as systemd-analyze does' },
  ],
};

const WAITS = 'the login waits for it';
const BESIDE = 'it runs beside the boot';

export const decide: Step = {
  id: 'decide',
  title: 'Which of them matter',
  fields: [
    { kind: 'choice', id: 'index', label: 'image-index.service', options: [WAITS, BESIDE] },
    { kind: 'choice', id: 'storage', label: 'storage-wait.service', options: [WAITS, BESIDE] },
    { kind: 'choice', id: 'rootdelay', label: 'systemd-analyze counts the seconds of rootdelay as', options: ['loader', 'kernel', 'userspace', 'nothing of it'] },
  ],
  check: {
    probe: {
      kind: 'boots', timeout: 60_000, script: `${TIMES}; echo
${showUnits(['Before'], ['storage-wait.service', 'image-index.service'])}`,
    },
    expect({ up, stdout }, { entries }) {
      const seen = values(stdout);
      if (!up || !seen.has('UserspaceTimestampMonotonic')) return fail('The machine is not up.', 'Wait for the login.');
      const before = (unit: string): string => unitsShown(stdout).get(`${unit}.service`)?.Before ?? '';
      const real = (unit: string): string => (/user-sessions|getty|basic\.target|sysinit\.target/.test(before(unit)) ? WAITS : BESIDE);
      const [index, storage, delay] = ['index', 'storage', 'rootdelay'].map((id) => entered(entries, id));
      if (!index || !storage || !delay) return fail('Three decisions are asked for.', 'Look first at the chain that leads to the login, then at the list of durations.');
      if (index !== real('image-index')) return fail('image-index.service does not hold up the login.', 'It stands first in `blame`, which sorts by duration and knows nothing of who waits for whom. Is it in the critical chain of the target?');
      if (storage !== real('storage-wait')) return fail('storage-wait.service is not as harmless as it looks.', 'It takes less time than the longest, and a unit that your login needs is ordered after it. systemctl shows the order.');
      if (delay !== 'kernel') {
        return fail(`rootdelay is not counted as ${delay}.`, 'Who waits, and who runs at that time? The initramfs of this node has no systemd in it: everything before the real PID 1 is one number.');
      }
      return pass([
        { statement: 'systemd-user-sessions.service, and so the login, is ordered after storage-wait.service.', command: 'systemctl show -P Before storage-wait.service' },
        { statement: `image-index.service is ordered before ${before('image-index')} only.`, command: 'systemctl show -P Before image-index.service' },
      ]);
    },
  },
  hints: [
    'Two verbs of systemd-analyze answer different questions: one sorts units by what they took, the other shows who waited for whom on the way to a target or a unit.',
    'Ask for the critical chain of serial-getty@ttyS0.service, which is your login. For the parameter, compare the kernel’s time with what dmesg shows: is there a gap of eight seconds, and between which lines?',
  ],
  solution: { type: ['systemd-analyze --no-pager critical-chain serial-getty@ttyS0.service'], enter: { index: BESIDE, storage: WAITS, rootdelay: 'kernel' } },
  wrong: [
    { name: 'by duration', enter: { index: WAITS, storage: BESIDE, rootdelay: 'kernel' }, hint: 'stands first in `blame`' },
    { name: 'none of them', enter: { index: BESIDE, storage: BESIDE, rootdelay: 'kernel' }, hint: 'is ordered after it' },
    { name: 'the initramfs taken for user space', enter: { index: BESIDE, storage: WAITS, rootdelay: 'userspace' }, hint: 'has no systemd in it' },
  ],
};
