import type { Check, Scene } from '../../../src/lab/check.ts';
import { listed } from '../../../src/lab/prose.ts';
import { Sections } from '../../../src/lab/sections.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { names, path, roomsScript, type Room } from './rooms.ts';

const findings = (out: string): string[] =>
  names.filter((name) => out.split('\n').some((line) => line.startsWith(`${name}:`)));

/** What the script said there, short enough for a sentence. */
const said = (out: string): string => {
  const lines = out.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? 'and says nothing' : `and says "${lines.slice(0, 2).join(' / ').slice(0, 160)}"`;
};

function problem(room: Room, seen: Sections): Verdict | undefined {
  const { out, code } = seen.get(room.id);
  const found = findings(out);
  const missed = room.finds.filter((name) => !found.includes(name));
  const alarms = found.filter((name) => ![...room.finds, ...room.allows ?? []].some((one) => one === name));
  if (code === room.code && missed.length === 0 && alarms.length === 0) return undefined;
  const because = `On a node ${room.where} the script ends with ${code} ${said(out)}; due ${room.code === 0 ? 'is 0, without a finding' : `are ${room.code} and a line for ${listed(room.finds)}`}.`;
  if (code === 124) return fail(`On a node ${room.where} the script has not ended after 30 seconds.`, 'A preflight runs while a node waits to be admitted: no loop without end, and nothing that waits for input.');
  if (/read-only file system/i.test(out)) return fail(because, 'It tried to write. On many nodes `/etc` and the whole root are mounted read-only, and a preflight only looks: keep what it needs in variables, and print the rest.');
  if (/operation not permitted|permission denied/i.test(out)) return fail(because, 'It tried to change something, and the check runs it without the right to. A preflight that loads a module has repaired the node that it should have reported: ask for a dry run.');
  if (code === room.code && missed.length > 0 && out.trim() === '') return fail(because, 'A code says that something is wrong, and not what. Print a line for each finding: its name, a colon, and what is missing.');
  if (missed.length === 0 && alarms.length === 0) return fail(because, 'The lines are right, and the code is not. 0: all well; 1: something is missing; 2: the script could not ask.');
  return fail(because, room.hint);
}

/** A check that runs the reader's script in some rooms. */
export const inRooms = (rooms: readonly Room[]): Check => ({
  probe: { kind: 'guest', script: ({ nonce }: Scene) => roomsScript(nonce, rooms), timeout: 180_000 },
  expect({ stdout }, { nonce, baseline }) {
    const seen = new Sections(nonce, stdout);
    const file = seen.text('file');
    if (file === '') return fail(`There is no ${path} yet.`, 'Write it with an editor, or line by line with `echo` and `>>`.');
    if (!file.startsWith('regular') || !file.includes('x')) return fail(`${path} cannot be started: ${file}.`, 'A script is started by its path when its first line names an interpreter and its mode has the bit for execution.');
    const memory = seen.text('in-memory');
    if (memory !== baseline.trim()) return fail(`${listed(memory.split(/\s+/).filter((name) => name !== ''))}: in memory now, and not when the lab began.`, 'Did your script load it? Take it out with `modprobe -r`, and let the script ask without loading.');
    const first = rooms.map((room) => problem(room, seen)).find((one) => one !== undefined);
    return first ?? pass(rooms.map(({ where, code, finds }) => ({
      statement: `On a node ${where} preflight.sh ends with ${code}${finds.length > 0 ? ` and names ${listed(finds)}` : ' and finds nothing'}.`,
      command: `${path}; echo $?`,
    })));
  },
});
