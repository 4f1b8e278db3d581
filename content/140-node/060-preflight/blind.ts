import type { Step } from '../../../src/lab/step.ts';
import { inRooms } from './judge.ts';
import { path, rooms } from './rooms.ts';
import { head, moduleLoop, tail, tool, values, write } from './script.ts';

const script = (first: string): string[] => write(...head, first, ...moduleLoop, ...values, ...tail);

export const blind: Step = {
  id: 'blind',
  title: 'When it cannot ask',
  check: inRooms([rooms.blind, rooms.sound, rooms.builtin, rooms.absent, rooms.two]),
  hints: [
    'A command that the shell does not find ends with 127, and `||` takes that for a no. So the question whether the tool is there comes first.',
    'The shell has a builtin that tells whether a name is a command. Where it is not: one line with the name, and the third code.',
  ],
  solution: { type: [...script(tool), `${path}; echo $?`] },
  wrong: [
    { name: 'missing is missing', type: script('command -v modprobe >/dev/null || { echo "modprobe: not on this node"; exit 1; }'), hint: 'the code is not' },
    { name: 'modules accused as well', type: script('command -v modprobe >/dev/null || { echo "modprobe: not on this node"; code=2; }'), hint: 'accuses no module' },
    { name: 'nothing to look with, nothing to say', type: script('command -v modprobe >/dev/null || exit 2'), hint: 'says that something is wrong' },
    { name: 'always the third code', type: script('echo "modprobe: cannot ask"; exit 2'), hint: 'Available is enough' },
  ],
};
