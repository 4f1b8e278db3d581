import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Entry, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { FIND, kernelLines, kinds, reasons, slots } from './files.ts';

const isKind = (name: string): name is keyof typeof kinds => name in kinds;
const field = (slot: string): string => `rack-${slot}`;
const words = Object.entries(kinds).map(([name, reason]) => `${name}) echo '${reason}' ;;`).join(' ');
const answer = (slot: string): Entry => ({ run: `${FIND}; case $(kind_of ${slot}) in ${words} esac` });
/** The right answers, with that of one module replaced. */
const but = (module: string, reason: string): Readonly<Record<string, Entry>> => ({
  ...right,
  ...Object.fromEntries(slots.map((slot) => [field(slot), { run: `${FIND}; case $(kind_of ${slot}) in ${module}) echo '${reason}' ;; ${words} esac` }])),
});
const right: Readonly<Record<string, Entry>> = {
  ...Object.fromEntries(slots.map((slot) => [field(slot), answer(slot)])),
  magic: { run: "modinfo -F vermagic ext4" },
};
const all = 'for n in 1 2 3 4; do insmod /root/rack/rack-$n.ko; done';

export const refused: Step = {
  id: 'refused',
  title: 'Three refusals and a guest',
  fields: [
    ...slots.map((slot) => ({ kind: 'choice' as const, id: field(slot), label: `What keeps rack-${slot}.ko out`, options: reasons })),
    { kind: 'line', id: 'magic', label: 'The version magic that this kernel wants' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => `${FIND}\n${sectionScript(nonce, {
        kinds: `for slot in ${slots.join(' ')}; do kind_of $slot; done`,
        log: kernelLines('macvlan: version magic|veth: disagrees about|dummy: module verification failed'),
        wanted: 'modinfo -F vermagic ext4',
        had: 'modinfo -F vermagic $(file_of macvlan)',
        forced: 'cat /proc/sys/kernel/tainted',
      })}`,
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const log = seen.text('log');
      if ((Number(seen.text('forced')) & 2) !== 0) return fail('A module was loaded by force.', 'Force leaves out the very comparisons that this step is about. Restart the lab.');
      const tried = [/macvlan: version magic/, /veth: disagrees about version/, /dummy: module verification failed/].filter((sign) => sign.test(log)).length;
      if (tried < 3) return fail(tried === 0 ? 'The kernel has not been asked yet.' : 'The kernel has not been asked about all four.', 'Hand each file to insmod. The tool’s message is short; the kernel’s own line is in the log, under the name of the module inside.');
      const live = seen.lines('kinds');
      for (const [index, slot] of slots.entries()) {
        const module = live[index] ?? '';
        const chosen = entered(entries, field(slot));
        if (chosen === '') return fail(`Nothing is chosen for rack-${slot}.ko.`, 'Which module is inside tells modinfo; with its name you find the line in the log.');
        if (!isKind(module) || chosen === kinds[module]) continue;
        if (module === 'dummy') return fail(`rack-${slot}.ko was not refused.`, 'Its release is another one, and it is in memory. Where symbols carry checksums, the first word of the magic is not compared: the checksums decide.');
        if (module === 'veth') return fail(`It is not "${chosen}" that keeps rack-${slot}.ko out.`, 'Read the line of its module in the log: it disagrees about one symbol. That comparison comes before the magic is looked at.');
        if (module === 'ifb') return fail(`It is not "${chosen}" that keeps rack-${slot}.ko out.`, 'The log has no line for it, as it never got so far: the message of insmod speaks of a key. One byte of the file was changed after signing.');
        return fail(`It is not "${chosen}" that keeps rack-${slot}.ko out.`, 'The kernel prints two strings for it, the one it found and the one it wants. They differ behind the release.');
      }
      const magic = entered(entries, 'magic').replaceAll(/^'|'$/g, '').trim();
      if (magic === '') return fail('The magic that this kernel wants is not recorded.', 'It stands in the line of the log behind "should be".');
      if (magic === seen.text('had')) return fail('That is the magic of the file.', 'The line shows two strings. The kernel’s own is the second.');
      if (magic !== seen.text('wanted')) return fail(`"${magic}" is not what this kernel wants.`, 'Record it whole: the release, and the words for the options behind it.');
      return pass([
        { statement: `This kernel wants "${magic}" and refused a module with "${seen.text('had')}".`, command: 'dmesg | grep "version magic"' },
        { statement: 'It refused another one for the checksum of module_layout, a third for its signature, and took the fourth, which was built for 6.12.94.', command: 'insmod /root/rack/rack-N.ko; dmesg' },
      ]);
    },
  },
  hints: [
    'insmod for each of the four, then the end of the log. One of them leaves no line there, and one goes in.',
    'modinfo shows for each file which module is inside, its vermagic, and whether there is a signature at all.',
    'Two refusals have the same short message of insmod, "Invalid module format". Only the log tells them apart.',
  ],
  solution: { type: [all, "dmesg | tail -n 6", 'for n in 1 2 3 4; do modinfo -F name /root/rack/rack-$n.ko; done'], enter: right },
  wrong: [
    { name: 'judged without a try', enter: right, hint: 'The tool’s message is short' },
    { name: 'another release, so refused', type: [all], enter: but('dummy', kinds.macvlan), hint: 'the checksums decide' },
    { name: 'checksum taken for magic', enter: but('veth', kinds.macvlan), hint: 'before the magic is looked at' },
    { name: 'signature taken for magic', enter: but('ifb', kinds.macvlan), hint: 'changed after signing' },
    { name: 'magic taken for a checksum', enter: but('macvlan', kinds.veth), hint: 'They differ behind the release' },
    { name: 'the magic of the file', enter: { ...right, magic: { run: `${FIND}; modinfo -F vermagic $(file_of macvlan)` } }, hint: 'own is the second' },
    { name: 'the release alone, and the log cleared', type: ['dmesg -C'], enter: { ...right, magic: { run: 'uname -r' } }, hint: 'Record it whole' },
  ],
};
