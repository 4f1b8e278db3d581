import type { Act } from '../../../src/lab/act.ts';
import type { Lab } from '../../../src/lab/lab.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';
import { notUnaided } from '../../../src/lab/next-boot.ts';
import { bashOf, inside, intoBash } from './inside.ts';

const accounts = `echo "root $(getent shadow root | cut -d : -f 2)"
echo "student $(getent shadow student | cut -d : -f 2)"`;
const probe = `${BOOT_ID}
${accounts}
echo "cmdline $(cat /proc/cmdline)"`;

/** passwd asks twice and shows nothing. */
const newPassword = (user: string): readonly Act[] => [{ line: `passwd ${user}`, until: 'password' }, { line: 'node-1-at-0310', until: 'password' }, 'node-1-at-0310'];
const killed = /Kernel panic - not syncing: Attempted to kill init! exitcode=(0x[0-9a-f]{8})/;
const student = /^student@node-1:\S*\$ /m;

const reset: Step = {
  id: 'password',
  title: 'A password, and on with the boot',
  check: {
    probe: { kind: 'boots', script: probe },
    expect({ boots, up, stdout }, { baseline }) {
      const last = boots.at(-1) ?? '';
      const bash = bashOf(last);
      const [seen, before] = [values(stdout), values(baseline)];
      const hash = seen.get('root') ?? '';
      if (!up) {
        if (killed.test(last)) return fail('The shell has ended, and the kernel with it.', 'Process 1 may not end: the shell has to become the next program, in place, without leaving. Press Reset and begin this boot anew.');
        if (bash === undefined) return fail('The machine is not up.', 'Look at the console: how far did this boot get?');
        if (/init: required argument missing|telinit|not been booted with systemd/.test(bash)) return fail('init was started as a child of the shell, and refused.', 'Only process 1 can be the init. A shell command replaces the shell by a program and keeps its number.');
        if (!/password updated successfully/.test(bash)) {
          return /Authentication token|password unchanged|Read-only/.test(bash)
            ? fail('passwd could not write the new password.', 'Look at the fourth word of the line that you have recorded: nobody has made the file system writable in this boot. An option of mount does, without unmounting it.')
            : fail('No password has been changed in this boot yet.', 'You are root in this shell: nobody will ask for the old one.');
        }
        return fail('The password is changed, and the machine is not up.', 'Let the boot go on from here, in this very process, until the login.');
      }
      if (hash === before.get('root') || hash === '') {
        if (seen.get('student') !== before.get('student')) return fail('The password of student has changed; that of root is still the one that nobody knows.', 'Say which account you mean when you set it.');
        return fail('The password of root is still the one that nobody knows.', hash === '' ? 'It is empty now: anybody is root. Set one.' : 'It cannot be changed from this login. Go back into the shell that is process 1.');
      }
      if (!hash.startsWith('$')) return fail('root has no password that somebody could type.', 'Set one with the tool that asks for it twice.');
      if (bash === undefined || !student.test(bash)) return fail('This boot did not come through your shell.', 'Do it once more in one boot: shell, password, and from the shell on to the login.');
      return pass([
        { statement: 'The password hash of root is a new one.', command: 'getent shadow root' },
        { statement: `The same boot went on to the login; its command line: ${seen.get('cmdline')}`, command: 'cat /proc/cmdline' },
      ]);
    },
  },
  hints: [
    'You are root and the file system is read-only. One of the two helps you, the other has to change first.',
    'mount has an option that changes the flags of what is mounted already. Then the usual tool sets the password of the account that you name.',
    'The shell is process 1, and process 1 is what /sbin/init wants to be. The shell’s own `exec` runs a program in place of the shell.',
  ],
  solution: { type: ['mount -o remount,rw /', ...newPassword('root'), { line: 'exec /sbin/init', until: 'shell' }] },
  wrong: [
    { name: 'left read-only', type: newPassword('root'), hint: 'An option of mount does' },
    { name: 'init as a child', type: ['mount -o remount,rw /', ...newPassword('root'), '/sbin/init'], hint: 'Only process 1 can be the init' },
    { name: 'the shell left', type: ['mount -o remount,rw /', ...newPassword('root'), { line: 'exit', until: 'panic' }], hint: 'Process 1 may not end' },
    { name: 'the wrong account', type: ['mount -o remount,rw /', ...newPassword('student'), { line: 'exec /sbin/init', until: 'shell' }], hint: 'which account you mean' },
  ],
};

const end: Step = {
  id: 'end',
  title: 'When process 1 ends',
  fields: [{ kind: 'line', id: 'exitcode', label: 'exitcode in the panic’s first line', placeholder: '0x…' }],
  check: {
    probe: { kind: 'boots' },
    expect({ boots }, { entries }) {
      const last = boots.at(-1) ?? '';
      const bash = boots.map(bashOf).findLast((text) => text !== undefined && killed.test(text));
      const code = entered(entries, 'exitcode').toLowerCase();
      if (bash === undefined) {
        return bashOf(last) !== undefined && !student.test(last)
          ? fail('The shell is still process 1, and still there.', 'A signal does not end it: the kernel drops signals for which process 1 has no handler, SIGKILL as well. Let the shell end by itself, with a status that is not 0.')
          : fail('No shell of this lab has ended as process 1.', 'Boot into it once more, and leave it as you leave any shell, with a status of your choice.');
      }
      const printed = killed.exec(bash)?.[1] ?? '';
      if (code === '') return fail('The panic’s exitcode is not recorded.', 'It stands behind the words "Attempted to kill init!".');
      if (code !== printed) return fail(`The kernel did not print ${code}.`, 'Copy the number with 0x and all its zeros. It is the status as wait() would give it: the value that you gave to exit stands in its second byte.');
      if (printed === '0x00000000') return fail('The shell ended with status 0.', 'The panic came all the same; but 0 shows nothing of how the kernel writes the status. Once more, with a number from 1 to 255 behind exit.');
      return pass([{ statement: `Process 1 ended, and the kernel panicked: Attempted to kill init! exitcode=${printed}`, command: 'console of this boot' }]);
    },
  },
  hints: [
    'What this shell does at its end is what any shell does. What the kernel does then is new.',
    'Boot into the shell as before, and leave it with `exit` and a number. The console then stands still.',
  ],
  solution: { type: [...intoBash, { line: 'exit 7', until: 'panic' }], enter: { exitcode: '0x00000700' } },
  wrong: [
    { name: 'only told', enter: { exitcode: '0x00000700' }, hint: 'leave it as you leave any shell' },
    { name: 'a signal', type: [...intoBash, 'kill -9 $$'], enter: { exitcode: '0x00000009' }, hint: 'the kernel drops signals' },
    { name: 'the status as typed', type: [...intoBash, { line: 'exit 7', until: 'panic' }], enter: { exitcode: '0x00000007' }, hint: 'in its second byte' },
  ],
};

const normal: Step = {
  id: 'normal',
  title: 'Back to normal',
  check: {
    probe: { kind: 'boots', script: probe },
    expect(output, { baseline }) {
      const [seen, before] = [values(output.stdout), values(baseline)];
      if (!output.up && bashOf(output.boots.at(-1) ?? '') !== undefined) return fail('A shell is process 1 again.', 'For this step the machine has to start as it does every day: nobody at the menu.');
      const wrong = notUnaided(output, before.get('boot') ?? '');
      if (wrong !== undefined) return wrong;
      if (seen.get('root') === before.get('root')) return fail('The password of root is still the one that nobody knows.', 'This boot proves nothing about it. Go back to the second step.');
      if (/(?:^| )init=/.test(seen.get('cmdline') ?? '')) return fail('Each boot now starts another init.', 'The word was meant for one boot. Take it out of the menu.');
      return pass([{ statement: 'The node came up by itself, and the new password of root is on its disk.', command: 'cat /proc/cmdline' }]);
    },
  },
  hints: [
    'A panicked kernel runs nothing any more, so no command will help.',
    'Press the power button, and leave the menu alone. The word you typed was for one boot.',
  ],
  solution: { type: [{ reset: true, until: 'shell' }] },
  wrong: [
    { name: 'stopped at the menu', type: [{ reset: true, until: 'menu' }, { press: ['Down'], until: 'menu' }], hint: 'The console shows how far' },
    { name: 'into the shell again', type: intoBash, hint: 'nobody at the menu' },
  ],
};

export default {
  title: 'PID 1 is special',
  minutes: 25,
  start: 'cold',
  rest: 'shell',
  // The console logs student in, who may not become root; root has a password that nobody knows.
  prepare: `echo "root:$(head -c 18 /dev/urandom | base64)" | chpasswd
rm -f /etc/sudoers.d/student
mkdir -p /etc/systemd/system/serial-getty@ttyS0.service.d
sed -n 's/^ExecStart=.*--autologin root/ExecStart=\\n&/p' /etc/systemd/system/serial-getty@.service | sed '1i [Service]' | sed 's/--autologin root/--autologin student/' > /etc/systemd/system/serial-getty@ttyS0.service.d/student.conf
grep -q 'autologin student' /etc/systemd/system/serial-getty@ttyS0.service.d/student.conf`,
  baseline: `${BOOT_ID}; ${accounts}`,
  steps: [inside, reset, end, normal],
} satisfies Lab;
