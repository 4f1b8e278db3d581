import { listedForBoot, listsRead } from '../../../src/lab/boot-lists.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const file = '/etc/modules-load.d/overlay.conf';
const stop = 'systemctl reset-failed systemd-modules-load; systemctl stop systemd-modules-load';
const service = 'systemctl restart systemd-modules-load';

export const boot: Step = {
  id: 'boot',
  title: 'Present at each boot',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        module: '[ -e /sys/module/overlay/initstate ]',
        list: listedForBoot,
        files: 'ls /etc/modules-load.d',
        former: 'grep -qsx overlay /etc/modules',
        unit: 'systemctl show -P ActiveState systemd-modules-load',
        tried: listsRead,
      }),
    },
    expect({ stdout }, { nonce }) {
      const seen = new Sections(nonce, stdout);
      const list = seen.lines('list').map((line) => line.trim());
      const state = seen.text('unit');
      if (!list.includes('overlay')) {
        if (list.some((line) => /^(modprobe|insmod)\b/.test(line))) return fail(`The list holds a command: "${list.find((line) => /^(modprobe|insmod)\b/.test(line))}".`, 'Nobody runs these lines. Each one is a name, and the service does with it what you would do.');
        if (seen.get('former').code === 0) return fail('/etc/modules names overlay, and at the boot nobody reads that file here.', 'Its own first lines say otherwise, and are older than this system. Give your list a place in the folder that systemd reads.');
        if (list.length > 0) return fail(`The list names ${list[0]}, not overlay.`, 'One name a line, spelt as modinfo knows it. The service only notes in the journal what it cannot find.');
        if (seen.lines('files').some((name) => !name.endsWith('.conf'))) return fail('There is a file, and the service does not read it.', 'Like its neighbours it takes only names that end in .conf.');
        if (seen.get('module').code === 0) return fail('overlay is in memory, and the next boot knows nothing of it.', 'A load by hand lasts until the power goes. systemd reads a folder of lists early in each boot.');
        return fail('No list for the boot names overlay.', 'There is a service of systemd that loads modules from lists, and a folder in /etc for yours.');
      }
      if (state === 'failed') return fail('The service has failed on one of its names.', 'Its status says which, and why.');
      if (state !== 'active') return fail('The list is right, and nobody has tried it.', 'Do not wait for a reboot to learn whether the line works: start the service that reads it.');
      if (seen.get('tried').code !== 0) return fail('A list has changed since the service read it.', 'What you see in memory came of the lists as they were, or of you. Let the service read them once more.');
      if (seen.get('module').code !== 0) return fail('The service has run, and overlay is not in memory.', 'Somebody has taken it out since. Let the service load it again.');
      return pass([{ statement: 'A list names overlay, systemd-modules-load has read it, and overlay is in memory.', command: 'systemd-analyze cat-config modules-load.d; systemctl status systemd-modules-load' }]);
    },
  },
  hints: [
    'The manual page modules-load.d(5) names the folders and the form of a file: a name a line, and an ending of the file that is not free.',
    'After the file is written, restart systemd-modules-load with systemctl and look at its status.',
  ],
  solution: { type: [`echo overlay > ${file}`, service, "lsmod | grep '^overlay '"] },
  wrong: [
    { name: 'loaded by hand', type: ['modprobe overlay'], hint: 'until the power goes', undo: ['modprobe -r overlay'] },
    { name: 'a file without the ending', type: ['echo overlay > /etc/modules-load.d/overlay', service], hint: 'Like its neighbours', undo: ['rm /etc/modules-load.d/overlay'] },
    { name: 'a command in the list', type: [`echo 'modprobe overlay' > ${file}`, service], hint: 'Nobody runs these lines', undo: [`rm ${file}`, stop] },
    { name: 'a name that is none', type: [`echo overlayfs > ${file}`, service], hint: 'spelt as modinfo knows it', undo: [`rm ${file}`, stop] },
    { name: 'mended and not tried', type: [`echo overlayfs > ${file}`, service, `echo overlay > ${file}`, 'modprobe overlay'], hint: 'the lists as they were', undo: [`rm ${file}`, stop, 'modprobe -r overlay'] },
    { name: 'written and not tried', type: [`echo overlay > ${file}`], hint: 'start the service that reads it', undo: [`rm ${file}`] },
  ],
};
