import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const right = {
  'count-loaded': { run: 'wc -l </proc/modules' },
  'count-files': { run: "find /lib/modules/$(uname -r)/ -name '*.ko' | wc -l" },
  'count-builtin': { run: 'wc -l </lib/modules/$(uname -r)/modules.builtin' },
};

export const count: Step = {
  id: 'count',
  title: 'How many of each',
  fields: [
    { kind: 'line', id: 'count-loaded', label: 'Modules in memory' },
    { kind: 'line', id: 'count-files', label: 'Module files in the tree of the running release' },
    { kind: 'line', id: 'count-builtin', label: 'Parts of the image that modules.builtin names' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        loaded: 'wc -l </proc/modules',
        files: "find /lib/modules/$(uname -r)/ -name '*.ko*' | wc -l",
        every: "find /lib/modules/ -name '*.ko*' | wc -l",
        builtin: 'wc -l </lib/modules/$(uname -r)/modules.builtin',
        folders: 'ls /sys/module | wc -l',
        options: "zcat /proc/config.gz | grep -c '=y$'",
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const number = (name: string): number => Number(seen.text(name));
      const [loaded, files, builtin] = ['count-loaded', 'count-files', 'count-builtin'].map((id) => entered(entries, id));
      if ([loaded, files, builtin].some((text) => !/^\d+$/.test(text ?? ''))) return fail('Three numbers are wanted, and one is missing or is no number.', 'wc -l counts lines. Give it only lines that are modules.');
      if (Number(loaded) === number('loaded') + 1) return fail(`${loaded} is one more than are loaded.`, 'A table has a heading, and wc counts it. /proc/modules has none.');
      if (Number(loaded) === number('folders')) return fail(`${loaded} is the number of folders in /sys/module.`, 'Those are modules and built-in parts together. Count where only modules stand.');
      if (Number(loaded) !== number('loaded')) return fail(`${loaded} modules are not what is in memory now.`, 'Count the lines of /proc/modules once more: an answer may have become old.');
      if (Number(files) !== number('files') && Number(files) === number('every')) return fail(`${files} counts the trees of all releases.`, 'The running kernel is served from one of the trees in /lib/modules. Count there alone.');
      if (Number(files) !== number('files')) return fail(`The tree of the running release does not hold ${files} module files.`, 'A module file ends in .ko, or on other nodes in .ko with the name of a compression behind it.');
      if (Number(builtin) === number('options')) return fail(`${builtin} is the number of options that are switched on.`, 'An option is no part: many of them change a part, and some stand for ten. Count the lines of the index.');
      if (Number(builtin) !== number('builtin')) return fail(`modules.builtin does not name ${builtin} parts.`, 'One line, one part. The file lies beside modules.dep.');
      return pass([
        { statement: `${loaded} modules are loaded.`, command: 'wc -l </proc/modules' },
        { statement: `${files} module files lie ready for this release.`, command: "find /lib/modules/$(uname -r)/ -name '*.ko' | wc -l" },
        { statement: `${builtin} parts of the image could have been modules.`, command: 'wc -l </lib/modules/$(uname -r)/modules.builtin' },
      ]);
    },
  },
  hints: [
    'lsmod prints what /proc/modules says, and adds something for human eyes. Count the source.',
    'The tree is /lib/modules with the running release behind it: find by the ending, and count. The third number is the length of a file there.',
  ],
  solution: { type: ['wc -l /proc/modules /lib/modules/$(uname -r)/modules.builtin', "find /lib/modules/$(uname -r)/ -name '*.ko' | wc -l"], enter: right },
  wrong: [
    { name: 'the heading counted', enter: { ...right, 'count-loaded': { run: 'lsmod | wc -l' } }, hint: 'A table has a heading' },
    { name: 'folders of /sys/module', enter: { ...right, 'count-loaded': { run: 'ls /sys/module | wc -l' } }, hint: 'modules and built-in parts together' },
    { name: 'the trees of all releases', enter: { ...right, 'count-files': { run: "find /lib/modules/ -name '*.ko' | wc -l" } }, hint: 'served from one of the trees' },
    { name: 'options in place of parts', enter: { ...right, 'count-builtin': { run: "zcat /proc/config.gz | grep -c '=y$'" } }, hint: 'An option is no part' },
  ],
};
