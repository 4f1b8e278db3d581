import type { ProbeOutput } from '../../../src/lab/check.ts';
import type { Lab } from '../../../src/lab/lab.ts';
import { entered, type Entries, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';

/** What the running kernel says of itself. Sources: proc_kallsyms(5), `make System.map`, proc_cmdline(5). */
const script = `${BOOT_ID}
echo "text $(grep -m1 ' _text$' /proc/kallsyms | cut -d' ' -f1)"
echo "end $(grep -m1 ' _etext$' /proc/kallsyms | cut -d' ' -f1)"
echo "link $(grep -m1 ' _text$' /boot/System.map-$(uname -r) | cut -d' ' -f1)"
echo "cmdline $(cat /proc/cmdline)"
grep -qsE '^[^#]*nokaslr' /boot/grub/grub.cfg /etc/default/grub /etc/default/grub.d/*.cfg && echo lasting
true`;

interface Seen { readonly boot: string; readonly text: number; readonly end: number; readonly link: number; readonly off: boolean; readonly lasting: boolean }

/** An address as /proc/kallsyms writes it, with or without 0x; NaN for anything else. */
const address = (text: string): number => (/^(0x)?[0-9a-f]{1,16}$/i.test(text) ? Number.parseInt(text.replace(/^0x/i, ''), 16) : Number.NaN);
const hex = (value: number): string => value.toString(16).padStart(8, '0');

function look({ up, stdout }: ProbeOutput): Seen | undefined {
  const seen = values(stdout);
  const [text, end, link] = ['text', 'end', 'link'].map((name) => address(seen.get(name) ?? ''));
  if (!up || !text || !end || !link) return undefined;
  return { boot: seen.get('boot') ?? '', text, end, link, off: (seen.get('cmdline') ?? '').split(' ').includes('nokaslr'), lasting: seen.has('lasting') };
}

const notUp = fail('The machine is not up.', 'Every address of this lab is read from the running kernel. Let it come up to its prompt, then check again.');

/** Why an entry is not the address of _text in the boot that runs; undefined when it is. */
function wrongText(entries: Entries, id: string, seen: Seen): Verdict | undefined {
  const text = entered(entries, id);
  const value = address(text);
  if (text === '') return fail('The address of _text in this boot is not recorded yet.', 'The file that lists the symbols of the running kernel is /proc/kallsyms.');
  if (Number.isNaN(value)) return fail(`"${text}" is no address.`, 'Record the eight hexadecimal digits in front of the symbol, and nothing else of the line.');
  if (value === 0) return fail('A row of zeros is no address.', 'Whoever may not see addresses is shown zeros, and zeros are alike in every boot. Read the file as root.');
  if (value === seen.text) return undefined;
  if (value === seen.link) return fail(`${hex(value)} is where _text was linked, not where it is.`, 'System.map was written when the kernel was built and knows nothing of this boot. Ask the kernel that runs.');
  if (value === seen.end) return fail(`${hex(value)} is the end of the code.`, 'The symbol is spelt _text, with nothing in front of the underscore.');
  return fail(`_text is not at ${hex(value)} in the boot that runs now.`, 'An address holds for one boot: this one is from another boot, another machine or another symbol. Read it again, here and now.');
}

/** Why an entry is not the id of the boot that runs; undefined when it is. */
function wrongBoot(entries: Entries, id: string, seen: Seen): Verdict | undefined {
  const boot = entered(entries, id);
  if (boot === seen.boot) return undefined;
  return fail(boot === '' ? 'The id of this boot is not recorded yet.' : 'The running boot has another id.', 'A file under /proc/sys/kernel/random holds a name for each boot. Record it whole: it says of which boot the address is.');
}

const grep = "grep ' _text$' /proc/kallsyms";
const text = { run: `${grep} | cut -d' ' -f1` };
const zeros = { run: `runuser -u student -- ${grep} | cut -d' ' -f1` };
const link = { run: "grep ' _text$' /boot/System.map-$(uname -r) | cut -d' ' -f1" };
const bootId = { run: 'cat /proc/sys/kernel/random/boot_id' };
const offset = { run: `printf '%x' $((0x$(${grep} | cut -d' ' -f1) - 0x$(${link.run})))` };

const first: Step = {
  id: 'first',
  title: 'Where the kernel is in this boot',
  fields: [
    { kind: 'line', id: 'boot1', label: 'The id of this boot' },
    { kind: 'line', id: 'text1', label: 'Address of _text in the running kernel', placeholder: 'c…' },
    { kind: 'line', id: 'link', label: 'Address of _text in System.map', placeholder: 'c…' },
    { kind: 'line', id: 'offset1', label: 'The difference, in hexadecimal' },
  ],
  check: {
    probe: { kind: 'boots', script },
    expect(output, { entries, baseline }) {
      const seen = look(output);
      if (seen === undefined) return notUp;
      if (seen.boot === values(baseline).get('boot')) return fail('The machine has not been started again yet.', 'The lab begins with the power button. Wait until the node has come up.');
      if (seen.off) return fail('This boot was told not to randomise.', 'The first reading is of an ordinary boot. Restart the machine and leave the menu alone.');
      const wrong = wrongBoot(entries, 'boot1', seen) ?? wrongText(entries, 'text1', seen);
      if (wrong !== undefined) return wrong;
      if (address(entered(entries, 'link')) !== seen.link) return fail('The address in System.map is not recorded yet, or it is another one.', 'The file lies in /boot and carries the release of the kernel in its name. Look for the same symbol in it.');
      const difference = address(entered(entries, 'offset1'));
      if (difference !== seen.text - seen.link) return fail('The difference of the two addresses is not right.', difference === seen.text ? 'That is the address itself. Subtract the linked one from it.' : 'Let the shell subtract the linked address from that of the kernel that runs: in $(( )) numbers with 0x in front are hexadecimal, and printf %x prints one.');
      return pass([
        { statement: `In boot ${seen.boot} _text is at ${hex(seen.text)}.`, command: grep },
        { statement: `It was linked at ${hex(seen.link)}; the offset is 0x${difference.toString(16)}.`, command: "grep ' _text$' /boot/System.map-$(uname -r)" },
      ]);
    },
  },
  hints: [
    '`/proc/kallsyms` has a line for each symbol: address, type, name. Many names contain `_text`; you want the one that is `_text`.',
    'Anchor the pattern: a blank in front of the name, and the end of the line behind it. The same pattern serves for System.map.',
  ],
  solution: { type: ['cat /proc/sys/kernel/random/boot_id', grep, "grep ' _text$' /boot/System.map-$(uname -r)"], enter: { boot1: bootId, text1: text, link, offset1: offset } },
  wrong: [
    { name: 'read as student', enter: { boot1: bootId, text1: zeros, link, offset1: '0' }, hint: 'shown zeros' },
    // one draw in a hundred is the linked place itself: then only the difference is wrong
    { name: 'System.map in place of the running kernel', enter: { boot1: bootId, text1: link, link, offset1: 'none' }, hint: 'the kernel that runs' },
    { name: 'another symbol', enter: { boot1: bootId, text1: { run: text.run.replace('_text', '_etext') }, link, offset1: offset }, hint: 'spelt _text' },
    { name: 'the address as the difference', enter: { boot1: bootId, text1: text, link, offset1: text }, hint: 'Subtract the linked one' },
    { name: 'an address from a blog', enter: { boot1: bootId, text1: 'ffffffff81000000', link, offset1: offset }, hint: 'holds for one boot' },
  ],
};

const second: Step = {
  id: 'second',
  title: 'Where it is in the next one',
  fields: [
    { kind: 'line', id: 'boot2', label: 'The id of the boot after a restart' },
    { kind: 'line', id: 'text2', label: 'Address of _text in it', placeholder: 'c…' },
  ],
  check: {
    probe: { kind: 'boots', script },
    expect(output, { entries }) {
      const seen = look(output);
      if (seen === undefined) return notUp;
      if (seen.off) return fail('This boot was told not to randomise.', 'With nokaslr every boot gives the same answer, which proves nothing about the others. Restart without it.');
      const wrong = wrongBoot(entries, 'boot2', seen) ?? wrongText(entries, 'text2', seen);
      if (wrong !== undefined) return wrong;
      if (output.boots.length < 3 || seen.boot === entered(entries, 'boot1')) return fail('This is still the boot of the first reading.', 'Reading twice in one boot gives one value twice. Restart the machine, wait for its prompt, and read again.');
      const before = address(entered(entries, 'text1'));
      return pass([{ statement: `In boot ${seen.boot} _text is at ${hex(seen.text)}, before it was at ${hex(before || 0)}.`, command: grep }], before === seen.text
        ? { interpretations: ['Two boots drew the same place: with about a hundred places this happens once in a hundred pairs.'] } : {});
    },
  },
  hints: [
    'The place is drawn before the kernel unpacks itself, once for each boot. What do you have to do to see another draw?',
    'Restart from the shell, touch nothing until the prompt is there, and repeat the command of the first step.',
  ],
  solution: { type: [{ line: 'reboot', boots: true, until: 'shell' }, 'cat /proc/sys/kernel/random/boot_id', grep], enter: { boot2: bootId, text2: text } },
  wrong: [
    { name: 'read twice in one boot', type: [grep], enter: { boot2: bootId, text2: text }, hint: 'one value twice' },
    { name: 'read as student', enter: { boot2: bootId, text2: zeros }, hint: 'shown zeros' },
    { name: 'a value that was made up', enter: { boot2: bootId, text2: 'c2400010' }, hint: 'holds for one boot' },
    { name: 'the id of the boot before', enter: { boot2: 'as before', text2: text }, hint: 'a name for each boot' },
  ],
};

const third: Step = {
  id: 'third',
  title: 'Where it is when nothing is drawn',
  fields: [
    { kind: 'line', id: 'boot3', label: 'The id of the boot with nokaslr' },
    { kind: 'line', id: 'text3', label: 'Address of _text in it', placeholder: 'c…' },
  ],
  check: {
    probe: { kind: 'boots', script },
    expect(output, { entries }) {
      const seen = look(output);
      if (seen === undefined) return notUp;
      if (seen.lasting) return fail('The word stands in a file now.', 'It would switch the protection off at every start. Take it out of the file again: GRUB’s editor changes one boot and writes nothing.');
      if (!seen.off) return fail('The running kernel was not given nokaslr.', 'What counts is /proc/cmdline of the boot that runs, not the address that you expect. Stop at the menu, and add the word to this boot.');
      const wrong = wrongBoot(entries, 'boot3', seen) ?? wrongText(entries, 'text3', seen);
      if (wrong !== undefined) return wrong;
      if (seen.text !== seen.link) return fail('The kernel is not where it was linked, in spite of nokaslr.', 'Something else has moved it. Compare /proc/cmdline with what you typed.');
      return pass([
        { statement: `With nokaslr, boot ${seen.boot} has _text at ${hex(seen.text)}, as in System.map.`, command: grep },
        { statement: 'No file of the boot loader holds nokaslr: the next boot draws again.', command: 'grep -s nokaslr /boot/grub/grub.cfg /etc/default/grub /etc/default/grub.d/*.cfg' },
      ]);
    },
  },
  hints: [
    'A parameter for one boot is added where the entry is still text: at the menu, in GRUB’s editor.',
    'Restart, press e at the menu within three seconds, go down to the line that begins with `linux` and to its end, add a blank and the word, then press Ctrl+X.',
  ],
  solution: {
    type: [
      { line: 'reboot', boots: true, until: 'menu' },
      { press: ['e'], until: 'editor' },
      { press: ['Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'End', ' nokaslr', 'Ctrl+X'], until: 'shell' },
      'cat /proc/sys/kernel/random/boot_id',
      grep,
    ],
    enter: { boot3: bootId, text3: text },
  },
  wrong: [
    { name: 'the expected value, without a boot', enter: { boot3: bootId, text3: link }, hint: 'not the address that you expect' },
    { name: 'for every boot to come', type: [`sed -i '/^GRUB_CMDLINE_LINUX=/s/"$/ nokaslr"/' /etc/default/grub`], enter: { boot3: bootId, text3: link }, hint: 'changes one boot' },
  ],
};

export default {
  title: 'KASLR over three boots',
  minutes: 20,
  start: 'cold',
  rest: 'shell',
  baseline: BOOT_ID,
  steps: [first, second, third],
} satisfies Lab;
