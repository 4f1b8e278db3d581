import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

/** What keeps a Makefile and a source from becoming a module, as far as it can be seen in them. */
function why(seen: Sections): Verdict {
  const [source, makefile] = [seen.get('source').out, seen.get('makefile').out];
  if (source.trim() === '') return fail('There is no /root/hello/hello.c.', 'Begin with the source: two functions, two macros that name them, one for the licence.');
  if (makefile.trim() === '') return fail('There is a source, but no Makefile beside it.', 'The kernel brings the rules. Your Makefile says only which object is to become a module, and calls make in the folder of the headers.');
  if (!/^\s*obj-m\s*[:+]?=.*\bhello\.o\b/m.test(makefile)) return fail('The Makefile names no module.', 'The variable obj-m lists objects that become modules: hello.o, with an o.');
  if (/^ +\S*(make|\$\(MAKE\))/im.test(makefile)) return fail('make reports a missing separator.', 'A command of a rule begins with one tab. Blanks look the same and are something else: cat -A shows a tab as ^I.');
  if (/\$\(uname\b/.test(makefile)) return fail('The path of the headers has a hole where the release should be.', 'In a Makefile $(…) is a variable of make, and there is none of that name. make has a function shell for what you mean.');
  if (seen.get('kdir').code !== 0) return fail('make is sent to a folder without the kernel’s makefiles.', 'Where the headers of the running release lie, a link tells: build, in the tree of the modules.');
  if (!/MODULE_LICENSE\s*\(/.test(source)) return fail('modpost refuses the module: it declares no licence.', 'Without a licence the kernel would not know which symbols it may have. One macro at the end says it.');
  return fail('There is no /root/hello/hello.ko.', 'Run make in that folder, and read the first line that says error: it has a file and a line number.');
}

/** The name of the function that runs at removal, where its body prints nothing or no parameter and calls nothing of the reader's own. */
function silent(source: string): string | undefined {
  if (!/module_param\s*\(\s*who\s*,/.test(source)) return undefined; // the variable may have another name than the parameter
  const name = /module_exit\s*\(\s*(\w+)\s*\)/.exec(source)?.[1];
  const body = name === undefined ? undefined : new RegExp(`\\b${name}\\s*\\([^)]*\\)\\s*\\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1];
  if (body === undefined || /\bwho\b/.test(body)) return undefined;
  const called = [...body.matchAll(/(\w+)\s*\(/g)].map(([, called]) => called ?? '');
  return called.every((one) => /^(pr_\w+|printk)$/.test(one)) ? name : undefined;
}

const folder = 'mkdir -p /root/hello; cd /root/hello';
const head = "printf '%s\\n' '#include <linux/module.h>' '' 'static char *who = \"nobody\";' 'module_param(who, charp, 0444);' 'MODULE_PARM_DESC(who, \"whom to greet\");' > hello.c";
const begin = "printf '%s\\n' 'static int __init hello_init(void)' '{' '  pr_info(\"hello, %s\\n\", who);' '  return 0;' '}' >> hello.c";
const end = "printf '%s\\n' 'static void __exit hello_exit(void)' '{' '  pr_info(\"goodbye, %s\\n\", who);' '}' 'module_init(hello_init);' 'module_exit(hello_exit);' >> hello.c";
const licence = "echo 'MODULE_LICENSE(\"GPL\");' >> hello.c";
const rule = '$(MAKE) -C /lib/modules/$(shell uname -r)/build M=$(CURDIR) modules';
const makefile = (command: string): string => `printf 'obj-m := hello.o\\n\\nall:\\n${command}\\n' > Makefile`;
const sources = [folder, head, begin, end, licence];
const clean = ['cd /root; rm -rf /root/hello'];

export const build: Step = {
  id: 'build',
  title: 'From a source to a .ko',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => `cd /root/hello 2>/dev/null\n${sectionScript(nonce, {
        source: 'head -c 20000 hello.c',
        makefile: 'head -c 4000 Makefile',
        kdir: `path=$(sed -n 's/.*-C *\\(.*\\) M=.*/\\1/p' Makefile | head -n 1 | sed "s,\\$(shell uname -r),$(uname -r),; s,\\$([A-Z]*),/lib/modules/$(uname -r)/build,"); [ -z "$path" ] || [ -f "$path/Makefile" ]`,
        magic: 'modinfo -F vermagic ./hello.ko',
        release: 'uname -r',
        parm: 'modinfo -F parm ./hello.ko',
        license: 'modinfo -F license ./hello.ko',
        intree: 'modinfo -F intree ./hello.ko',
        old: '[ hello.c -nt hello.ko ]',
      })}`,
    },
    expect({ stdout }, { nonce }) {
      const seen = new Sections(nonce, stdout);
      const [magic, release] = [seen.text('magic'), seen.text('release')];
      const mute = silent(seen.get('source').out);
      if (mute !== undefined) return fail(`${mute} does not print the parameter.`, 'The module is to say whom it greets when it comes and when it goes: give who to pr_info in both functions.');
      if (magic === '') return why(seen);
      if (magic.split(' ')[0] !== release) return fail(`The module was built for ${magic.split(' ')[0]}.`, 'Build it against the headers of the release that runs here.');
      if (seen.text('intree') !== '') return fail('That file comes from the tree of the kernel.', 'It declares itself to be of the kernel’s own source. Build your own.');
      if (seen.get('old').code === 0) return fail('The source is newer than the module.', 'Run make once more, so that the file holds what you wrote.');
      if (!/^who:/m.test(seen.text('parm'))) return fail('The module has no parameter who.', 'A variable becomes a parameter by the macro module_param: variable, type, mode of its file. A text is of the type charp.');
      if (!/GPL|Dual/.test(seen.text('license'))) return fail(`The licence is "${seen.text('license')}".`, 'Many functions of the kernel are exported for the GPL alone, and any other word taints the kernel with P.');
      return pass([{ statement: `hello.ko was built for ${release}, with the parameter who. Its vermagic: ${magic}`, command: 'modinfo /root/hello/hello.ko' }]);
    },
  },
  hints: [
    'Work in /root/hello with nano or vi. A function that begins, marked __init, returns an int: 0 for success. One that ends, marked __exit, returns nothing. pr_info prints.',
    'The Makefile needs one line with obj-m, and a rule whose command begins with a tab: make with -C for the folder of the headers, M= for your own, and the target modules.',
    'module_param takes the variable, its type (charp) and a mode such as 0444. module_init and module_exit name your functions; MODULE_LICENSE stands at the end.',
  ],
  solution: { type: [...sources, makefile(`\\t${rule}`), 'make', 'modinfo hello.ko'] },
  wrong: [
    { name: 'a source alone', type: sources, hint: 'The kernel brings the rules', undo: clean },
    { name: 'a goodbye to nobody', type: [folder, head, begin, end.replace('%s\\n", who', '\\n"'), licence], hint: 'in both functions', undo: clean },
    { name: 'blanks for the tab', type: [...sources, makefile(`        ${rule}`), 'make'], hint: 'begins with one tab', undo: clean },
    { name: 'a shell’s bracket in make', type: [...sources, makefile('\\tmake -C /lib/modules/$(uname -r)/build M=$(CURDIR) modules'), 'make'], hint: 'make has a function shell', undo: clean },
    { name: 'headers elsewhere', type: [...sources, makefile('\\tmake -C /usr/src/linux M=$(CURDIR) modules'), 'make'], hint: 'a link tells: build', undo: clean },
    { name: 'no licence', type: [folder, head, begin, end, makefile(`\\t${rule}`), 'make'], hint: 'which symbols it may have', undo: clean },
    { name: 'a module of the kernel', type: [...sources, 'cp $(modinfo -n dummy) hello.ko'], hint: 'Build your own', undo: clean },
  ],
};
