import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const right = { 'release-mount': { run: 'ls -d /srv/view-*' }, 'release-process': 'indexer' };

export const release: Step = {
  id: 'release',
  title: 'In use, by nobody',
  fields: [
    { kind: 'line', id: 'release-mount', label: 'The mount point that held overlay', placeholder: '/…' },
    { kind: 'line', id: 'release-process', label: 'The program that held the mount' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        module: '[ -e /sys/module/overlay/initstate ]',
        mounts: "awk '$3 == \"overlay\" { print $2 }' /proc/mounts",
        process: 'pgrep -x indexer',
        forced: 'cut -d " " -f 1 /proc/sys/kernel/tainted',
      }),
    },
    expect({ stdout }, { entries, baseline, nonce }) {
      const seen = new Sections(nonce, stdout);
      const [mount, program] = [entered(entries, 'release-mount'), entered(entries, 'release-process')];
      const alive = seen.text('process') !== '';
      if ((Number(seen.text('forced')) & 4) !== 0) return fail('A module was removed by force: the kernel is tainted with R.', 'Code that is still in use was taken away, and the next call into it goes nowhere. Restart the lab.');
      if (seen.get('module').code === 0) {
        if (seen.text('mounts') === '' && alive) return fail('The mount has left the table, and overlay is still in use.', 'A lazy unmount takes the mount out of sight, not out of use: it ends when the last user has gone. There is still one.');
        if (alive) return fail('overlay is in use: it is mounted, and a program stands in the mount.', 'Begin with the program: a mount is busy as long as somebody has a file or his working folder in it. Which process is it?');
        if (seen.text('mounts') !== '') return fail('The program is gone, the mount is still there.', 'Each mount of a file system counts for its module, used or not. Unmount it now.');
        return fail('Nobody uses overlay any more, and it is still in memory.', 'A count of zero does not remove a module. Say so.');
      }
      if (mount === '' || program === '') return fail('overlay is gone. What held it is not recorded yet.', 'Record the mount point, and the name of the program that stood in it.');
      if (mount.replace(/\/$/, '') !== baseline.trim()) return fail(`overlay was not mounted on ${mount}.`, ['/srv/lower', '/srv/upper', '/srv/work'].includes(mount) ? 'That is one of the folders it was made of. The mount point is the second field of /proc/mounts.' : 'It was one of the folders in /srv.');
      if (program !== 'indexer') return fail(`${program} did not hold the mount.`, /^\d+$/.test(program) ? 'That is a number. Numbers are given out anew, so a report names the program.' : 'fuser with -v, or a look at /proc/PID/cwd, shows its name.');
      return pass([{ statement: `overlay was held by a mount on ${mount}, and that by ${program}. All three are gone.`, command: "lsmod | grep '^overlay '; findmnt -t overlay; fuser -vm MOUNTPOINT" }]);
    },
  },
  hints: [
    'A count without a name beside it was not taken by a module. For a file system each mount takes one: which mounts of the type overlay are there?',
    'The mount is busy because of a process. fuser, with the options for mounts and for names, tells which; end it.',
    'Then unmount, and remove the module by name with the option -r of modprobe.',
  ],
  solution: { type: ["awk '$3 == \"overlay\"' /proc/mounts", 'fuser -vm /srv/view-*', 'pkill -x indexer', 'sleep 1; umount /srv/view-*', 'modprobe -r overlay'], enter: right },
  wrong: [
    { name: 'only the unmount', type: ['umount /srv/view-*'], enter: right, hint: 'Begin with the program' },
    { name: 'only the program', type: ['pkill -x indexer; sleep 1'], enter: right, hint: 'Each mount of a file system counts', undo: ['(cd /srv/view-* && setsid indexer infinity </dev/null >/dev/null 2>&1 &)'] },
    { name: 'a lazy unmount', type: ['umount -l /srv/view-*'], enter: right, hint: 'out of sight, not out of use', undo: ['mount -t overlay overlay -o lowerdir=/srv/lower,upperdir=/srv/upper,workdir=/srv/work /srv/view-*'] },
    { name: 'a folder it was made of', type: ['pkill -x indexer; sleep 1; umount /srv/view-*; modprobe -r overlay'], enter: { ...right, 'release-mount': '/srv/upper' }, hint: 'one of the folders it was made of' },
    { name: 'a number in place of the name', enter: { ...right, 'release-process': '1234' }, hint: 'a report names the program' },
  ],
};
