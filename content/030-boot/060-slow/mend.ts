import type { Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { again } from '../../../src/lab/next-boot.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';
import { MASKED, newlyMasked, showUnits, unitsShown } from '../units.ts';
import { at, TIMES } from './find.ts';

/** Seconds that `prepare` put before the login: rootdelay and storage-wait.service. */
const DELAYS = 8 + 10;

/** Units, what they order, what is masked, and both places of the kernel's command line. */
const STATE = `${BOOT_ID}
${MASKED}
grep -qsE '^[^#]*rootdelay' /etc/default/grub /etc/default/grub.d/*.cfg && echo default
cfg=/boot/grub/grub.cfg
grep -qE '^[[:space:]]*linux[[:space:]].*rootdelay' $cfg && echo cfg
grep -qE "^[[:space:]]*linux[[:space:]].*/boot/vmlinuz-$(uname -r) .*root=" $cfg && grub-script-check $cfg >/dev/null 2>&1 && echo valid
echo
${showUnits(['ActiveState', 'UnitFileState', 'Before'], ['storage-wait.service', 'image-index.service'])}
echo`;

function unmended(stdout: string, baseline: string): Verdict | undefined {
  const seen = values(stdout);
  const masked = newlyMasked(stdout, baseline);
  const units = unitsShown(stdout);
  const storage = units.get('storage-wait.service');
  if (masked !== undefined) return fail(`${masked} is masked.`, 'A unit in the critical chain is there because something needs it: most of them are the boot itself. Take the mask away; what you look for is no part of Debian.');
  if (units.get('image-index.service')?.UnitFileState !== 'enabled') return fail('image-index.service is switched off.', 'Nobody waits for it, so the login comes no sooner, and the node has lost its index. The longest bar is not the one in the way.');
  if (storage?.UnitFileState === 'enabled' && /user-sessions/.test(storage.Before ?? '')) return fail('The next boot would wait for the array of rack 7 again.', 'Which unit did you find in the chain of the login? Nothing needs it any more, so it need not be started at boot.');
  if (seen.has('default') && !seen.has('cfg')) return fail('rootdelay is out of the menu, and still in /etc/default/grub.', 'The menu is generated. The next kernel update writes it again, with the parameter: change what it is generated from.');
  if (seen.has('default')) return fail('rootdelay still stands in /etc/default/grub.', 'The kernel’s time has a cause too. Take this one word out of the variable, and leave the others.');
  if (seen.has('cfg')) return fail('rootdelay is out of /etc/default/grub, and GRUB does not know it.', 'At boot GRUB reads the generated menu only. Have it generated again.');
  if (!seen.has('valid')) return fail('/boot/grub/grub.cfg does not boot this kernel any more.', 'Have it generated anew before you restart.');
  return undefined;
}

export const mend: Step = {
  id: 'mend',
  title: 'Take both delays away',
  check: {
    probe: { kind: 'boots', script: STATE, timeout: 60_000 },
    expect({ up, stdout }, { baseline }) {
      if (!up || !values(stdout).has('boot')) return fail('The machine is not up.', 'Repairs are made in the running system. How far did this boot get?');
      return unmended(stdout, baseline) ?? pass([
        { statement: 'storage-wait.service does not delay the login any more, image-index.service is still enabled.', command: 'systemctl is-enabled storage-wait.service image-index.service' },
        { statement: 'rootdelay is in neither /etc/default/grub nor the menu.', command: 'grep -n rootdelay /etc/default/grub /boot/grub/grub.cfg' },
      ]);
    },
  },
  hints: [
    'One is a unit that is wanted by a target: a verb of systemctl takes it out of the next boot. The other is a word on the kernel’s command line.',
    'The command line is kept in /etc/default/grub, in GRUB_CMDLINE_LINUX. GRUB does not read this file: after the change its menu has to be generated.',
  ],
  solution: { type: ['systemctl disable storage-wait.service', 'sed -i "s/rootdelay=8 //" /etc/default/grub', 'update-grub'] },
  wrong: [
    { name: 'by blame', type: ['systemctl disable image-index.service'], hint: 'The longest bar' },
    { name: 'a required unit is masked', type: ['systemctl mask systemd-user-sessions.service'], hint: 'most of them are the boot itself' },
    { name: 'the unit alone', type: ['systemctl disable storage-wait.service'], hint: 'Take this one word out' },
    { name: 'the menu alone', type: ['systemctl disable storage-wait.service', 'sed -i "s/rootdelay=8 //" /boot/grub/grub.cfg'], hint: 'The next kernel update' },
    { name: 'no new menu', type: ['systemctl disable storage-wait.service', 'sed -i "s/rootdelay=8 //" /etc/default/grub'], hint: 'GRUB reads the generated menu only' },
    { name: 'the parameter alone', type: ['sed -i "s/rootdelay=8 //" /etc/default/grub /boot/grub/grub.cfg'], hint: 'need not be started at boot' },
  ],
};

export const proof = again({
  title: 'Measure again',
  script: `${STATE}\n${TIMES}\nread up idle < /proc/uptime; echo "up $up"; echo "idle $idle"`,
  judge(seen, { stdout }, baseline) {
    if (seen.has('rootdelay')) return fail('This is still the slow boot: rootdelay is on its command line.', 'What you changed is read at the next start. Restart the machine from its shell.');
    const state = unmended(stdout, baseline);
    if (state !== undefined) return state;
    const units = unitsShown(stdout);
    const storage = units.get('storage-wait.service');
    if (!/^activ/.test(units.get('image-index.service')?.ActiveState ?? '')) return fail('image-index.service has not been started in this boot.', 'It belongs to this node. Look at its status.');
    if (/^activ/.test(storage?.ActiveState ?? '') && /user-sessions/.test(storage?.Before ?? '')) return fail('storage-wait.service has run in this boot.', 'Something else still starts it. Find out what wants it, then restart.');
    const reached = at(seen, 'reached');
    if (reached === 0) return fail('multi-user.target is not reached yet.', 'Wait until the boot has ended, then check again.');
    // Idle seconds before the target: of those after it, none can be more than the time that has passed since. A busy host does not change them.
    const waited = Math.max(0, Number(seen.get('idle') ?? 0) - Math.max(0, Number(seen.get('up') ?? 0) - reached));
    if (waited > 0.4 * DELAYS) return fail(`This boot has waited ${waited.toFixed(1)} s with nothing to do before it reached its target.`, 'At least 60 % of the waiting has to go. Look at the critical chain of this boot once more.');
    return pass([{ statement: `multi-user.target reached ${reached.toFixed(1)} s after the start of the kernel; the processor had nothing to do for ${waited.toFixed(1)} s of them. The two delays were ${DELAYS} s.`, command: 'systemd-analyze; cat /proc/uptime' }]);
  },
  hints: [
    'A faster boot is a claim about a boot. Which one have you measured since the repair?',
    'Restart from the shell, keep your hands off, and wait until systemd-analyze answers.',
  ],
  then: ['systemctl is-system-running --wait'],
  early: ['the slow boot is measured again', 'read at the next start'],
});
