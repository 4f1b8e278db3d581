import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

/** scripts/local of initramfs-tools, when the device behind root= has not appeared. */
export const ALERT = /ALERT! +(\S+) does not exist/;
/** A line of blkid: device and UUID of its file system; behind them that of the partition. */
const described = /^\/dev\/(\w+): (?:.* )?UUID="([^"]+)"/m;

export const find: Step = {
  id: 'find',
  title: 'What is asked for, what is there',
  fields: [
    { kind: 'line', id: 'asked', label: 'UUID that the command line asks for' },
    { kind: 'line', id: 'device', label: 'Device that holds the root file system', placeholder: '/dev/…' },
    { kind: 'line', id: 'has', label: 'UUID of the file system on it' },
  ],
  check: {
    probe: { kind: 'boots' },
    expect({ boots }, { entries }) {
      const [asked, device, has] = [entered(entries, 'asked').replace(/^UUID=/, ''), entered(entries, 'device'), entered(entries, 'has').replace(/^(PART)?UUID=|"/g, '')];
      const boot = boots.findLast((text) => ALERT.test(text)) ?? '';
      const wanted = (ALERT.exec(boot)?.[1] ?? '').replace(/^UUID=/, '');
      const shell = boots.slice(1).map((text) => text.slice(text.search(/\(initramfs\) /) + 1 || text.length)).join('\n');
      const [, disk, uuid] = described.exec(shell) ?? [];
      if (wanted === '') return fail('No boot of this lab has stopped in the initramfs yet.', 'Let the machine start by itself. It waits half a minute for its root before it gives up.');
      if (asked === '' || device === '' || has === '') return fail('The three values are not recorded yet.', 'One is on the screen already; for the other two ask the tools of this small system.');
      if (disk === undefined) return fail('Nothing in this shell has shown the UUID of a file system yet.', 'What you know from elsewhere may be the very thing that is out of date. Let a tool of the initramfs read it from the disk.');
      if (asked === uuid) return fail('That UUID is on the disk; it is not what was asked for.', 'Read the line that begins with ALERT, or the command line itself, once more.');
      if (asked !== wanted) return fail(`The command line does not ask for "${asked}".`, 'Copy what stands behind root=UUID= in the command line of this boot.');
      if (device !== `/dev/${disk}`) return fail(`"${device}" is not where the file system lies.`, 'A file system lies in a partition. Take the device from the beginning of the line that shows its UUID.');
      if (has !== uuid) {
        if (shell.includes(`PARTUUID="${has}"`)) return fail('That names the partition, not the file system in it.', 'A PARTUUID stands in the partition table and outlives mkfs. The command line asked for UUID=: take the one that the file system carries.');
        return has === wanted
          ? fail('That is what was asked for, once more.', 'If the disk had it, the machine would not stand here. The file system carries a UUID of its own: read it from the disk.')
          : fail(`The file system does not carry "${has}".`, 'Copy it from between the quotation marks.');
      }
      return pass([
        { statement: `The command line asks for UUID=${wanted}.`, command: 'cat /proc/cmdline' },
        { statement: `/dev/${disk} carries UUID=${uuid}.`, command: 'blkid' },
      ], { interpretations: ['The disk and its drivers are well; the name is wrong.'] });
    },
  },
  hints: [
    'The script that waited has told you what it waited for. Does the kernel know any disk at all?',
    '`/proc/cmdline` and `/proc/partitions` are here as on any Linux: cat reads them.',
    'The tool that reads labels and UUIDs from devices is the same as on the full system; without arguments it lists all it finds.',
  ],
  solution: {
    type: ['cat /proc/cmdline', 'cat /proc/partitions', 'blkid'],
    enter: { asked: '7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946', device: '/dev/sda1', has: '5b0071ab-1e00-4d3a-9b1e-000000000001' },
  },
  wrong: [
    { name: 'from memory', enter: { asked: '7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946', device: '/dev/sda1', has: '5b0071ab-1e00-4d3a-9b1e-000000000001' }, hint: 'from elsewhere may be the very thing' },
    { name: 'the wrong way round', type: ['blkid'], enter: { asked: '5b0071ab-1e00-4d3a-9b1e-000000000001', device: '/dev/sda1', has: '7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946' }, hint: 'begins with ALERT' },
    { name: 'the whole disk', type: ['blkid'], enter: { asked: '7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946', device: '/dev/sda', has: '5b0071ab-1e00-4d3a-9b1e-000000000001' }, hint: 'A file system lies in a partition' },
    { name: 'the name of the partition', type: ['blkid'], enter: { asked: '7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946', device: '/dev/sda1', has: 'b007ab1e-01' }, hint: 'A PARTUUID stands in the partition table' },
    { name: 'the same value twice', type: ['blkid'], enter: { asked: '7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946', device: '/dev/sda1', has: '7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946' }, hint: 'carries a UUID of its own' },
  ],
};
