import type { Scene } from '../../../src/lab/check.ts';
import { listed } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { parseStates, stateCommand, states, stateScript } from './module-state.ts';

export const names = ['ext4', 'overlay', 'br_netfilter', 'ip_vs', 'seccomp', 'zfs'] as const;

/** Why a wrong state is wrong, by what is true. */
const mistaken: Readonly<Record<string, string>> = {
  'loaded': 'It is in memory now: the list of loaded modules shows it.',
  'available': 'Its file lies ready for the running kernel, and it is not in memory: not loaded is not the same as not there.',
  'built in': 'Not every feature is a module. What was compiled into the kernel shows in neither list; the kernel\'s own configuration names it.',
  'absent': 'This node has neither a loaded module nor a file of that name, and nothing built in.',
};

const wasLoaded = (baseline: string, name: string): boolean => baseline.split('\n').includes(`module ${name}`);

function verdict({ entries, baseline }: Scene, seen: Sections): Verdict {
  const live = parseStates(seen.lines('states'));
  const added = names.filter((name) => live.get(name) === 'loaded' && !wasLoaded(baseline, name));
  if (added.length > 0) {
    return fail(`${listed(added)} ${added.length > 1 ? 'are' : 'is'} loaded now and ${added.length > 1 ? 'were' : 'was'} not when the lab began.`,
      'You changed the machine to observe it: `modprobe` is a change. Take the module out again, with the option of the same tool that removes, and look without touching.');
  }
  const blank = names.filter((name) => entered(entries, `module-${name}`) === '');
  if (blank.length > 0) return fail(`No state is chosen for ${listed(blank)}.`, 'Each of the six is in one of four states. The prose above says which tool tells which.');
  for (const name of names) {
    const state = live.get(name) ?? '';
    const chosen = entered(entries, `module-${name}`);
    if (chosen !== state) return fail(`${name} is not "${chosen}" on this node.`, mistaken[state] ?? 'Ask again.');
  }
  const file = entered(entries, 'module-file');
  if (file.replace(/^\/usr\/lib\//, '/lib/') !== seen.text('file')) { // one directory: /lib is a link
    return fail(file === '' ? 'The file of ip_vs is not recorded yet.' : `"${file}" is not the file that would be loaded.`,
      file.includes('/lib/modules/') ? 'That path is not of the running release, or not of this machine. Which directory does the running kernel load from?' : '`modinfo` knows the file name of each module; an option prints it alone.');
  }
  const answer = entered(entries, 'module-absent');
  if (!seen.lines('absent').some((line) => line.trim() === answer)) {
    const part = answer !== '' && seen.text('absent').includes(answer);
    return fail(answer === '' ? 'What the tool says of zfs is not recorded yet.' : part ? `"${answer}" is only a part of what the tool says about zfs.` : 'The tool says something else about zfs.',
      'Absence needs evidence too: record the whole error message, word for word, as it is printed.');
  }
  return pass([
    ...names.map((name) => ({ statement: `${name}: ${live.get(name)}`, command: stateCommand(name, live.get(name) ?? '') })),
    { statement: `ip_vs would be loaded from ${file}`, command: 'modinfo -n ip_vs' },
    { statement: `Asked for zfs, the tool answers "${answer}"`, command: 'modinfo zfs' },
  ]);
}

const right = {
  'module-ext4': 'loaded',
  'module-overlay': 'available',
  'module-br_netfilter': 'available',
  'module-ip_vs': 'available',
  'module-seccomp': 'built in',
  'module-zfs': 'absent',
  'module-file': { run: 'modinfo -n ip_vs' },
  'module-absent': { run: 'modinfo zfs 2>&1' },
};

export const modules: Step = {
  id: 'modules',
  title: 'Six capabilities, four states',
  fields: [
    ...names.map((name) => ({ kind: 'choice' as const, id: `module-${name}`, label: name, options: states })),
    { kind: 'line', id: 'module-file', label: 'The file that ip_vs would be loaded from', placeholder: '/…' },
    { kind: 'line', id: 'module-absent', label: 'What modinfo answers for zfs' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }: Scene) => sectionScript(nonce, { states: stateScript(names), file: 'modinfo -n ip_vs', absent: 'modinfo zfs 2>&1' }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Ask two questions of each name: is it in memory, and is there a file for it? One tool answers each.',
    'A name that neither tool knows may still be part of the kernel itself. `/proc/config.gz` is the configuration with which the running kernel was built; it is compressed text.',
    'To see the state you never need to load anything. If you did, `modprobe` takes it out again, with `-r`.',
  ],
  solution: {
    type: ['lsmod', 'modinfo -n overlay br_netfilter ip_vs', 'modinfo seccomp', 'zgrep SECCOMP= /proc/config.gz', 'modinfo zfs'],
    enter: right,
  },
  wrong: [
    { name: 'loading to see whether it loads', type: ['modprobe br_netfilter'], enter: { ...right, 'module-br_netfilter': 'loaded' }, undo: ['modprobe -r br_netfilter'], hint: 'You changed the machine to observe it' },
    { name: 'not in lsmod, so absent', enter: { ...right, 'module-ip_vs': 'absent' }, hint: 'not loaded is not the same as not there' },
    { name: 'no module, so no feature', enter: { ...right, 'module-seccomp': 'absent' }, hint: 'Not every feature is a module' },
    { name: 'expected of every Linux', enter: { ...right, 'module-zfs': 'available' }, hint: 'neither a loaded module nor a file' },
    { name: 'the file system of the root taken for built in', enter: { ...right, 'module-ext4': 'built in' }, hint: 'in memory now' },
    { name: 'a path from another node', enter: { ...right, 'module-file': '/lib/modules/6.8.0-45-generic/kernel/net/netfilter/ipvs/ip_vs.ko.zst' }, hint: 'not of the running release' },
    { name: 'a guess in place of the message', enter: { ...right, 'module-absent': 'not found' }, hint: 'Absence needs evidence too' },
  ],
};
