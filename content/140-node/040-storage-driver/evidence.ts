import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { begun, LOG, PRUNE } from './node.ts';

const options = ['built as a module (=m)', 'part of the image (=y)', 'left out (not set)'] as const;

function verdict({ entries, baseline }: Scene, seen: Sections): Verdict {
  const [told, folder, option, who] = ['storage-error', 'storage-tree', 'storage-option', 'storage-who'].map((id) => entered(entries, id));
  const error = told?.replace(/^(E[A-Z]+) \(.*\)$/i, '$1').toUpperCase(); // strace has the words behind it
  const tree = folder?.replace(/^\/(usr\/)?lib\/modules\//, '').replace(/\/$/, '');
  if (error === '' || error === undefined) return fail('The error of the kernel is not recorded.', 'The log of the runtime has it in words. strace shows the call that failed, and its name in capitals.');
  if (error !== 'ENODEV') return fail(`The kernel did not answer "${told}".`, /\s/.test(error) ? 'That is a sentence of a tool. The kernel answers with a number, which has a name: strace prints it behind the call.' : 'Try the mount under strace: the last word before the sentence in brackets is the name.');
  if (tree !== begun(baseline, 'tree')) {
    if (tree === begun(baseline, 'running')) return fail(`The disk holds no module tree of ${tree}.`, 'That is the kernel which runs. What lies in /lib/modules is another question, and its answer another release.');
    return fail(tree === '' ? 'The release of the tree on the disk is not recorded.' : `There is no tree called ${tree}.`, 'Each folder in /lib/modules is the tree of one release.');
  }
  if (option === '') return fail('What the running kernel was built with is not chosen.', 'A kernel that never had the feature needs another kernel, one that had it as a module needs a file. /proc/config.gz tells them apart.');
  if (option !== options[seen.text('option') === 'm' ? 0 : seen.text('option') === 'y' ? 1 : 2]) {
    return fail(`The configuration does not say "${option}".`, option === options[2] ? 'modinfo finds nothing at all while its folder is missing, not even what is built in. Ask the kernel for its own configuration.' : 'The option is called CONFIG_OVERLAY_FS: read the letter behind the sign.');
  }
  if (who === '' || who === undefined) return fail('The program that took the tree away is not recorded.', 'A change of the disk at night has an author. Does a log in /var/log speak of the missing release?');
  if (who.split('/').at(-1) !== PRUNE.split('/').at(-1)) return fail(`Nothing says that ${who} did it.`, 'Search /var/log for the release that is missing. The name of that log is the name of a program.');
  return pass([
    { statement: 'The kernel answers ENODEV to a mount of the type overlay.', command: 'strace -e fsopen,mount mount -t overlay …' },
    { statement: `${begun(baseline, 'running')} runs, and /lib/modules held the tree of ${tree} only.`, command: 'uname -r; ls /lib/modules' },
    { statement: `overlay is ${option} in the running kernel.`, command: 'zgrep CONFIG_OVERLAY_FS= /proc/config.gz' },
    { statement: `${PRUNE} removed the tree of the running release.`, command: `cat ${LOG}` },
  ]);
}

const right = { 'storage-error': 'ENODEV', 'storage-tree': { run: 'ls /lib/modules' }, 'storage-option': options[0], 'storage-who': PRUNE };

export const evidence: Step = {
  id: 'evidence',
  title: 'What is missing, and who took it',
  fields: [
    { kind: 'line', id: 'storage-error', label: 'The error of the mount call, by its name in capitals' },
    { kind: 'line', id: 'storage-tree', label: 'The release of the module tree on the disk' },
    { kind: 'choice', id: 'storage-option', label: 'In the running kernel, overlay is', options },
    { kind: 'line', id: 'storage-who', label: 'The program that took the tree of the running release away' },
  ],
  check: {
    probe: { kind: 'guest', script: ({ nonce }) => sectionScript(nonce, { option: "zcat /proc/config.gz | sed -n 's/^CONFIG_OVERLAY_FS=//p'" }) },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Go from the failing boundary outward: the call that fails, the module that it needs, the folder where modprobe looks, the configuration of the kernel, the log of whoever changed the folder.',
    'strace -e fsopen in front of a mount shows the answer of the kernel. The configuration is in /proc/config.gz, and a log in /var/log names the missing release.',
  ],
  solution: {
    type: ['strace -e fsopen,mount mount -t overlay overlay -o lowerdir=/etc /mnt', 'modprobe overlay', 'uname -r; ls /lib/modules', 'zgrep CONFIG_OVERLAY_FS= /proc/config.gz', 'grep -r "$(uname -r)" /var/log/*.log'],
    enter: right,
  },
  wrong: [
    { name: 'the sentence of mount', enter: { ...right, 'storage-error': "unknown filesystem type 'overlay'" }, hint: 'a sentence of a tool' },
    { name: 'an error that it could have been', enter: { ...right, 'storage-error': 'ENOENT' }, hint: 'the last word before the sentence' },
    { name: 'what runs taken for what is there', enter: { ...right, 'storage-tree': { run: 'uname -r' } }, hint: 'is another question' },
    { name: 'not found, so left out', enter: { ...right, 'storage-option': options[2] }, hint: 'not even what is built in' },
    { name: 'taken for built in', enter: { ...right, 'storage-option': options[1] }, hint: 'read the letter behind the sign' },
    { name: 'the runtime blamed', enter: { ...right, 'storage-who': 'containerd' }, hint: 'The name of that log' },
  ],
};
