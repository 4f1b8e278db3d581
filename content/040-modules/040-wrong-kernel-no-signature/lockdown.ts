import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { kernelLines } from './files.ts';

const errors = ['ENOEXEC, Invalid module format', 'EKEYREJECTED, Key was rejected by service', 'EPERM, Operation not permitted'] as const;
const ways = ['write none into the same file', 'remove the lockdown module', 'restart the node'] as const;
const right = { 'lock-error': errors[2], 'lock-way': ways[2] };
const on = 'echo integrity > /sys/kernel/security/lockdown';
const retry = 'for file in /root/rack/*.ko; do [ $(modinfo -F name $file) = dummy ] && insmod $file; done';

export const lockdown: Step = {
  id: 'lockdown',
  title: 'Lock it down',
  fields: [
    { kind: 'choice', id: 'lock-error', label: 'The error of the unsigned module now', options: errors },
    { kind: 'choice', id: 'lock-way', label: 'The way out of lockdown', options: ways },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        mode: 'cat /sys/kernel/security/lockdown',
        unsigned: '[ -e /sys/module/dummy/initstate ]',
        signed: '[ -e /sys/module/ifb/initstate ] && [ -z "$(cat /sys/module/ifb/taint)" ]',
        refusal: kernelLines('Lockdown: .*unsigned module loading is restricted'),
        grub: 'grep -c "lockdown=" /etc/default/grub',
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const mode = seen.text('mode');
      if (mode.includes('[confidentiality]')) return fail('The kernel is locked down further than asked: confidentiality.', 'There is no way back while it runs. Restart the lab, and write the weaker of the two words.');
      if (!mode.includes('[integrity]')) {
        return Number(seen.text('grub')) > 0 ? fail('The boot loader’s settings ask for lockdown, the running kernel has not got it.', 'A word for the command line works from the next boot on, and only after the menu has been written anew. There is a file to do it now.')
          : fail(`Lockdown is off: ${mode}.`, 'The module of security that does it shows its modes in one file of /sys/kernel/security. The one in brackets is in force.');
      }
      if (seen.get('unsigned').code === 0) return fail('The unsigned module is still in memory.', 'Lockdown guards the door; who is inside stays. Take dummy out, then try to bring it in again.');
      if (seen.text('refusal') === '') return fail('Lockdown is on, and no module has been refused by it.', 'A guard is proven by a refusal: try the unsigned file once more, and read the log.');
      if (seen.get('signed').code !== 0) return fail('The unsigned file was refused. Does a signed module still come in?', 'Load ifb of the node’s own tree, not the file in /root/rack: it carries the signature of the kernel’s build.');
      const [error, way] = [entered(entries, 'lock-error'), entered(entries, 'lock-way')];
      if (error === '' || way === '') return fail('The error and the way out are not chosen yet.', 'insmod prints the words behind its last colon.');
      if (error !== errors[2]) return fail(`It was not ${error.split(',')[0]}.`, 'That one is from the first step, and was given by the module’s loader. Here a security module has spoken: what does insmod print now?');
      if (way !== ways[2]) return fail(`It does not help to ${way}.`, way === ways[0] ? 'Try it. A mode can be raised and never lowered, or the guard would be worth nothing against root.' : 'It is no .ko: the kernel has it built in.');
      return pass([{ statement: 'Under lockdown (integrity) the unsigned module gets EPERM, and a signed one is loaded.', command: 'cat /sys/kernel/security/lockdown; dmesg | grep Lockdown' }]);
    },
  },
  hints: [
    'Remove the unsigned module first. Then write the word for the weaker mode into the file lockdown in /sys/kernel/security.',
    'Try the file that loaded before. After that, load a signed module by its name: ifb.',
    'Is there a way back? Write the word none into the file and see.',
  ],
  solution: { type: ['rmmod dummy', on, retry, 'modprobe ifb', 'dmesg | grep Lockdown'], enter: right },
  wrong: [
    { name: 'nothing done', enter: right, hint: 'The one in brackets is in force' },
    { name: 'a word for the next boot', type: ['cp /etc/default/grub /root/grub.kept', 'echo GRUB_CMDLINE_LINUX=lockdown=integrity >> /etc/default/grub'], enter: right, hint: 'after the menu has been written anew', undo: ['cp /root/grub.kept /etc/default/grub'] },
    { name: 'locked with the guest inside', type: [on], enter: right, hint: 'who is inside stays' },
    { name: 'locked and not tried, with a line of one’s own in the log', type: ['rmmod dummy', 'echo "<5>Lockdown: insmod: unsigned module loading is restricted; see man kernel_lockdown.7" > /dev/kmsg'], enter: right, hint: 'A guard is proven by a refusal' },
    { name: 'no signed module', type: [retry], enter: right, hint: 'signature of the kernel’s build' },
    { name: 'the error of the first step', type: ['modprobe ifb'], enter: { ...right, 'lock-error': errors[0] }, hint: 'a security module has spoken' },
    { name: 'a way back', enter: { ...right, 'lock-way': ways[0] }, hint: 'raised and never lowered' },
  ],
};
