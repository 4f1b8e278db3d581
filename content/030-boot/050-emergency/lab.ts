import type { ProbeOutput } from '../../../src/lab/check.ts';
import type { Lab } from '../../../src/lab/lab.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { again } from '../../../src/lab/next-boot.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';
import { MASKED, newlyMasked, showUnits, unitsShown } from '../units.ts';

/** The boot of which this console text is has stood at the maintenance prompt. */
const inEmergency = (boot: string): boolean => /\(or press Control-D to continue\): /.test(boot);

/**
 * What the first boot in emergency mode has printed: the mount that failed, by unit and by path, and the device that did not come.
 * The console cuts the device's name in the middle, so its end has to be that of the line which `prepare` has written.
 */
function failure(boots: readonly string[], baseline: string): { unit: string; path: string; uuid: string } | undefined {
  const boot = boots.slice(1).find(inEmergency) ?? '';
  const mount = /Dependency failed for (\S+\.mount) - (\S+?)\.?\s*$/m.exec(boot);
  const end = /Timed out waiting for device \S*?([0-9a-f-]{8,})\.\s*$/m.exec(boot)?.[1];
  const uuid = values(baseline).get('data') ?? '';
  return mount?.[1] && mount[2] && end && uuid.endsWith(end) ? { unit: mount[1], path: mount[2], uuid } : undefined;
}

/** The state of fstab and of what systemd has made of it. */
const PROBE = `${BOOT_ID}
[ -s /etc/fstab ] && echo there
echo "root $(awk '$1 !~ /^#/ && $2 == "/" { print $1, $2, $3 }' /etc/fstab 2>/dev/null | head -n 1)"
echo "rootmode $(findmnt -nro OPTIONS / | cut -d, -f1)"
awk '$1 !~ /^#/ && NF > 3 { print "options " $2, $4 }' /etc/fstab 2>/dev/null
findmnt --verify 2>&1 | sed 's/^/verify /'
${MASKED}
echo "state $(systemctl is-system-running)"
echo
${showUnits(['ActiveState', 'NeedDaemonReload', 'Before'], ['local-fs.target', 'var-lib-data.mount'])}
true`;

/**
 * The mount points of fstab that a boot would stop for. findmnt calls each source that is not there an error; one that is wanted
 * only, or not mounted at boot, is none. Source: findmnt(8), systemd.mount(5).
 */
function stops(stdout: string): string[] {
  const found: string[] = [];
  let target = '';
  for (const [, text = ''] of stdout.matchAll(/^verify (.*)$/gm)) {
    if (/^\/|^none|^swap/.test(text)) target = text.trim();
    if (Number(/(\d+) parse error/.exec(text)?.[1] ?? 0) > 0) found.push('a line that is none');
    const error = /^\s+\[E\] (.*)/.exec(text)?.[1];
    if (error === undefined) continue;
    const options = stdout.split('\n').find((line) => line.startsWith(`options ${target} `))?.split(' ')[2]?.split(',') ?? [];
    if (!/unreachable/.test(error) || !options.some((option) => option === 'nofail' || option === 'noauto')) found.push(target);
  }
  return found;
}

/** What is wrong with fstab, or was got round; the same at the first look and after the next boot. */
function unmended(stdout: string, baseline: string): Verdict | undefined {
  const seen = values(stdout);
  const masked = newlyMasked(stdout, baseline);
  if (masked !== undefined) return fail(`${masked} is masked.`, 'Emergency mode was the messenger: whoever masks the target boots a node that no longer notices a missing file system. Take the mask away and mend the cause.');
  if (!seen.has('there')) return fail('/etc/fstab is gone, or empty.', 'One entry was bad, not the file. The node boots once more without it, read-only if the kernel was told `ro`. Put the root’s line back as it was.');
  if (seen.get('root') !== values(baseline).get('root')) return fail('The line of the root file system in /etc/fstab is not what it was.', 'The root has nothing to do with this failure, and its line makes it writable. Bring exactly that line back; change the other one.');
  const [stop] = stops(stdout);
  if (stop !== undefined && seen.get('state') === 'maintenance') return fail('The node is in emergency mode, and /etc/fstab is as it was.', 'Going on without a repair starts the same wait again, and it ends here again. Open the file and look for the entry of the directory that failed.');
  if (stop !== undefined) return fail(`/etc/fstab still insists on something that is not there: ${stop}.`, 'What you did helps this boot alone: the next one would stop at the same place. Change the entry itself.');
  return undefined;
}

const find: Step = {
  id: 'find',
  title: 'Name what failed',
  fields: [
    { kind: 'line', id: 'mount', label: 'The mount that could not be made: its unit, or its directory' },
    { kind: 'line', id: 'device', label: 'The UUID of the device that systemd waited for' },
  ],
  check: {
    probe: { kind: 'boots' },
    expect({ boots }, { entries, baseline }) {
      const [mount, device] = [entered(entries, 'mount').replace(/(?<=.)\/$/, ''), entered(entries, 'device').toLowerCase().replace(/^(?:uuid=|\/dev\/disk\/by-uuid\/)/, '').replaceAll('"', '')];
      const seen = failure(boots, baseline);
      const shell = boots.slice(1).some((boot) => /Control-D to continue\): [\s\S]*^\S+@[\w().-]+:\S*[#$] /m.test(boot));
      if (seen === undefined) return fail('No boot has stopped in emergency mode yet.', 'Let the machine boot and wait: it comes to rest by itself.');
      if (!shell) return fail('Nobody has taken the maintenance shell yet.', 'The prompt says which key gives it. On this node root has no password; elsewhere you would need one.');
      if (mount === '' || device === '') return fail('The mount or the device is not recorded yet.', 'Two values are asked for. Both stand on the console above the prompt, and in the journal of this boot.');
      if (/^(?:local-fs|emergency)\.(?:target|service)$/.test(mount)) return fail(`${mount} is where the failure ended up.`, 'It failed because something that it requires failed. Go up the chain: which mount does it depend on?');
      if (/\.device$|^systemd-fsck/.test(mount)) return fail(`${mount} is no mount.`, 'The device was waited for, and the check of its file system was to come next. What was to be mounted from it?');
      if (mount === '/' || mount === '-.mount') return fail('The root is mounted: you are working in it.', 'Which other directory is named in a line that begins with DEPEND?');
      if (mount !== seen.unit && mount !== seen.path) return fail(`"${mount}" did not fail in this boot.`, 'Compare with the console letter by letter: a unit’s name ends with `.mount`, a directory begins with a slash.');
      if (device !== seen.uuid) {
        return fail(`"${device}" is not what systemd waited for.`, /…|\.\.\./.test(device)
          ? 'The console shortens long names in the middle. The journal of this boot has it in full.'
          : 'Take the UUID from the line that says "Timed out". In a unit’s name, `\\x2d` stands for a hyphen.');
      }
      return pass([{ statement: `${seen.unit} failed because the device with UUID ${seen.uuid} did not come.`, command: 'journalctl -b' }]);
    },
  },
  hints: [
    'Enter gives the shell. `systemctl --failed` lists nothing here: a unit whose dependency failed was never started, so it has not failed itself.',
    'Read the journal of this boot at priority `err` and above, or its lines with "Dependency failed". The first failure in time is the cause; what follows is its echo.',
  ],
  solution: {
    type: [{ press: ['Enter'], until: 'shell' }, 'journalctl -b --no-pager -g "Timed out|Dependency failed"'],
    enter: {
      mount: { run: "journalctl -b -q -o cat -g 'Dependency failed for .*mount' | sed -n 's/.* for \\(.*[.]mount\\) - .*/\\1/p' | head -n 1" },
      device: { run: "awk '$2 == \"/var/lib/data\" { sub(\"UUID=\", \"\", $1); print $1 }' /etc/fstab" },
    },
  },
  wrong: [
    { name: 'the prompt alone', enter: { mount: '/var/lib/data', device: '5b0071ab-1e00-4d3a-9b1e-000000000001' }, hint: 'which key gives it' },
    { name: 'the end of the chain', type: [{ press: ['Enter'], until: 'shell' }], enter: { mount: 'local-fs.target', device: 'x' }, hint: 'Go up the chain' },
    { name: 'the root’s UUID', type: [{ press: ['Enter'], until: 'shell' }], enter: { mount: '/var/lib/data', device: { run: 'findmnt -no UUID /' } }, hint: 'the line that says "Timed out"' },
    { name: 'the shortened name', type: [{ press: ['Enter'], until: 'shell' }], enter: { mount: 'var-lib-data.mount', device: 'd…0071ab-0000-4000-8000' }, hint: 'shortens long names' },
  ],
};

const mend: Step = {
  id: 'mend',
  title: 'Mend fstab, then go on',
  check: {
    probe: { kind: 'boots', script: PROBE, timeout: 60_000 },
    expect({ boots, up, stdout }: ProbeOutput, { baseline }) {
      const seen = values(stdout);
      const last = boots.at(-1) ?? '';
      if (!up || !seen.has('boot')) return fail('The machine is not up.', 'Look at the console: how far did this boot get?');
      const wrong = unmended(stdout, baseline);
      if (wrong !== undefined) return wrong;
      const units = unitsShown(stdout);
      if (/still uses the old version/.test(stdout) || [...units.values()].some(({ NeedDaemonReload }) => NeedDaemonReload === 'yes')) return fail('/etc/fstab has changed, and systemd still works with what it read before.', 'Mount units are generated from the file when systemd reads its configuration: let it read it again.');
      if (seen.get('state') === 'maintenance') return fail('The entry is mended. The node still stands in emergency mode.', 'Leave the maintenance shell: what was interrupted is started again.');
      const local = units.get('local-fs.target')?.ActiveState;
      if (local !== 'active') return fail(`local-fs.target is ${local ?? 'not known'}.`, 'The file systems are not all there yet. Wait, or look what is still being started.');
      if (seen.get('rootmode') !== 'rw') return fail('The root file system is mounted read-only.', 'Its line in /etc/fstab should have made it writable.');
      if (!/^\S+@node-1:\S*[#$] /m.test(last)) return fail('The system is still coming up.', 'Wait for the login, then check again.');
      return pass([{ statement: '/etc/fstab insists on nothing that is not there, and local-fs.target is active.', command: 'findmnt --verify; systemctl is-active local-fs.target' }]);
    },
  },
  hints: [
    'The file is /etc/fstab, and `nano` or `vi` edits it: the root is mounted read-write here. The volume will come back tomorrow, so its entry should stay, and its absence should not stop a boot.',
    'One word in the fourth column tells systemd that a mount is wanted and not required; fstab(5) and systemd.mount(5) have it. Then let systemd read its configuration again, and leave the shell.',
  ],
  solution: { type: ['sed -i "/ .var.lib.data /s/defaults/&,nofail/" /etc/fstab', 'systemctl daemon-reload', { line: 'exit', until: 'shell' }] },
  wrong: [
    { name: 'going on without mending', type: [{ line: 'exit', until: 'maintenance' }], hint: 'it ends here again' },
    { name: 'mounted by hand', type: ['mount -t tmpfs tmpfs /var/lib/data', { line: 'exit', until: 'shell' }], hint: 'helps this boot alone' },
    { name: 'the whole file', type: [': > /etc/fstab', 'systemctl daemon-reload'], hint: 'One entry was bad' },
    { name: 'the root’s line too', type: ['sed -i /^[^#]/d /etc/fstab', 'systemctl daemon-reload'], hint: 'Bring exactly that line back' },
    { name: 'the target is masked', type: ['systemctl mask local-fs.target'], hint: 'Emergency mode was the messenger' },
    { name: 'systemd has not read it', type: ['sed -i "/ .var.lib.data /s/defaults/&,nofail/" /etc/fstab'], hint: 'let it read it again' },
  ],
};

const proof = again({
  script: PROBE,
  judge(seen, { stdout }, baseline) {
    const wrong = unmended(stdout, baseline);
    if (wrong !== undefined) return wrong;
    const before = unitsShown(stdout).get('var-lib-data.mount')?.Before ?? '';
    if (/local-fs\.target|sysinit\.target/.test(before)) return fail('This boot still waited for the device before it gave you a login.', 'The entry is not required any more, and what leads to the login is still ordered after it. Look at its options.');
    const state = seen.get('state') ?? '';
    if (!/^(?:running|degraded|starting)$/.test(state)) return fail(`systemd says that the system is "${state}".`, 'A node in service says running, or degraded when a service has failed.');
    return pass([{ statement: `The node came up by itself as boot ${seen.get('boot')}, without waiting for the missing device.`, command: 'cat /proc/sys/kernel/random/boot_id; systemctl is-system-running' }]);
  },
  hints: [
    'You have seen this boot go on after a repair by hand. You have not seen a boot with the mended file from its start.',
    'Restart the machine from its shell, and touch nothing until the login is there.',
  ],
  early: ['the boot with the shell is taken for proof', 'What counts is a boot that needs nobody'],
});

export default {
  title: 'Emergency shell',
  minutes: 15,
  start: 'cold',
  rest: 'maintenance',
  prepare: `mkdir -p /var/lib/data
echo "UUID=5b0071ab-da7a-4000-8000-0000$NONCE	/var/lib/data	ext4	defaults,x-systemd.device-timeout=10s 0 2" | tr '\\t' ' ' >> /etc/fstab`,
  baseline: `${BOOT_ID}; echo "root $(awk '$1 !~ /^#/ && $2 == "/" { print $1, $2, $3 }' /etc/fstab | head -n 1)"; awk '$2 == "/var/lib/data" { sub("UUID=", "data ", $1); print $1 }' /etc/fstab; ${MASKED}`,
  steps: [find, mend, proof],
} satisfies Lab;
