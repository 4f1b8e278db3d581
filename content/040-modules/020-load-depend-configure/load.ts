import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const right = {
  'load-first': 'llc',
  'load-holder': { run: 'ls /sys/module/bridge/holders' },
  'load-count': { run: 'cat /sys/module/bridge/refcnt' },
};

export const load: Step = {
  id: 'load',
  title: 'One name, four modules',
  fields: [
    { kind: 'line', id: 'load-first', label: 'The module that has to be inserted first' },
    { kind: 'line', id: 'load-holder', label: 'The module that uses bridge' },
    { kind: 'line', id: 'load-count', label: 'The reference count of bridge' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        top: '[ -e /sys/module/br_netfilter/initstate ]',
        bridge: '[ -e /sys/module/bridge/initstate ]',
        symbols: "dmesg | grep -c 'br_netfilter: Unknown symbol'",
        first: "modprobe --show-depends br_netfilter | sed -n '1s,.*/\\(.*\\)\\.ko.*,\\1,p'",
        holders: 'ls /sys/module/bridge/holders',
        count: 'cat /sys/module/bridge/refcnt',
        size: "awk '$1 == \"bridge\" { print $2 }' /proc/modules",
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const [first, holder, count] = ['load-first', 'load-holder', 'load-count'].map((id) => entered(entries, id));
      if (seen.get('top').code !== 0) {
        if (seen.get('bridge').code === 0) return fail('bridge is in memory, br_netfilter is not.', 'You have loaded what it needs, and not the module itself: name the one you want, its needs come along.');
        if (Number(seen.text('symbols')) > 0) return fail('br_netfilter is not in memory. The kernel refused it for unknown symbols.', 'insmod inserts one file and fetches nothing: functions that br_netfilter calls live in a module that was not there. Another tool reads the index first.');
        return fail('br_netfilter is not in memory.', 'Look first at what would be loaded, then load it by its name.');
      }
      if (first === '' || holder === '' || count === '') return fail('Order, user and count are not recorded yet.', 'An option of modprobe shows all files in the order of insertion. User and count stand in lsmod, and in /sys/module/bridge.');
      if (first?.replace(/^.*\//, '').replace(/\.ko$/, '') !== seen.text('first')) return fail(`${first} is not the first.`, first === 'br_netfilter' ? 'It is what you asked for, and comes last. Who offers symbols comes before the one who needs them.' : 'Read the order from the top: each line is one insertion.');
      if (!seen.lines('holders').includes(holder ?? '')) return fail(`bridge is not used by ${holder}.`, ['stp', 'llc'].includes(holder ?? '') ? 'That is the other direction: bridge uses it. The column "Used by" names those above.' : 'The users of a module stand in the last column of its line, and as links in holders.');
      if (count !== seen.text('count')) return fail(`${count} is not the reference count of bridge.`, count === seen.text('size') ? 'That column is the size in bytes. The count is the number behind it.' : 'It is the third column of lsmod, and the file refcnt.');
      return pass([
        { statement: `br_netfilter is loaded; ${first} had to come first.`, command: 'modprobe --show-depends br_netfilter' },
        { statement: `bridge has a reference count of ${count}; its user is ${holder}.`, command: "lsmod | grep '^bridge '" },
      ]);
    },
  },
  hints: [
    'Ask before you act: modprobe has an option that shows which files it would insert, in order, and inserts none.',
    'Loading by name does all of it at once. Afterwards the line of bridge in the list of modules has size, count and users.',
  ],
  solution: { type: ['modprobe --show-depends br_netfilter', 'modprobe br_netfilter', "lsmod | grep '^bridge '"], enter: right },
  wrong: [
    { name: 'one file by hand', type: ['insmod $(modinfo -n br_netfilter)'], enter: { ...right, 'load-holder': 'br_netfilter', 'load-count': '1' }, hint: 'inserts one file and fetches nothing' },
    { name: 'only what it needs', type: ['modprobe bridge'], enter: { ...right, 'load-holder': 'br_netfilter' }, hint: 'and not the module itself', undo: ['modprobe -r bridge'] },
    { name: 'the last as the first', type: ['modprobe br_netfilter'], enter: { ...right, 'load-first': 'br_netfilter' }, hint: 'and comes last', undo: ['modprobe -r br_netfilter'] },
    { name: 'the wrong direction', type: ['modprobe br_netfilter'], enter: { ...right, 'load-holder': 'stp' }, hint: 'the other direction', undo: ['modprobe -r br_netfilter'] },
    { name: 'the size', type: ['modprobe br_netfilter'], enter: { ...right, 'load-count': { run: "awk '$1 == \"bridge\" { print $2 }' /proc/modules" } }, hint: 'the size in bytes', undo: ['modprobe -r br_netfilter'] },
  ],
};
