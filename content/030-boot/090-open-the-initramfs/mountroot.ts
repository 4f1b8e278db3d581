import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { shellWord } from '../../../src/lab/shell.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { IMAGE, inImage, PATIENCE } from './image.ts';

const right = { type: 'sysfs', script: 'scripts/local' };

export const mountroot: Step = {
  id: 'mountroot',
  title: 'What /init does',
  fields: [
    { kind: 'line', id: 'type', label: 'The type of the first file system that /init mounts' },
    { kind: 'line', id: 'script', label: 'The script in the image whose mount command mounts the root' },
  ],
  check: {
    probe: {
      kind: 'guest',
      timeout: PATIENCE,
      script: (scene) => {
        const script = inImage(scene, entered(scene.entries, 'script'));
        return `${IMAGE}\nfile=${shellWord(/^[\w./-]+$/.test(script) ? script : 'nothing')}\n${sectionScript(scene.nonce, {
          init: 'archive | cpio -i --to-stdout --quiet init 2>/dev/null | grep -E "^[[:space:]]*mount "',
          there: 'names | grep -Fx -- "$file"',
          mounts: 'archive | cpio -i --to-stdout --quiet "$file" 2>/dev/null | grep -E "mount"',
        })}`;
      },
    },
    expect({ stdout }, scene) {
      const seen = new Sections(scene.nonce, stdout);
      const [type, text] = [entered(scene.entries, 'type'), entered(scene.entries, 'script')];
      const mounted = seen.lines('init').map((line) => /-t (\w+)/.exec(line)?.[1] ?? '');
      if (type === '' || text === '') return fail('The first mount and the script are not recorded yet.', 'Read the unpacked /init from its top: it is a shell script.');
      if (type !== mounted[0]) return fail(`"${type}" is not the type of the first mount in /init.`, mounted.includes(type) ? 'It is mounted as well, but later. Which mount command stands above all others?' : 'The type stands behind -t in the command.');
      if (seen.text('there') === '') return fail(`The image has no file "${text}".`, 'Give the path as it is inside the image, or the path of the unpacked copy.');
      const mounts = seen.lines('mounts');
      if (!mounts.some((line) => /^\s*(if )?!? ?mount .*\$\{?ROOT\}?\b.*rootmnt/.test(line))) {
        const file = inImage(scene, text);
        if (file === 'init') return fail('/init has it done by a function.', 'It sources a file chosen by BOOT, then calls mountroot. Follow the name: in which file does the command stand?');
        if (file === 'scripts/functions') return fail('That file only says how to find the function.', 'Its mountroot sources another file first and stands back. Look into the one for the kind of root that this node has.');
        if (file === 'scripts/nfs') return fail('That one mounts a root over the network.', 'This node boots from a disk. Look for the sibling.');
        return fail(`"${text}" mounts something, or nothing, but not the root.`, 'The root is mounted from what root= named, onto the folder in the variable rootmnt. Search the scripts for a mount with both.');
      }
      return pass([
        { statement: `/init mounts ${mounted.slice(0, 3).join(', ')} first, in this order.`, command: 'grep -n mount init' },
        { statement: `The root is mounted by ${inImage(scene, text)}: ${mounts.find((line) => /\$\{?ROOT\}?\b.*rootmnt/.test(line))?.trim() ?? ''}`, command: 'grep -rn rootmnt scripts' },
      ]);
    },
  },
  hints: [
    '/init is a shell script. What can a program know about the machine before anything is mounted, and what does it therefore mount first?',
    'Search the folder `scripts` of the unpacked image for the word rootmnt. One of the hits is a mount command with ROOT in it.',
  ],
  solution: { type: ["grep -n 'mount ' /root/unpacked/init | head -n 3", 'grep -rn rootmnt /root/unpacked/scripts'], enter: right },
  wrong: [
    { name: 'a later mount', enter: { ...right, type: 'devtmpfs' }, hint: 'mounted as well, but later' },
    { name: 'the real root’s type', enter: { ...right, type: 'ext4' }, hint: 'behind -t' },
    { name: '/init itself', enter: { ...right, script: '/root/unpacked/init' }, hint: 'Follow the name' },
    { name: 'the functions', enter: { ...right, script: 'scripts/functions' }, hint: 'stands back' },
    { name: 'the network', enter: { ...right, script: 'scripts/nfs' }, hint: 'Look for the sibling' },
    { name: 'a path of the disk', enter: { ...right, script: '/usr/sbin/init-local' }, hint: 'inside the image' },
  ],
};
