import type { Step } from '../../../src/lab/step.ts';
import { inRooms } from './judge.ts';
import { path, rooms } from './rooms.ts';
import { head, moduleLoop, tail, write } from './script.ts';

const loop = (test: string): string[] => [...head, 'for name in overlay br_netfilter ipv6; do', `  ${test} || bad $name "missing"`, 'done', ...tail];
/** In memory, or to be had. */
const either = '[ -e /sys/module/$name ] || modprobe -nq $name';
const clean = [`rm -f ${path}`];

export const modules: Step = {
  id: 'modules',
  title: 'Three modules, four states',
  check: inRooms([rooms.sound, rooms.builtin, rooms.loaded, rooms.absent]),
  hints: [
    'Loaded, available and built in are three good answers. What is in memory the kernel itself tells, in `/proc/modules` or under `/sys/module` (where some that are built in show as well, which is as good); for the other two find one tool that answers both with 0, and the fourth with another code.',
    'A dry run of the loader looks up a name in the lists of the running release, built-in parts included, and loads nothing. One option more keeps it quiet.',
    'A shell function of two lines prints a finding and remembers that there was one; a loop over the three names calls it.',
  ],
  solution: { type: [...write(...head, ...moduleLoop, ...tail), `${path}; echo $?`] },
  wrong: [
    { name: 'what is loaded', type: write(...loop('lsmod | grep -q "^$name "')), hint: 'That is a false alarm', undo: clean },
    { name: 'a file must be there', type: write(...loop('[ $name = ipv6 ] || find /lib/modules/$(uname -r)/ -name "$name.ko*" | grep -q .')), hint: 'Which tool of kmod', undo: clean },
    { name: 'the tree alone', type: write(...loop('modprobe -nq $name')), hint: 'ask the kernel first', undo: clean },
    { name: 'always well', type: write('#!/bin/sh', 'echo all well', 'exit 0'), hint: 'Neither in memory', undo: clean },
    { name: 'a code without a word', type: write(...loop(either).map((line) => line.replace('echo "$1: $2"', ':'))), hint: 'and not what', undo: clean },
    { name: 'words without a code', type: write(...loop(either).map((line) => line.replace('exit $code', 'exit 0'))), hint: 'the code is not', undo: clean },
    { name: 'loading to see whether it loads', type: write(...loop('modprobe $name')), hint: 'without the right to', undo: clean },
    { name: 'loading, and having run it', type: [...write(...loop('modprobe -q $name')), path], hint: 'Take it out', undo: ['modprobe -r overlay br_netfilter', ...clean] },
    { name: 'a log below /etc', type: write(...loop('modprobe -nv $name >>/etc/preflight.log')), hint: 'It tried to write', undo: clean },
    { name: 'not executable', type: [...write(...loop(either)), `chmod -x ${path}`], hint: 'bit for execution', undo: clean },
    { name: 'waiting for somebody', type: write('#!/bin/sh', 'while :; do sleep 1; done'), hint: 'a node waits to be admitted', undo: clean },
  ],
};
