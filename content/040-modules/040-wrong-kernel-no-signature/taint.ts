import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { FIND } from './files.ts';

const claims = ['the module says that it is of the kernel’s tree', 'its licence is the GPL', 'it was built for another release', 'the kernel found a signature'] as const;
const right = { 'taint-value': { run: 'cat /proc/sys/kernel/tainted' }, 'taint-letter': 'E', 'taint-claim': claims[0] };

export const taint: Step = {
  id: 'taint',
  title: 'What the mark says',
  fields: [
    { kind: 'line', id: 'taint-value', label: 'The value of /proc/sys/kernel/tainted' },
    { kind: 'line', id: 'taint-letter', label: 'The letter or letters of that value' },
    { kind: 'choice', id: 'taint-claim', label: 'Why the letter O is not among them', options: claims },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => `${FIND}\n${sectionScript(nonce, {
        value: 'cat /proc/sys/kernel/tainted',
        loaded: 'cat /sys/module/dummy/taint',
        intree: 'modinfo -F intree $(file_of dummy)',
      })}`,
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const value = Number(seen.text('value'));
      const [recorded, letter, claim] = ['taint-value', 'taint-letter', 'taint-claim'].map((id) => entered(entries, id));
      if ((value & 8192) === 0) return fail('The kernel carries no mark of an unsigned module.', 'The step before loads one. Do that first.');
      if (!recorded || !letter || !claim) return fail('Value, letter and reason are not all recorded.', 'The value is in /proc/sys/kernel/tainted; the letter of one module is in its folder in /sys/module.');
      if (Number(recorded) !== value) return fail(`${recorded} is not the value.`, Number(recorded) === 12288 ? 'That would be the value after a module of your own, with two bits. Read the file of this node.' : 'Read the file again; it holds one decimal number.');
      if (letter.toUpperCase().replaceAll(/[^A-Z]/g, '') !== 'E') return fail(`The letters of ${value} are not ${letter}.`, /o/i.test(letter) ? 'O is the bit of 4096. Is it in the number?' : 'Which power of two is the number, and which letter does the table give to it?');
      if (claim !== claims[0]) {
        return fail(`That is not why O is missing: "${claim}".`, claim === claims[3] ? 'Then E would be missing, not O.' : 'Look at the list that modinfo prints of the file. A field with two letters in front of "tree" is what the kernel goes by.');
      }
      return pass([{ statement: `tainted is ${value}, E: an unsigned module was loaded. It calls itself in-tree (intree: ${seen.text('intree')}), so O is not set.`, command: 'cat /proc/sys/kernel/tainted; modinfo -F intree /root/rack/rack-N.ko' }]);
    },
  },
  hints: [
    'The value is one power of two here. Compare it with the table of the lab before this one.',
    'O means "from outside the tree". How would the kernel know where a file was built? modinfo shows all that the file says of itself.',
  ],
  solution: { type: ['cat /proc/sys/kernel/tainted /sys/module/dummy/taint', 'for n in 1 2 3 4; do modinfo -F intree /root/rack/rack-$n.ko; done'], enter: right },
  wrong: [
    { name: 'the value of another lab', enter: { ...right, 'taint-value': '12288' }, hint: 'a module of your own' },
    { name: 'two letters for one bit', enter: { ...right, 'taint-letter': 'OE' }, hint: 'O is the bit of 4096' },
    { name: 'a licence as the reason', enter: { ...right, 'taint-claim': claims[1] }, hint: 'in front of "tree"' },
    { name: 'a signature as the reason', enter: { ...right, 'taint-claim': claims[3] }, hint: 'Then E would be missing' },
  ],
};
