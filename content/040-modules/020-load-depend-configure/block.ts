import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

/** One of these is to be blocked; nothing else in the lab wants them. */
export const blockable = ['vxlan', 'ipvlan', 'macvlan', 'bonding'] as const;

const file = '/etc/modprobe.d/block.conf';
const still = ['modprobe with its name', 'insmod with the path of its file', 'a request of the kernel'] as const;
const right = { 'block-still': still[1] };
const name = '$(cat /root/block)';

export const block: Step = {
  id: 'block',
  title: 'One that must not come',
  fields: [{ kind: 'choice', id: 'block-still', label: 'Who can still load it, as root', options: still }],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        name: 'cat /root/block',
        dry: 'modprobe -n -v "$(cat /root/block)" 2>&1',
        loaded: '[ -e "/sys/module/$(cat /root/block)/initstate" ]',
        config: 'modprobe -c | grep -E "^(blacklist|install) $(cat /root/block)\\b"',
        files: 'grep -l "$(cat /root/block)" /etc/modprobe.d/*',
        grub: 'grep -c "module_blacklist=" /etc/default/grub',
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const module = seen.text('name');
      const dry = seen.text('dry');
      const loaded = seen.get('loaded').code === 0;
      // of a module in memory modprobe says nothing, whatever the rule
      const stopped = /^install \/(usr\/)?bin\/false\b/m.test(dry) || (loaded && /^install \S+ \/(usr\/)?bin\/false\b/m.test(seen.text('config')));
      if (!stopped) {
        if (/^install \/(usr\/)?bin\/true\b/m.test(dry)) return fail('modprobe would do nothing, and report success.', 'Whoever asks then believes that the module is there, and fails later, elsewhere. Let it fail at once.');
        if (/^blacklist /m.test(seen.text('config'))) return fail(`modprobe ${module} would still insert the file.`, 'A blacklist line only makes modprobe ignore the aliases inside the module, so that no device calls for it. Asked for by name, or as a need of another module, it comes.');
        if (seen.lines('files').some((path) => !path.endsWith('.conf'))) return fail('There is a rule, in a file that modprobe does not read.', 'The ending decides whether it is configuration: see modprobe.d(5).');
        if (Number(seen.text('grub')) > 0) return fail('The settings of the boot loader name it; the running kernel has heard nothing.', 'That word is the strongest of all, from the next boot on. This node has to be safe now, too: modprobe can be told to run something else for this name.');
        return fail(`modprobe would insert ${module}.`, 'modprobe has a command that replaces the insertion of one module by a program of your choice.');
      }
      if (loaded) return fail(`The rule stands, and ${module} is in memory.`, 'A rule for loading does not unload. Take it out, with -r.');
      const chosen = entered(entries, 'block-still');
      if (chosen === '') return fail('Who can still load it is not chosen yet.', 'The rule is kept by a program in user space. Who does not go through that program?');
      if (chosen !== right['block-still']) return fail(`It is not "${chosen}".`, chosen === still[0] ? 'Try it: the program that the rule names runs in its place, and fails.' : 'The kernel asks by starting modprobe, which reads the rule.');
      return pass([{ statement: `modprobe ${module} would run /bin/false; insmod with a path goes past the rule.`, command: `modprobe -n -v ${module}` }]);
    },
  },
  hints: [
    'modprobe.d(5) has two commands that sound alike. One hides aliases, the other says what to run when the module is asked for.',
    'The line has three words: install, the module, and a program that always fails, with its path. The file ends in .conf. Ask modprobe with -n and -v what it would do now.',
    'insmod reads no configuration. Neither does anybody who calls the system call directly.',
  ],
  solution: { type: [`echo "install ${name} /bin/false" > ${file}`, `modprobe -n -v ${name}`], enter: right },
  wrong: [
    { name: 'a blacklist', type: [`echo "blacklist ${name}" > ${file}`], enter: right, hint: 'ignore the aliases inside the module', undo: [`rm ${file}`] },
    { name: 'success without a module', type: [`echo "install ${name} /bin/true" > ${file}`], enter: right, hint: 'Let it fail at once', undo: [`rm ${file}`] },
    { name: 'a file without the ending', type: [`echo "install ${name} /bin/false" > /etc/modprobe.d/block`], enter: right, hint: 'whether it is configuration', undo: ['rm /etc/modprobe.d/block'] },
    { name: 'a word for the next boot', type: ['cp /etc/default/grub /root/grub.kept', `echo "GRUB_CMDLINE_LINUX=module_blacklist=${name}" >> /etc/default/grub`], enter: right, hint: 'from the next boot on', undo: ['cp /root/grub.kept /etc/default/grub'] },
    { name: 'loaded already', type: [`modprobe ${name}`, `echo "install ${name} /bin/false" > ${file}`], enter: right, hint: 'does not unload', undo: [`rm ${file}`, `modprobe -r ${name}`] },
    { name: 'the kernel goes past it', type: [`echo "install ${name} /bin/false" > ${file}`], enter: { 'block-still': still[2] }, hint: 'by starting modprobe', undo: [`rm ${file}`] },
  ],
};
