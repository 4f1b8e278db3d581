import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const line = 'net.ipv4.ip_forward = 1';
const early = '/etc/sysctl.d/50-kubernetes.conf';
const late = '/etc/sysctl.d/99-kubernetes';
const off = 'sysctl -q -w net.ipv4.ip_forward=0';

export const mend: Step = {
  id: 'mend',
  title: 'This node, back to the design',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        now: 'cat /proc/sys/net/ipv4/ip_forward',
        lines: "systemd-analyze cat-config sysctl.d | sed -nE 's,^-?net[./]ipv4[./]ip_forward[[:space:]]*=[[:space:]]*([0-9]+).*,\\1,p'",
        unread: "grep -ls ip_forward /etc/sysctl.d/* | grep -v '\\.conf$'",
      }),
    },
    expect({ stdout }, { nonce }) {
      const seen = new Sections(nonce, stdout);
      const given = seen.lines('lines');
      const [now, last] = [seen.text('now'), given.at(-1)];
      if (last !== '1' && seen.text('unread') !== '') return fail(`${seen.lines('unread')[0]} is read by nobody.`, 'Of this folder only files that end in .conf count.');
      if (last !== '1' && given.includes('1')) return fail('Two files give ip_forward, and the last one says 0.', 'Files are read in the order of their names, whatever folder they lie in, and a later line wins. Which file comes behind yours?');
      if (now === '1' && last !== '1') return fail('The kernel forwards now, and no longer after the next boot.', 'A value that is written into the kernel is gone with it. A file in /etc/sysctl.d says 0, and it will be read again.');
      if (last !== '1') return fail('This node does not forward packets.', 'The value is 0 in the kernel, and a file says that it has to be. Find the file that sets it.');
      if (now !== '1') return fail('The files say 1, the kernel says 0.', 'Files are read at boot. Have them read now, with the option of sysctl that takes all of them.');
      return pass([{ statement: 'This node forwards packets, now and after the next boot.', command: 'sysctl net.ipv4.ip_forward; systemd-analyze cat-config sysctl.d' }]);
    },
  },
  hints: [
    'systemd-analyze cat-config sysctl.d shows all files that count, in the order in which they are read.',
    'Change the value where it is set, or set it in a file whose name comes later and ends in .conf. Then let sysctl read the files of all folders: it has an option for that.',
  ],
  solution: { type: ['grep -r ip_forward /etc/sysctl.d', "sed -i '/ip_forward/s/0/1/' /etc/sysctl.d/90-hardening.conf", 'sysctl --system'] },
  wrong: [
    { name: 'only now', type: ['sysctl -w net.ipv4.ip_forward=1'], hint: 'is gone with it', undo: [off] },
    { name: 'a file that comes too early', type: [`echo '${line}' > ${early}; sysctl --system`], hint: 'a later line wins', undo: [`rm ${early}`] },
    { name: 'a file without the ending', type: [`echo '${line}' > ${late}; sysctl --system`], hint: 'only files that end in .conf', undo: [`rm ${late}`] },
    { name: 'written and not read', type: [`echo '${line}' > ${late}.conf`], hint: 'Have them read now', undo: [`rm ${late}.conf`] },
  ],
};
