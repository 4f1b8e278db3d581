import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { FIND, look, seen, target } from './target.ts';

const FILTERS = ['0, none', '1, strict', '2, a filter'];
const status = (field: string) => `sed -n 's/^${field}:\\t*//p' /proc/$p/status`;
const decoded = (field: string) => `capsh --decode=$(${status(field)}) | sed 's/.*=//'`;

/** Capability names of a text, without order and without the prefix. */
const names = (text: string): string => text.toLowerCase().split(/[\s,]+/).map((name) => name.replace(/^cap_/, '')).filter((name) => name !== '').sort().join(' ');

const right = {
  uid: { run: `${FIND}; awk '/^Uid:/ { print $3 }' /proc/$p/status` },
  caps: { run: `${FIND}; ${decoded('CapEff')}` },
  seccomp: '2, a filter',
};

export const rights: Step = {
  id: 'rights',
  title: 'What it may do',
  fields: [
    { kind: 'line', id: 'uid', label: 'Its effective uid, as a number' },
    { kind: 'line', id: 'caps', label: 'The names of its effective capabilities' },
    { kind: 'choice', id: 'seccomp', label: 'Its seccomp mode', options: FILTERS },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: look({ uid: "awk '/^Uid:/ { print $3 }' /proc/$p/status", eff: decoded('CapEff'), bound: decoded('CapBnd'), raw: status('CapEff'), seccomp: status('Seccomp') }),
    },
    expect(output, scene) {
      const found = seen(output, scene);
      if ('verdict' in found) return found.verdict;
      const { sections } = found;
      const [uid, caps, seccomp] = ['uid', 'caps', 'seccomp'].map((id) => entered(scene.entries, id).replace(/^0x[0-9a-f]+=/i, '')); // capsh prints the mask in front of the names
      if (!uid || !caps || !seccomp) return fail('Three observations are asked for.', 'One file answers all of them. Its lines begin with Uid, CapEff and Seccomp.');
      if (uid !== sections.text('uid')) return fail(`The effective uid is not ${uid}.`, 'The line Uid has four numbers: real, effective, saved, and that of the file system.');
      if (names(caps) !== names(sections.text('eff'))) {
        if (/^(0x)?[0-9a-f]{6,16}$/i.test(caps)) return fail('That is the mask.', 'Each bit of it stands for one capability. capsh decodes a mask; record the names.');
        if (names(caps) === names(sections.text('bound'))) return fail('That is the bounding set.', 'It limits what a program with file capabilities could still gain. What counts in a permission check is the effective set.');
        if (/^(none|no|-)$/i.test(caps)) return fail('It has some.', 'A uid other than 0 does not mean that there are no capabilities: ambient ones survive the exec of an ordinary program. Believe CapEff.');
        return fail('These are not its effective capabilities.', 'Give the value of CapEff to the decoder, and record every name that it prints.');
      }
      if (!seccomp.startsWith(sections.text('seccomp'))) return fail(`The mode is not ${seccomp.slice(0, 1)}.`, 'The number stands in the line Seccomp. How many filters there are is another line.');
      return pass([
        { statement: `It runs with uid ${uid} and the capabilities ${names(caps).replaceAll(' ', ', ')}.`, command: `grep -E '^(Uid|Cap)' /proc/${target(scene).pid}/status` },
        { statement: `Its seccomp mode is ${seccomp}.`, command: `grep Seccomp /proc/${target(scene).pid}/status` },
      ], { interpretations: ['A filter is installed; what it forbids is not visible in status.'] });
    },
  },
  hints: [
    'Everything is in status, which is made for people. Five of its lines are sets of capabilities, as masks in hexadecimal.',
    'Of the sets take the one that is asked in a permission check, the effective one, and decode its mask with capsh.',
  ],
  solution: { type: ["grep -E '^(Uid|Cap|Seccomp)' /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/status"], enter: right },
  wrong: [
    { name: 'root, because it is a daemon', enter: { ...right, uid: '0' }, hint: 'has four numbers' },
    { name: 'the mask', enter: { ...right, caps: { run: `${FIND}; ${status('CapEff')}` } }, hint: 'capsh decodes a mask' },
    { name: 'the bounding set', enter: { ...right, caps: { run: `${FIND}; ${decoded('CapBnd')}` } }, hint: 'could still gain' },
    { name: 'none, because it is not root', enter: { ...right, caps: 'none' }, hint: 'ambient ones survive' },
    { name: 'no filter', enter: { ...right, seccomp: '0, none' }, hint: 'in the line Seccomp' },
  ],
};
