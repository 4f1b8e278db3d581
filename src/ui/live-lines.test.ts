import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualTimers } from '../base/manual-timers.ts';
import { LiveLines } from './live-lines.ts';

const PROMPT = 'root@node-1:~#';

function listening() {
  const timers = new ManualTimers();
  const told: string[][] = [];
  const lines = new LiveLines(timers, (said) => told.push(said.map(({ text, goesOn }) => (goesOn ? `+ ${text}` : text))));
  /** What has been said since the last call. */
  const heard = (): string[][] => {
    while (timers.next());
    return told.splice(0);
  };
  /** As the shell echoes it: each letter is a change of the line. */
  const type = (text: string, from = PROMPT): void => {
    for (let end = 1; end <= text.length; end++) {
      lines.typed(text[end - 1] ?? '');
      lines.printed([], `${from} ${text.slice(0, end)}`);
      while (timers.next());
    }
  };
  return { timers, lines, heard, type };
}

test('a command is said when it is whole, with its output line by line and the prompt behind it', () => {
  const { lines, heard, type } = listening();
  lines.printed([], PROMPT);
  assert.deepEqual(heard(), [[PROMPT]]);
  type('uname -r');
  assert.deepEqual(heard(), [], 'no letter is said');
  lines.typed('\r');
  lines.printed([`${PROMPT} uname -r`], '');
  lines.printed(['6.12.63-bootable', ''], PROMPT);
  assert.deepEqual(heard(), [['+ uname -r', '6.12.63-bootable', PROMPT]]);
});

test('what the shell completes, or brings back from its history, is said', () => {
  const { lines, heard, type } = listening();
  lines.printed([], PROMPT);
  heard();
  type('cat /etc/hostn');
  lines.typed('\t');
  lines.printed([], `${PROMPT} cat /etc/hostname`);
  assert.deepEqual(heard(), [['+ cat /etc/hostname']]);
  lines.typed('\x1b[A');
  lines.printed([], `${PROMPT} cat /etc/fstab`);
  assert.deepEqual(heard(), [['+ /etc/fstab']], 'from the word that differs');
  lines.printed([], PROMPT);
  assert.deepEqual(heard(), [], 'an empty prompt again');
  type('ls');
  assert.deepEqual(heard(), [], 'and letters after it are no news');
});

test('a question is said as it stands there, and a letter taken back is no news', () => {
  const { lines, heard, type } = listening();
  lines.printed(['Removing all.'], 'Continue? [y/N]');
  assert.deepEqual(heard(), [['Removing all.', 'Continue? [y/N]']]);
  type('yy', 'Continue? [y/N]');
  lines.typed('\x7f');
  lines.printed([], 'Continue? [y/N] y');
  assert.deepEqual(heard(), []);
});

test('of a flood the last lines are said, and how many were left out', () => {
  const { timers, lines, heard } = listening();
  for (let line = 1; line <= 500; line++) lines.printed([`line ${line}`], '');
  const [said = []] = heard();
  assert.equal(said.length, 21);
  assert.deepEqual([said[0], said[1], said.at(-1)], ['480 lines left out here; Transcript has all of them.', 'line 481', 'line 500']);
  assert.equal(timers.now(), 300);
});

test('output that never pauses is said every two seconds', () => {
  const { timers, lines, heard } = listening();
  const told: number[] = [];
  const busy = new LiveLines(timers, () => told.push(timers.now()));
  const print = (): void => {
    busy.printed([`at ${timers.now()}`], '');
    if (timers.now() < 4000) timers.after(100, print);
  };
  print();
  while (timers.next());
  assert.deepEqual(told, [2000, 4000, 4300]);
  lines.printed(['', '   ', '+------+', '|      |'], '');
  assert.deepEqual(heard(), [], 'empty lines and frames say nothing');
});

test('stopped in the middle it says nothing, and nothing of before later', () => {
  const { lines, heard } = listening();
  lines.printed(['half'], PROMPT);
  lines.stop();
  assert.deepEqual(heard(), []);
  lines.printed(['new'], '');
  assert.deepEqual(heard(), [['new']]);
});
