import { fail } from '../../../src/lab/verdict.ts';
import { asNobody, logOf, refusalStep } from './refusal.ts';

const boundTo = (log: string): { readonly port: number; readonly result: string } | undefined => {
  const [, port, result] = /bind\(.*htons\((\d+)\).*\) = (.*)/.exec(log) ?? [];
  return port === undefined || result === undefined ? undefined : { port: Number(port), result };
};

const bind = (port: string | undefined): RegExp => new RegExp(`\\bbind\\(.*sin6?_port=htons\\(${port ?? ''}\\)`);

export const lowPort = refusalStep({
  id: 'low-port',
  title: 'A port below 1024',
  errno: { name: 'EACCES', number: 13 },
  subsystem: 'the network stack',
  owner: 'A port is not a file and has no mode. `inet_bind` compares the number with a sysctl of the network namespace, and asks for a capability.',
  call: (known) => bind(known.get('low')),
  instead(log, known) {
    const bound = boundTo(log);
    if (bound === undefined) return fail(`${logOf('low-port')} shows no bind at all.`, 'A program that only connects never binds by itself. Start a server: `busybox httpd -f -p PORT` is one.');
    if (bound.port > 1023) return fail(`Port ${bound.port} is not privileged.`, 'Only ports below `net.ipv4.ip_unprivileged_port_start`, 1024 here, need a right. Take the one in `/var/lab/low-port`.');
    if (String(bound.port) !== known.get('low')) return fail(`The log is about port ${bound.port}.`, 'The port of this session stands in `/var/lab/low-port`.');
    return fail(`bind answered ${bound.result}, which is no refusal for want of a right.`, 'Who ran it? The user `nobody` has no capability at all.');
  },
  solution: asNobody('low-port', 'busybox httpd -f -p $(cat /var/lab/low-port)'),
  hints: [
    'Run a small server as the user `nobody`, below `strace`. `runuser -u USER -- COMMAND` runs a command as somebody else.',
    '`busybox httpd` stays in the foreground with `-f` and takes the port with `-p`. `strace` wants `-f` and `-o FILE` in front of it.',
    'Find the line of `bind` in the log. Behind `= -1` stands the name, and behind it what `perror` would say.',
  ],
  wrong: [
    { name: 'as root', type: [`timeout 2 strace -f -o ${logOf('low-port')} busybox httpd -f -p $(cat /var/lab/low-port)`], hint: 'The file belongs to whoever ran' },
    { name: 'a port that anybody may have', type: [`runuser -u nobody -- timeout 2 strace -f -o ${logOf('low-port')} busybox httpd -f -p 3080`], hint: 'need a right' },
    { name: 'a client', type: [asNobody('low-port', 'busybox nc 127.0.0.1 $(cat /var/lab/low-port)')], hint: 'never binds by itself' },
    { name: 'the English of another errno', type: [asNobody('low-port', 'busybox httpd -f -p $(cat /var/lab/low-port)')], enter: { 'low-port-errno': 'EPERM' }, hint: 'mean two things' },
    { name: 'the mode of a file', type: [asNobody('low-port', 'busybox httpd -f -p $(cat /var/lab/low-port)')], enter: { 'low-port-owner': 'the VFS and its permission check' }, hint: 'asks for a capability' },
  ],
});

export const busyPort = refusalStep({
  id: 'busy-port',
  title: 'A port that is taken',
  errno: { name: 'EADDRINUSE', number: 98 },
  subsystem: 'the network stack',
  owner: 'The table of bound ports belongs to the protocol, TCP here. No file system, no process and no memory is short of anything.',
  call: (known) => bind(known.get('busy')),
  instead(log, known) {
    const bound = boundTo(log);
    if (bound === undefined) return fail(`${logOf('busy-port')} shows no bind at all.`, 'It takes a second server on the same port, not a client.');
    if (String(bound.port) !== known.get('busy')) return fail(`Nobody listens on port ${bound.port} here.`, 'The port that is taken stands in `/var/lab/busy-port`; `ss -ltn` shows it as well.');
    return fail(`bind answered ${bound.result}.`, 'Does the first server still run? `ss -ltnp` shows who listens. Restart the lab if it is gone.');
  },
  solution: asNobody('busy-port', 'busybox httpd -f -p $(cat /var/lab/busy-port)'),
  hints: [
    'The same server as before, on a port that another process already has.',
    '`/var/lab/busy-port` holds the number. No right helps here: try it as root, and look at the answer.',
  ],
  wrong: [
    { name: 'a free port', type: [`runuser -u nobody -- timeout 2 strace -f -o ${logOf('busy-port')} busybox httpd -f -p 4999`], hint: 'is taken stands in' },
    { name: 'a client', type: [asNobody('busy-port', 'busybox wget -q -O /dev/null http://127.0.0.1:$(cat /var/lab/busy-port)/')], hint: 'not a client' },
    { name: 'rights blamed', type: [asNobody('busy-port', 'busybox httpd -f -p $(cat /var/lab/busy-port)')], enter: { 'busy-port-errno': 'EACCES' }, hint: 'Take the name from your own log' },
    { name: 'processes blamed', type: [asNobody('busy-port', 'busybox httpd -f -p $(cat /var/lab/busy-port)')], enter: { 'busy-port-owner': 'process management' }, hint: 'belongs to the protocol' },
  ],
});

export const secret = refusalStep({
  id: 'secret',
  title: 'A file that is not yours',
  errno: { name: 'EACCES', number: 13 },
  subsystem: 'the VFS and its permission check',
  owner: 'ext4 stores owner and mode, but it is the layer above all file systems that compares them with who asks: the same check serves ext4, tmpfs and `/proc`.',
  call: () => /\bopen(at)?\(.*"\/etc\/shadow"/,
  instead: (log) => (/"\/etc\/shadow"/.test(log)
    ? fail('The log shows /etc/shadow, but not that it could not be opened.', 'Let a program open it for reading. A look at its mode needs no right at all: `stat` is allowed.')
    : fail('The log does not mention /etc/shadow.', 'Give the whole path to a program that reads files, and run it as `nobody`.')),
  solution: asNobody('secret', 'cat /etc/shadow'),
  hints: [
    '`/etc/shadow` has the mode 0640 and belongs to root and the group shadow. `nobody` is neither.',
    'Any program that reads a file will do. The refused call is the one that opens.',
  ],
  wrong: [
    { name: 'another file', type: [asNobody('secret', 'cat /etc/passwd')], hint: 'Give the whole path' },
    { name: 'only a look at it', type: [asNobody('secret', 'stat /etc/shadow')], hint: 'needs no right at all' },
    { name: 'the file system blamed', type: [asNobody('secret', 'cat /etc/shadow')], enter: { 'secret-owner': 'a file system' }, hint: 'the same check serves' },
  ],
});

export const space = refusalStep({
  id: 'space',
  title: 'A full file system',
  errno: { name: 'ENOSPC', number: 28 },
  subsystem: 'a file system',
  owner: 'How much fits is known to one file system only, tmpfs here. There is memory left, as `free` shows; this mount may not have more of it.',
  call: () => /\bwrite\(/,
  instead: () => fail('No write in the log ended for want of space.', 'Write more than 4 MiB below `/var/lab/small`, as `nobody`, with a program that goes on until it cannot: `dd` does.'),
  also: {
    script: 'df --output=avail /var/lab/small | tail -n 1; findmnt -no SIZE /var/lab/small',
    expect(output) {
      const [available, size] = output.split('\n').map((line) => line.trim());
      if (size !== '4M') return fail(`/var/lab/small is ${size === undefined || size === '' ? 'no longer mounted' : `${size} large now`}.`, 'The refusal is about this mount as it was. Restart the lab.');
      return available === '0' ? undefined : fail('/var/lab/small is not full any more.', 'Leave the file that fills it where it is: the check looks at both, the log and the mount.');
    },
  },
  solution: asNobody('space', 'dd if=/dev/zero of=/var/lab/small/fill bs=4k'),
  hints: [
    '`df -h /var/lab/small` shows how much fits. It is a mount of its own, of type tmpfs.',
    '`dd` copies without an end from `/dev/zero`, and stops at the first write that fails. Leave its file there.',
  ],
  wrong: [
    { name: 'not enough', type: [asNobody('space', 'dd if=/dev/zero of=/var/lab/small/fill bs=64k count=8')], undo: ['rm /var/lab/small/fill'], hint: 'goes on until it cannot' },
    { name: 'tidied up at once', type: [asNobody('space', 'dd if=/dev/zero of=/var/lab/small/fill bs=64k'), 'rm /var/lab/small/fill'], hint: 'where it is' },
    { name: 'memory blamed', type: [asNobody('space', 'dd if=/dev/zero of=/var/lab/small/fill bs=64k')], enter: { 'space-owner': 'memory management' }, undo: ['rm /var/lab/small/fill'], hint: 'There is memory left' },
  ],
});

const limited = (program: string): string => `runuser -u nobody -- prlimit --nproc=2 strace -f -o ${logOf('processes')} ${program}`;

export const processes = refusalStep({
  id: 'processes',
  title: 'One process too many',
  errno: { name: 'EAGAIN', number: 11 },
  subsystem: 'process management',
  owner: 'The number of processes of a user is counted where processes are made, and memory was never short. Look at which call failed.',
  call: () => /\b(clone3?|v?fork)\(/,
  instead: (log) => (/\b(clone3?|v?fork)\(/.test(log)
    ? fail('The log shows that processes were made, and none was refused.', 'Set a limit for `nobody` that is used up. The tracer is a process as well, and so is the shell below it.')
    : fail('Nothing in the log ever made a process.', 'A program that has itself replaced makes none. Let a shell run a program and go on: `sh -c "ls; true"`.')),
  solution: limited('sh -c "ls /; true"'),
  hints: [
    '`RLIMIT_NPROC` is how many processes one user may have; `prlimit --nproc=N COMMAND` sets it for a command and its children.',
    'Tracer and shell are two. Choose N so that they still fit, and that what the shell starts does not.',
  ],
  wrong: [
    { name: 'no limit', type: [asNobody('processes', 'sh -c "ls /; true"')], hint: 'that is used up' },
    { name: 'nothing that forks', type: [limited('true')], hint: 'has itself replaced' },
    { name: 'memory blamed', type: [limited('sh -c "ls /; true"')], enter: { 'processes-owner': 'memory management' }, hint: 'was never short' },
  ],
});
