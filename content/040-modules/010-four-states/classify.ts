import type { Scene } from '../../../src/lab/check.ts';
import { listed } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Entry, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { fixed, STATE, states } from './state.ts';

const field = (name: string): string => `state-${name}`;

/** What is true of a name, said so that the next look is another one than the last. */
function correction(name: string, chosen: string, state: string): string {
  if (name === 'tun' && chosen === 'loaded') return 'A longer name with these letters in it is in the list, and a device file needs no driver to exist. Compare the whole first column.';
  if (name === 'ghostfs' && chosen === 'available') return 'The file that you found lies in the tree of another release. The running kernel is served from one tree only: which?';
  if (state === 'built in' && chosen === 'loaded') return 'A folder in /sys/module is no proof: parts of the kernel image that have parameters own one too. A loaded module has a file initstate in it.';
  if (state === 'built in') return 'It belongs to the kernel image, and an index in the tree of the release says which parts do.';
  if (state === 'loaded') return `It is in memory now: /proc/modules has a line that begins with ${name} and a blank.`;
  if (state === 'available') return 'The indexes know a file for it, and it is not in memory. Waiting is a state of its own.';
  return 'Neither memory nor the two indexes know the name.';
}

function verdict({ entries, baseline }: Scene, seen: Sections): Verdict {
  const pick = seen.text('pick');
  const live = new Map(seen.lines('states').map((line): [string, string] => [line.split(':')[0] ?? '', line.split(':')[1] ?? '']));
  const before = new Set(baseline.split('\n'));
  const added = seen.lines('loaded').filter((name) => !before.has(name));
  if (added.length > 0) return fail(`${listed(added)} came into memory after the lab began.`, 'You loaded something to see whether it loads, and so the answer is no longer that of the node. Take it out again.');
  if (entered(entries, 'pick') !== pick) return fail('The name that this start of the lab has picked is not recorded.', 'It stands in /root/pick; record it as it is written there.');
  for (const name of [...fixed, 'pick']) {
    const [real, chosen] = [name === 'pick' ? pick : name, entered(entries, field(name))];
    const state = live.get(real) ?? '';
    if (chosen === '') return fail(`No state is chosen for ${real}.`, 'Ask of each name: in memory? In the index of files? In the index of the image? If three times no, one state is left.');
    if (chosen !== state) return fail(`${real} is not "${chosen}" on this node.`, `${name === 'pick' ? 'This name differs from start to start. ' : ''}${correction(real, chosen, state)}`);
  }
  const line = entered(entries, 'builtin-line');
  if (line !== seen.text('builtin')) {
    return fail('The line that proves tcp_cubic to be built in is not the one of the index.', line.startsWith('/') ? 'The index holds paths that begin with kernel/, as no file lies there.' : 'Among the indexes of the running release one has builtin for its last name. Record its line for tcp_cubic, whole.');
  }
  return pass([
    ...[...fixed, pick].map((name) => ({ statement: `${name}: ${live.get(name)}`, command: live.get(name) === 'loaded' ? `grep '^${name} ' /proc/modules` : `modinfo -n ${name}` })),
    { statement: `tcp_cubic is part of the kernel image: ${line}`, command: 'grep tcp_cubic /lib/modules/$(uname -r)/modules.builtin' },
  ]);
}

const builtin = { run: 'grep /tcp_cubic.ko /lib/modules/$(uname -r)/modules.builtin' };
const right: Readonly<Record<string, Entry>> = {
  [field('ext4')]: 'loaded', [field('overlay')]: 'available', [field('tun')]: 'available', [field('tcp_cubic')]: 'built in', [field('ghostfs')]: 'absent',
  'pick': { run: 'cat /root/pick' },
  [field('pick')]: { run: `${STATE}; state $(cat /root/pick)` },
  'builtin-line': builtin,
};
const other = { run: `${STATE}; [ "$(state $(cat /root/pick))" = absent ] && echo loaded || echo absent` };

export const classify: Step = {
  id: 'classify',
  title: 'Six names',
  fields: [
    ...fixed.map((name) => ({ kind: 'choice' as const, id: field(name), label: name, options: states })),
    { kind: 'line', id: 'pick', label: 'The name in /root/pick' },
    { kind: 'choice', id: field('pick'), label: 'The state of that name', options: states },
    { kind: 'line', id: 'builtin-line', label: 'The line of the index that proves tcp_cubic to be built in' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => `${STATE}\n${sectionScript(nonce, {
        pick: 'cat /root/pick',
        states: `for name in ${fixed.join(' ')} $(cat /root/pick); do echo "$name:$(state $name)"; done`,
        loaded: 'cut -d " " -f 1 /proc/modules',
        builtin: 'grep /tcp_cubic.ko /lib/modules/$(uname -r)/modules.builtin',
      })}`,
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Three lists decide: /proc/modules is what is in memory, modules.dep what can be loaded, modules.builtin what the image holds. The last two lie in the tree of the running release.',
    'modinfo with -n reads both indexes: it prints a path, or (builtin), or an error. Memory is another question: compare the whole name at the beginning of a line.',
    'Do not load anything to find out. What is in memory beyond the start of the lab is named by the check.',
  ],
  solution: { type: ['lsmod', 'for name in ext4 overlay tun tcp_cubic ghostfs $(cat /root/pick); do modinfo -n $name; done', 'grep tcp_cubic /lib/modules/$(uname -r)/modules.builtin'], enter: right },
  wrong: [
    { name: 'a longer name', enter: { ...right, [field('tun')]: 'loaded' }, hint: 'A longer name with these letters' },
    { name: 'a file of another release', enter: { ...right, [field('ghostfs')]: 'available' }, hint: 'the tree of another release' },
    { name: 'a folder in /sys/module', enter: { ...right, [field('tcp_cubic')]: 'loaded' }, hint: 'A loaded module has a file initstate' },
    { name: 'not loaded, so absent', enter: { ...right, [field('overlay')]: 'absent' }, hint: 'Waiting is a state of its own' },
    { name: 'loaded to see', type: ['modprobe overlay'], enter: { ...right, [field('overlay')]: 'loaded' }, hint: 'no longer that of the node', undo: ['modprobe -r overlay'] },
    { name: 'a name from another start', enter: { ...right, pick: 'btrfs' }, hint: 'as it is written there' },
    { name: 'the pick guessed', enter: { ...right, [field('pick')]: other }, hint: 'differs from start to start' },
    { name: 'a path in place of the line', enter: { ...right, 'builtin-line': '/sys/module/tcp_cubic' }, hint: 'as no file lies there' },
  ],
};
