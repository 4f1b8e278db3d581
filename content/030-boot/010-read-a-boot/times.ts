import type { Scene } from '../../../src/lab/check.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { values } from '../../../src/lab/key-values.ts';
import { MARKS, near, Seen, seconds, script } from './seen.ts';

function verdict(seen: Seen, { entries, baseline }: Scene): Verdict {
  const boot = entered(entries, 'boot');
  if (boot === '') return fail('The id of this boot is not recorded yet.', 'A time means something together with its boot. A file under /proc/sys/kernel/random holds a name for each boot.');
  if (boot === values(baseline).get('boot')) return fail('That is the boot before the power button.', 'Read the id again in the system that has come up since.');
  if (boot !== seen.boot) return fail('The running boot has another id.', 'After a restart everything is measured anew: take the id and all six times from one and the same boot.');
  const recorded = MARKS.map(({ id }) => entered(entries, id));
  const empty = recorded.findIndex((text) => text === '');
  if (empty >= 0) return fail(`A time is missing: ${MARKS[empty]?.label}.`, 'Six marks, six times. Each is the number in brackets in front of the line.');
  const times = recorded.map(seconds);
  const odd = times.findIndex(Number.isNaN);
  if (odd >= 0) return fail(`"${recorded[odd]}" is no time in seconds.`, 'Record the seconds since the kernel’s start, as dmesg prints them without options: no date, no clock.');
  if (times.every((time) => time === 0)) return fail('Six times zero is not what the log says.', 'Only the lines before the clock runs carry 0.000000. Look at the later ones again.');
  for (const [index, { id, label }] of MARKS.entries()) {
    const time = times[index] ?? Number.NaN;
    const at = seen.at(id);
    if (at === undefined) return fail(`The log has lost a line: ${label}.`, 'The ring buffer was cleared or has overflowed. Restart the machine and read it before anything else.');
    if (near(time, at)) continue;
    const other = MARKS.find((mark) => mark.id !== id && near(time, seen.at(mark.id)));
    if (other !== undefined && time > 0) return fail(`${recorded[index]} is the time of another mark.`, `Two lines are exchanged: that number belongs to "${other.label}".`);
    const line = seen.log.find((entry) => near(time, entry.time) && time > 0)?.message ?? '';
    if (/re-mounted/.test(line)) return fail('That is the second mount.', 'Later somebody makes the root writable; ext4 says re-mounted then. You want the first one.');
    if (/initrd memory/.test(line)) return fail('That line frees the memory of the archive.', 'It comes after the unpacking. You want the line with which it begins.');
    return fail(`${recorded[index]} is not when this boot came to: ${label}.`, 'No line of that kind has this time here. Times of another boot, or from a page, differ from yours even on the same machine: read your own log.');
  }
  return pass(MARKS.map(({ label, id }) => ({ statement: `Boot ${seen.boot}, ${label}: ${seen.at(id)?.toFixed(6)} s.`, command: 'dmesg' })));
}

/** A time of the log's first line that fits. */
const at = (pattern: string): { run: string } => ({ run: `dmesg | grep -m1 -E '${pattern}' | sed 's/^\\[ *\\([0-9.]*\\)\\].*/\\1/'` });
const right = {
  boot: { run: 'cat /proc/sys/kernel/random/boot_id' },
  first: at('Linux version'),
  map: at('BIOS-e820'),
  unpack: at('unpack rootfs image|Unpacking initramfs'),
  init: at('Run /init'),
  root: at('sda1.: mounted'),
  systemd: at('systemd 2.* running in'),
};

export const times: Step = {
  id: 'times',
  title: 'Six marks, one boot',
  fields: [{ kind: 'line', id: 'boot', label: 'The id of this boot' }, ...MARKS.map(({ id, label }) => ({ kind: 'line' as const, id, label, placeholder: 'seconds' }))],
  check: {
    probe: { kind: 'boots', script },
    expect(output, scene) {
      if (!output.up || !output.stdout.startsWith('boot ')) return fail('The machine is not up.', 'Let it come up to its prompt: the times are compared with the log of the boot that runs.');
      return verdict(new Seen(output), scene);
    },
  },
  hints: [
    'All six lines are in the log of the kernel. Read it from the top with a pager, or search it for a word of each.',
    'Words to search for: version, e820, unpack, Run, mounted, running in. grep takes several patterns with -e, or as alternatives with -E.',
  ],
  solution: { type: ['cat /proc/sys/kernel/random/boot_id', "dmesg | grep -E 'Linux version|e820|unpack|Run /init|mounted|running in'"], enter: right },
  wrong: [
    { name: 'the id of another boot', enter: { ...right, boot: '2f1d7f0e-0000-4000-8000-000000000001' }, hint: 'one and the same boot' },
    { name: 'zeros', enter: { ...right, first: '0', map: '0', unpack: '0', init: '0', root: '0', systemd: '0' }, hint: 'before the clock runs' },
    { name: 'times of another boot', enter: { ...right, unpack: '302.645397', init: '306.339131', root: '311.642911', systemd: '315.622626' }, hint: 'or from a page' },
    { name: 'two lines exchanged', enter: { ...right, init: right.root, root: right.init }, hint: 'Two lines are exchanged' },
    { name: 'the second mount', enter: { ...right, root: at('re-mounted') }, hint: 'makes the root writable' },
    { name: 'the end of the unpacking', enter: { ...right, unpack: at('Freeing initrd memory') }, hint: 'after the unpacking' },
    { name: 'the time of day', enter: { ...right, init: { run: 'date +%H:%M:%S' } }, hint: 'no date, no clock' },
  ],
};
