import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { FIND, look, seen, target } from './target.ts';

/** The port of the process's listening TCP socket: the inode of a descriptor, found in /proc/net/tcp. Source: proc_pid_net(5). */
const portOf = (pid: string) => `for fd in /proc/${pid}/fd/*; do
  inode=$(readlink $fd | sed -n 's/^socket:.\\([0-9]*\\).$/\\1/p')
  [ -n "$inode" ] && awk -v inode=$inode '$10 == inode && $4 == "0A" { print $2 }' /proc/net/tcp | while IFS=: read -r _ hex; do echo $((0x$hex)); done
done`;
const deleted = "for fd in /proc/$p/fd/*; do case $(readlink $fd) in */var/log/ledger/*deleted*) echo ${fd##*/} ;; esac; done";

const right = {
  count: { run: `${FIND}; ls /proc/$p/fd | wc -l` },
  port: { run: `${FIND}; ss -Hltnp | grep "pid=$p," | awk '{ print $4 }' | sed 's/.*://'` },
  hidden: { run: `${FIND}; ${deleted}` },
  bytes: { run: `${FIND}; stat -L -c %s /proc/$p/fd/$(${deleted})` },
};

export const open: Step = {
  id: 'open',
  title: 'What it holds open',
  fields: [
    { kind: 'line', id: 'count', label: 'How many file descriptors it has open' },
    { kind: 'line', id: 'port', label: 'The TCP port on which it listens' },
    { kind: 'line', id: 'hidden', label: 'The descriptor of a log that no directory shows' },
    { kind: 'line', id: 'bytes', label: 'The size of that log, in bytes' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: look({
        count: 'ls /proc/$p/fd | wc -l', port: portOf('$p'), otherPort: portOf('$o'), hidden: deleted,
        bytes: `stat -L -c %s /proc/$p/fd/$(${deleted})`, blocks: `echo $(( $(stat -L -c %b /proc/$p/fd/$(${deleted})) * 512 ))`,
      }),
    },
    expect(output, scene) {
      const found = seen(output, scene);
      if ('verdict' in found) return found.verdict;
      const { sections } = found;
      const [count, port, hidden, bytes] = ['count', 'port', 'hidden', 'bytes'].map((id) => entered(scene.entries, id));
      if (!count || !port || !hidden || !bytes) return fail('Four observations are asked for.', 'The folder fd of the process has a link for each descriptor; a port is known to the network side of the kernel, and ss asks there.');
      if (count !== sections.text('count')) {
        return Number(count) === Number(sections.text('count')) + 1
          ? fail('That is one too many.', 'ls -l begins with a line that says total. Count names, not lines of a long listing.')
          : fail(`The process does not have ${count} descriptors open.`, 'Count the entries of its folder fd, of this process and now.');
      }
      if (port !== sections.text('port')) {
        return port === sections.text('otherPort')
          ? fail(`On ${port} the other ledgerd listens.`, 'The two have one name in the list of sockets. Each line of ss -p ends with the pid: take the line of yours.')
          : fail(`The process does not listen on ${port}.`, 'The kernel has chosen the port, so no argument tells it. Ask for listening TCP sockets, numbers in place of names, with their processes.');
      }
      const { pid } = target(scene);
      const number = hidden.replace(new RegExp(`^(fd *|/proc/${pid}/fd/)`), '');
      if (number !== sections.text('hidden')) return fail(`Descriptor ${hidden} is not that log.`, 'The name of each link in fd is the number. Which of the links ends with a word in brackets?');
      if (bytes !== sections.text('bytes')) {
        if (bytes === '0') return fail('The directory holds 0 bytes of it, the file does not.', 'du and ls walk through names. This file has lost its name and keeps its blocks until the last descriptor is closed: ask through the descriptor.');
        if (bytes === sections.text('blocks')) return fail('That is the room on the disk.', 'The size of a file and the blocks that it fills differ. Record the size.');
        return fail(`The log does not have ${bytes} bytes.`, 'A link in fd has a size of its own, which means nothing: 64 with ls -l. Let the tool follow the link; stat has -L for it.');
      }
      return pass([
        { statement: `It has ${count} descriptors open and listens on TCP port ${port}.`, command: `ls -l /proc/${pid}/fd; ss -ltnp` },
        { statement: `Descriptor ${number} is a deleted log of ${bytes} bytes.`, command: `stat -L -c %s /proc/${pid}/fd/${number}` },
      ]);
    },
  },
  hints: [
    'A long listing of the folder fd shows files, a socket and a link that ends with a word in brackets. A socket shows its inode there, not its port.',
    'ss has an option for each wish: listening, TCP, numeric, processes. Take the line with your pid.',
    'stat with -L follows a link, and -c %s prints a size alone. Give it the path of the link below /proc.',
  ],
  solution: { type: ['ls -l /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/fd', 'ss -ltnp'], enter: right },
  wrong: [
    { name: 'lines of a long listing', enter: { ...right, count: { run: `${FIND}; ls -l /proc/$p/fd | wc -l` } }, hint: 'Count names' },
    { name: 'the port of the other', enter: { ...right, port: { run: `${FIND}; ss -Hltnp | grep ledger | grep -v "pid=$p," | awk '{ print $4 }' | sed 's/.*://'` } }, hint: 'take the line of yours' },
    { name: 'a port from a book', enter: { ...right, port: '8080' }, hint: 'The kernel has chosen the port' },
    { name: 'another descriptor', enter: { ...right, hidden: '1' }, hint: 'ends with a word in brackets' },
    { name: 'what du sees', enter: { ...right, bytes: '0' }, hint: 'keeps its blocks until' },
    { name: 'the size of the link', enter: { ...right, bytes: '64' }, hint: 'a size of its own' },
  ],
};
