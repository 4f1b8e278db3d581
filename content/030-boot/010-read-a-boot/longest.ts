import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { MARKS, near, Seen, seconds, script, STRETCHES } from './seen.ts';

/** Prints `SECONDS NAME` for each stretch, longest first. */
const stretches = `t() { dmesg | grep -m1 -E "$1" | sed 's/^\\[ *\\([0-9.]*\\)\\].*/\\1/'; }
a=$(t 'Linux version'); b=$(t 'unpack rootfs image|Unpacking initramfs'); c=$(t 'Run /init'); d=$(t 'sda1.: mounted'); e=$(t 'systemd 2.* running in')
echo "$a $b $c $d $e" | awk '{ ${STRETCHES.map(({ name }, index) => `print $${index + 2} - $${index + 1} " ${name}"`).join('; ')} }' | sort -rn`;
const name = (which: string): { run: string } => ({ run: `{ ${stretches}\n} | ${which} | cut -d' ' -f2-` });
const length = { run: `{ ${stretches}\n} | head -n 1 | cut -d' ' -f1` };

export const longest: Step = {
  id: 'longest',
  title: 'Where the time went',
  fields: [
    { kind: 'choice', id: 'stretch', label: 'Until systemd speaks, most time goes into', options: STRETCHES.map((stretch) => stretch.name) },
    { kind: 'line', id: 'length', label: 'Its length in seconds' },
  ],
  check: {
    probe: { kind: 'boots', script },
    expect(output, { entries }) {
      const seen = new Seen(output);
      const lengths = STRETCHES.map(({ from, to }) => (seen.at(to) ?? Number.NaN) - (seen.at(from) ?? Number.NaN));
      if (!output.up || lengths.some(Number.isNaN)) return fail('The log of this boot is not there.', 'The stretches are computed from the six marks. Let the machine come up, and do not clear its log.');
      const [chosen, length] = [entered(entries, 'stretch'), entered(entries, 'length')];
      const index = STRETCHES.findIndex((stretch) => stretch.name === chosen);
      const most = Math.max(...lengths);
      const mine = lengths[index];
      if (mine === undefined) return fail('No stretch is chosen yet.', 'Subtract the time of each mark from that of the next one, and compare the four differences.');
      if (mine < most - 0.1) return fail('Another stretch of this boot is longer.', `The stretch you chose took ${mine.toFixed(1)} s. Compute the other three as well; which one leads differs from machine to machine.`);
      const value = seconds(length);
      if (Number.isNaN(value)) return fail('Its length is not recorded yet.', 'Give it in seconds, with two digits behind the point, such as 4.27.');
      if (Math.abs(value - mine) > 0.1 && MARKS.some(({ id }) => near(value, seen.at(id)))) return fail('That is when a mark was reached, not how long the stretch took.', 'A number in brackets is a point in time, counted from the kernel’s start. A length needs two of them.');
      if (Math.abs(value - mine) > 0.1) return fail(`${length} s is not the length of that stretch.`, 'Subtract the earlier mark from the later one. The check allows a tenth of a second.');
      return pass([{ statement: `Longest before systemd: ${chosen}, ${mine.toFixed(2)} s.`, command: 'dmesg' }], {
        interpretations: STRETCHES.map((stretch, at) => `${stretch.name}: ${(lengths[at] ?? 0).toFixed(2)} s`),
      });
    },
  },
  hints: [
    'The number in front of a line is counted from the kernel’s start, not from the line before. How do you get from points to lengths?',
    'Write the marks below each other and subtract upwards. There are four differences; you want the largest.',
  ],
  solution: { enter: { stretch: name('head -n 1'), length } },
  wrong: [
    { name: 'the shortest', enter: { stretch: name('tail -n 1'), length }, hint: 'Compute the other three' },
    { name: 'a point in time', enter: { stretch: name('head -n 1'), length: { run: `{ ${stretches}\n} >/dev/null; echo $e` } }, hint: 'A length needs two' },
    { name: 'a guess', enter: { stretch: name('head -n 1'), length: '900' }, hint: 'a tenth of a second' },
    { name: 'no length', enter: { stretch: name('head -n 1') }, hint: 'two digits' },
  ],
};
