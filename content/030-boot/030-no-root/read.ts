import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

/** The panic of a kernel without a root file system. Source: mount_root_generic() in init/do_mounts.c. */
const sign = /Kernel panic - not syncing: VFS: Unable to mount root fs on (?:"([^"\n]*)" or )?(unknown-block\(\d+,\d+\))/;
/** The first line of the call trace below panic() itself: who called it. */
const caller = /\] +panic\+\S+\r?\n\[[^\]\n]*\] +(\w+)\+/;

export const read: Step = {
  id: 'read',
  title: 'What the panic says',
  fields: [
    { kind: 'line', id: 'asked', label: 'The root device that the kernel was told to mount' },
    { kind: 'line', id: 'found', label: 'The device that the kernel made of that name', placeholder: '…(…,…)' },
    { kind: 'line', id: 'caller', label: 'The kernel function that gave up: the one that called panic()' },
  ],
  check: {
    probe: { kind: 'boots' },
    expect({ boots }, { entries }) {
      const [asked, found, who] = [entered(entries, 'asked'), entered(entries, 'found'), entered(entries, 'caller').replace(/\(\)$|\+.*$/, '')];
      const boot = boots.find((text) => sign.test(text));
      if (boot === undefined) return fail('No kernel of this lab has panicked over its root file system yet.', 'Let the machine start by itself and wait until the console stands still.');
      const [, name = '', block = ''] = sign.exec(boot) ?? [];
      if (asked === '' || found === '' || who === '') return fail('The three values are not recorded yet.', 'Two stand in the panic’s first line, the third in the call trace below it.');
      if (found === name) return fail(`"${found}" is the name that the kernel was given.`, 'What it made of the name stands behind the word "or": a pair of numbers in brackets.');
      if (found !== block) return fail(`The kernel did not say "${found}".`, 'Copy the device behind "or" with both numbers, as the console has it.');
      if (asked !== name) return fail(`The kernel was not told to mount "${asked}".`, 'The name stands in quotation marks in the panic’s first line.');
      const called = caller.exec(boot)?.[1] ?? '';
      if (who === 'panic' || who === 'dump_stack' || who === 'dump_stack_lvl') return fail(`${who}() is a part of the panic itself.`, 'A trace reads upwards: each function was called by the one below it. Look below panic.');
      if (who !== called) return fail(`${who}() did not call panic().`, 'Take the line directly under the one that begins with panic, without the offset.');
      return pass([
        { statement: `The kernel was told to mount ${name}, and knew it as ${block}.`, command: 'console of the damaged boot' },
        { statement: `${called}() called panic().`, command: 'console of the damaged boot' },
      ], { interpretations: [`${block} is no device at all: no driver had registered a disk of that name.`] });
    },
  },
  hints: [
    'The last line repeats the first: everything you need is between them, and the screen holds all of it.',
    'The first line has two names for one thing: what stood behind root=, in quotation marks, and the major and minor number that the kernel found for it.',
    'In the call trace the newest function is on top. The one that called panic stands one line below it; what follows the plus sign is only the place inside.',
  ],
  solution: { enter: { asked: '/dev/sda1', found: 'unknown-block(0,0)', caller: 'mount_root_generic' } },
  wrong: [
    { name: 'the name for both', enter: { asked: '/dev/sda1', found: '/dev/sda1', caller: 'mount_root_generic' }, hint: 'behind the word "or"' },
    { name: 'numbers from memory', enter: { asked: '/dev/sda1', found: 'unknown-block(8,1)', caller: 'mount_root_generic' }, hint: 'as the console has it' },
    { name: 'another device', enter: { asked: '/dev/sda', found: 'unknown-block(0,0)', caller: 'mount_root_generic' }, hint: 'in quotation marks in the panic’s first line' },
    { name: 'the top of the trace', enter: { asked: '/dev/sda1', found: 'unknown-block(0,0)', caller: 'dump_stack_lvl' }, hint: 'A trace reads upwards' },
    { name: 'the bottom of the trace', enter: { asked: '/dev/sda1', found: 'unknown-block(0,0)', caller: 'kernel_init' }, hint: 'directly under the one' },
  ],
};
