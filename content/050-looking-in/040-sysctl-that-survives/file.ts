import type { Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { again } from '../../../src/lab/next-boot.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';
import { ordered, RUNTIME } from './order.ts';

const FORWARD = 'net.ipv4.ip_forward';
const PID_MAX = 'kernel.pid_max';

/** What the next boot would apply, in its order, and what it would not: keys that are no files, files that are not read. Source: sysctl.d(5). */
const CONFIG = `${BOOT_ID}
/usr/lib/systemd/systemd-sysctl --cat-config | sed -n 's/^[[:space:]]*-\\{0,1\\}\\([a-z][a-zA-Z0-9_./-]*\\)[[:space:]]*=[[:space:]]*/\\1 /p' | while read -r key value; do
  [ -e "/proc/sys/$(echo "$key" | tr . /)" ] && echo "set $(echo "$key" | tr / .) $value" || echo "unknown $key"
done
grep -lsE 'ip_forward|pid_max' /etc/sysctl.conf | sed 's/^/unread /'
grep -lsE 'ip_forward|pid_max' /run/sysctl.d/*.conf | sed 's/^/fleeting /'
for file in /etc/sysctl.d/*; do case $file in *.conf|*README*) ;; *) grep -lsE 'ip_forward|pid_max' "$file" | sed 's/^/nameless /' ;; esac; done
true`;

interface Config {
  /** All values that a key is given, in order. */
  readonly set: ReadonlyMap<string, readonly string[]>;
  readonly unknown?: string;
  readonly unread?: string;
  readonly nameless?: string;
  readonly fleeting?: string;
}

function parse(stdout: string): Config {
  const set = new Map<string, string[]>();
  const other: Record<string, string> = {};
  for (const line of stdout.split('\n')) {
    const [kind = '', key = '', ...value] = line.split(' ');
    if (kind === 'set') set.set(key, [...set.get(key) ?? [], value.join(' ').trim()]);
    else if (['unknown', 'unread', 'nameless', 'fleeting'].includes(kind)) other[kind] = key;
  }
  return { set, ...other };
}

/** Why the next boot would not have both values; undefined when it would. */
function unfit({ set, unknown, unread, nameless, fleeting }: Config, pidMax: string): Verdict | undefined {
  const [forward = [], pids = []] = [set.get(FORWARD), set.get(PID_MAX)];
  if (set.get('kernel.dmesg_restrict')?.at(-1) !== '1' || set.get('kernel.kptr_restrict')?.at(-1) !== '1') return fail('The baseline of the pool has lost settings that are not yours.', 'Two of its lines have nothing to do with the order. Whatever you do about the third, these stay.');
  if (unknown !== undefined) return fail(`There is no key ${unknown}.`, 'At boot such a line is logged and passed over, and everything looks well. Compare it letter by letter with the path below /proc/sys.');
  if (nameless !== undefined) return fail(`${nameless} is not read.`, 'Of the files in that folder only those count whose names have a certain ending.');
  if (fleeting !== undefined) return fail(`The next boot finds no ${fleeting}.`, 'What is below /run lives in memory, and is for programs that write it anew at each boot. Yours belongs below /etc.');
  if (!forward.includes('1') && !pids.includes(pidMax)) {
    return unread !== undefined
      ? fail('/etc/sysctl.conf is not read at boot on this system.', 'sysctl -p reads it, so it seems to work. Since Debian 13 systemd-sysctl has no link to it any more: use a file in the folder.')
      : fail('The next boot would have neither of the two.', 'What you have set lives in the memory of this kernel. Files in /etc/sysctl.d are applied at each boot.');
  }
  if (pids.at(-1) !== pidMax) return fail(`For ${PID_MAX} the next boot would get ${pids.at(-1) ?? 'nothing'}.`, 'Compare with /root/order. A number that the kernel does not take is refused at boot as well, with one line in the journal.');
  if (forward.at(-1) !== '1') {
    return forward.includes('1')
      ? fail('Your line is read, and then another one.', 'All files are sorted by name, whatever folder they are in, and the last line for a key wins. Which file comes after yours?')
      : fail('The next boot would not forward packets.', 'Look at what the files say of it now, all of them.');
  }
  return undefined;
}

const MEND = "sed -i '/ip_forward/d' /etc/sysctl.d/99-baseline.conf";
const COPY = 'cp /root/order /etc/sysctl.d/90-node.conf';

export const file: Step = {
  id: 'file',
  title: 'For every boot from now on',
  check: {
    probe: { kind: 'boots', script: CONFIG, timeout: 60_000 },
    expect({ up, stdout }, { nonce }) {
      if (!up || !values(stdout).has('boot')) return fail('The machine is not up.', 'Wait for the login.');
      return unfit(parse(stdout), ordered(nonce)) ?? pass([
        { statement: `The files of sysctl.d give ${FORWARD} = 1 and ${PID_MAX} = ${ordered(nonce)}, as the last word for both.`, command: 'systemd-analyze cat-config sysctl.d' },
      ]);
    },
  },
  hints: [
    'The folder is /etc/sysctl.d. Before you write, look at what lies there already: you are not the first.',
    'systemd-analyze has a verb that prints all files in the order in which they are applied. Read it from the end: for each key the first line that you meet wins.',
    'Two ways out: a name that sorts after the other file, or taking one line out of that file. Its other lines are not yours.',
  ],
  solution: { type: [COPY, MEND, 'systemd-analyze cat-config sysctl.d | tail -n 12'] },
  wrong: [
    { name: 'a file that nobody reads', type: ['cp /root/order /etc/sysctl.conf', 'sysctl -p'], hint: 'Since Debian 13' },
    { name: 'a file that is overruled', type: [COPY], hint: 'the last line for a key wins' },
    { name: 'a misspelt key', type: [COPY, MEND, "sed -i 's/ip_forward/ip_foward/' /etc/sysctl.d/90-node.conf"], hint: 'letter by letter' },
    { name: 'a name without its ending', type: ['cp /root/order /etc/sysctl.d/90-node', MEND], hint: 'have a certain ending' },
    { name: 'a folder in memory', type: ['mkdir -p /run/sysctl.d; cp /root/order /run/sysctl.d/99-node.conf'], hint: 'is for programs that write it anew' },
    { name: 'the baseline removed', type: [COPY, 'rm /etc/sysctl.d/99-baseline.conf'], hint: 'these stay' },
    { name: 'the number of a 64-bit node', type: [COPY, MEND, "sed -i 's/pid_max.*/pid_max = 4194304/' /etc/sysctl.d/90-node.conf"], hint: 'refused at boot as well' },
  ],
};

export const proof = again({
  title: 'A boot that brings them along',
  script: `${RUNTIME}
${CONFIG}
find /etc/sysctl.d /etc/sysctl.conf -type f -newer /run/systemd/notify 2>/dev/null | head -n 1 | sed 's/^/touched /'
true`,
  judge(seen, { stdout }, baseline) {
    const order = values(baseline).get('order') ?? '';
    const wrong = unfit(parse(stdout), order);
    if (wrong !== undefined) return wrong;
    if (seen.has('touched')) return fail('The machine has not been booted since your files are as they are.', 'The values that it has now may be those that you have typed. Restart it, type nothing, then look.');
    const [forward, pidMax] = [seen.get('forward'), seen.get('pid_max')];
    if (forward !== '1') return fail('This boot does not forward packets.', 'systemd-sysctl.service has applied the files. journalctl -b -u with its name says what it did not like.');
    if (pidMax === '32768') return fail('pid_max is 32768, the value that the kernel begins with.', 'The line was not applied. Read the journal of systemd-sysctl.service.');
    if (pidMax !== order) return fail(`pid_max is ${pidMax}, and the order says something else.`, 'Compare the files with /root/order.');
    return pass([
      { statement: `Boot ${seen.get('boot')} came up with ip_forward ${forward} and pid_max ${pidMax}, and nobody typed them.`, command: 'sysctl net.ipv4.ip_forward kernel.pid_max' },
    ], { interpretations: ['The namespace pod is gone: it lived in the memory of the kernel before.'] });
  },
  hints: [
    'What proves that a setting is permanent? Not the file, and not the value that you see while your own hand is still warm.',
    'Restart the machine from the shell, leave the menu alone, and read both keys when the prompt is there.',
  ],
  early: ['not restarted', 'those that you have typed'],
});
