import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { whole } from '../counting.ts';
import { orderOf, orders } from './programs.ts';

const right = { 'order-guess': 'true < ls < find', 'true-guess': '30', 'find-guess': '200', 'ls-guess': '150' };

export const predict: Step = {
  id: 'predict',
  title: 'Say it before you look',
  fields: [
    { kind: 'choice', id: 'order-guess', label: 'From the fewest system calls to the most, I expect', options: orders },
    { kind: 'line', id: 'true-guess', label: 'Calls of true, guessed' },
    { kind: 'line', id: 'find-guess', label: 'Calls of find, guessed' },
    { kind: 'line', id: 'ls-guess', label: 'Calls of ls -l, guessed' },
  ],
  check: {
    probe: { kind: 'page' },
    expect(_, { entries }) {
      const order = entered(entries, 'order-guess');
      const [none, find, ls] = ['true-guess', 'find-guess', 'ls-guess'].map((id) => whole(entered(entries, id)));
      if (order === '') return fail('No ranking is chosen yet.', 'A guess that is not written down changes its mind when the answer comes. Choose one, however unsure you are.');
      if (none === undefined || find === undefined || ls === undefined) return fail('Each program needs a guess: a whole number.', 'An order of magnitude is enough. Write digits alone, without "about".');
      if (Math.min(none, find, ls) === 0) return fail('None of the three can do with no call at all.', 'A program is loaded by the kernel and tells the kernel that it has ended. Count at least those.');
      if (new Set([none, find, ls]).size < 3 || orderOf({ true: none, find, ls }) !== order) {
        return fail('Your numbers stand in another order than your ranking.', 'Make the two agree, so that the measurement can prove you right or wrong in one way only.');
      }
      return pass([], { interpretations: [`Before the measurement I expected ${order} (true ${none}, find ${find}, ls -l ${ls}).`] });
    },
  },
  hints: [
    'Nothing here is wrong because it misses: the check wants numbers that fit your own ranking.',
    'Think of what each program has to be told by somebody else: where its libraries are, which names a folder holds, what each of the files is.',
  ],
  solution: { enter: right },
  wrong: [
    { name: 'no number', enter: { ...right, 'find-guess': 'a lot' }, hint: 'order of magnitude' },
    { name: 'nothing for the program that does nothing', enter: { ...right, 'true-guess': '0' }, hint: 'tells the kernel that it has ended' },
    { name: 'numbers against the ranking', enter: { ...right, 'order-guess': 'find < ls < true' }, hint: 'Make the two agree' },
  ],
};
