import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { near, Seen, seconds, script } from './seen.ts';

/** systemd-analyze prints what it counts in milliseconds, and cuts off the rest. */
const is = (printed: number, counted: number): boolean => Math.abs(printed - counted) < 0.0015;

const unmeasured = 'not measured: nobody told systemd';
const part = (word: string): { run: string } => ({ run: `systemd-analyze time | sed -n '1s/.*\\( in\\|+\\) \\([^+(]*\\) (${word}).*/\\2/p'` });
const total = { run: "systemd-analyze time | sed -n '1s/.*= //p'" };
const right = { kernel: part('kernel'), userspace: part('userspace'), firmware: unmeasured };

export const analyze: Step = {
  id: 'analyze',
  title: 'What systemd-analyze makes of it',
  fields: [
    { kind: 'line', id: 'kernel', label: 'Time in the kernel, as systemd-analyze gives it' },
    { kind: 'line', id: 'userspace', label: 'Time in user space, as systemd-analyze gives it' },
    { kind: 'choice', id: 'firmware', label: 'Firmware and boot loader took', options: ['no time: they are so fast', unmeasured, 'their time is part of the kernel’s'] },
  ],
  check: {
    probe: { kind: 'boots', script },
    expect(output, { entries }) {
      const seen = new Seen(output);
      const start = seen.seconds('Userspace');
      const finish = seen.seconds('Finish');
      const [k, u, firmware] = [entered(entries, 'kernel'), entered(entries, 'userspace'), entered(entries, 'firmware')];
      if (!output.up || start === undefined) return fail('The machine is not up.', 'Let it come up to its prompt.');
      if (finish === undefined) return fail('This boot is not finished yet.', 'systemd gives its sum when the last job of the start is done. Wait a little; one command of systemctl waits for you.');
      if (k === '' || u === '') return fail('Kernel and user space are not recorded yet.', 'Two of the numbers that systemd-analyze prints are asked for, with their units.');
      const [kernel, user] = [seconds(k), seconds(u)];
      if (Number.isNaN(kernel) || Number.isNaN(user)) return fail('One of the times cannot be read.', 'Record it as printed, as in 4.2s, 1min 4.2s or 350ms.');
      if (!is(kernel, start)) {
        if (is(kernel, finish - start) && is(user, start)) return fail('The two numbers are exchanged.', 'Read the word in brackets behind each number.');
        return fail(`${k} is not the kernel’s part of this boot.`, near(kernel, seen.at('systemd')) ? 'That is near the time in dmesg. The two clocks do not start at the same moment; here the number of systemd-analyze is asked for.' : 'It has to be of this boot, to the millisecond as printed. Ask again.');
      }
      if (is(user, finish)) return fail('That is the whole.', 'What stands behind the equals sign holds the kernel’s part as well.');
      if (!is(user, finish - start)) return fail(`${u} is not the part of user space in this boot.`, 'systemd counts from its own start to the end of the last job. The first line of the output has it, not the second.');
      const measured = seen.seconds('Firmware') !== undefined || seen.seconds('Loader') !== undefined;
      if (firmware === '') return fail('Firmware and boot loader are not judged yet.', 'Does the output name them at all? Choose what that means.');
      if ((firmware === unmeasured) === measured) return fail(`"${firmware}" does not follow from the output.`, 'You watched a menu for three seconds. A part that is missing in a sum is not zero, and the kernel’s clock did not run yet.');
      return pass([
        { statement: `systemd counts ${start.toFixed(3)} s in the kernel (initramfs included) and ${(finish - start).toFixed(3)} s in user space.`, command: 'systemd-analyze' },
        { statement: 'It has no times of firmware and boot loader on this machine.', command: 'systemctl show -p FirmwareTimestampMonotonic -p LoaderTimestampMonotonic' },
      ]);
    },
  },
  hints: [
    'systemd-analyze without arguments prints one sum. Each number has a word in brackets.',
    'If it says that the start is not finished, wait until systemctl calls the system running. For the last field look for the words firmware and loader in the output.',
  ],
  solution: { type: ['systemctl is-system-running --wait', 'systemd-analyze time'], enter: right },
  wrong: [
    { name: 'exchanged', type: ['systemctl is-system-running --wait'], enter: { ...right, kernel: right.userspace, userspace: right.kernel }, hint: 'word in brackets' },
    { name: 'the sum', type: ['systemctl is-system-running --wait'], enter: { ...right, userspace: total }, hint: 'behind the equals sign' },
    { name: 'a number of another node', type: ['systemctl is-system-running --wait'], enter: { ...right, kernel: '999.123s' }, hint: 'to the millisecond' },
    { name: 'what is missing is zero', type: ['systemctl is-system-running --wait'], enter: { ...right, firmware: 'no time: they are so fast' }, hint: 'is not zero' },
  ],
};
