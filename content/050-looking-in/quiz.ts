import type { Quiz } from '../../src/lab/quiz.ts';

export default {
  predictions: [
    {
      id: 'size-zero',
      ask: '`ls -l /proc/meminfo` shows a size of 0. What does `wc -c < /proc/meminfo` count?',
      options: [
        { text: '0: an empty file has no bytes', because: 'The size is what the file system notes for the file, and here nobody has noted anything.' },
        { text: 'More than a thousand bytes', right: true, because: 'The text is made when it is read. Nobody knows its length before, so the size is given as 0.' },
        { text: 'An error: the file cannot be read as a whole', because: 'It is read like any other: open, read until the end, close.' },
      ],
    },
    {
      id: 'log-as-student',
      ask: 'On this node the user `student` types `dmesg`. What does student see?',
      options: [
        { text: 'The whole log: it is only read', because: 'Reading is what is restricted: the log holds addresses and other users’ crashes.' },
        { text: 'Nothing, without a word', because: 'Then an empty log and a forbidden one could not be told apart. The kernel refuses with an error number.' },
        { text: 'A refusal: `Operation not permitted`', right: true, because: '`kernel.dmesg_restrict` is 1, and student has no `CAP_SYSLOG`.' },
      ],
    },
    {
      id: 'inside-netns',
      ask: 'A shell in a new network and UTS namespace sets its host name and reads three keys. Which of them has a value of its own there?',
      several: true,
      options: [
        { text: '`kernel.hostname`', right: true, because: 'It belongs to the UTS namespace.' },
        { text: '`net.ipv4.ip_forward`', right: true, because: 'It belongs to the network namespace. It reads 0 as on the node, and is another variable.' },
        { text: '`vm.swappiness`', because: 'There is one for the whole machine. Whoever may write it in a container changes the node.' },
      ],
    },
  ],
  questions: [
    {
      id: 'restarted-or-not',
      scene: 'After an upgrade a service still shows the behaviour that the upgrade was to remove. `dpkg` lists the new version.',
      ask: 'Which look settles whether the running process is the old program?',
      options: [
        { text: '`ls -l /proc/PID/exe`', right: true, because: 'The link belongs to the process. `(deleted)` behind the path says that the file it runs has been replaced since.' },
        { text: 'The version that the program prints with `--version`', because: 'That starts the new program and asks it. The old one goes on running beside it.' },
        { text: 'The time stamp of the program file', because: 'It says when the file was written, and nothing about processes that opened the file before.' },
      ],
    },
    {
      id: 'disk-full-no-file',
      scene: '`df` says that /var is full. `du` over all of /var finds a tenth of that.',
      ask: 'Where is the rest?',
      options: [
        { text: 'In reserved blocks of ext4, which `du` does not count', because: 'The reserve is a few percent, and `df` shows it as neither used nor available.' },
        { text: 'In deleted files that a process still holds open: look for `(deleted)` below `/proc/*/fd`', right: true, because: 'The name is gone, the inode and its blocks stay until the last descriptor is closed.' },
        { text: 'In the page cache, until somebody drops it', because: 'The page cache is memory. It never fills a disk.' },
        { text: 'Nowhere: `df` reads a stale counter', because: 'The counter of free blocks is what the file system allocates from. If it says full, writes fail.' },
      ],
    },
    {
      id: 'free-memory',
      scene: 'An alarm fires because `MemFree` of a node is at 3 %. `MemAvailable` is at 61 %, and the pressure file of memory shows zeros.',
      ask: 'What do you do?',
      options: [
        { text: 'Change the alarm: nobody waits for memory', right: true, because: 'Memory that holds clean cache is used and can be given away. `MemAvailable` estimates it; pressure measures whether anyone has waited.' },
        { text: 'Drop the caches, so that memory is free again', because: 'That throws away data that was useful, and the disk reads it again. The number looks better, the node is slower.' },
        { text: 'Evict pods before the OOM killer comes', because: 'It comes when nothing can be reclaimed. Here more than half can.' },
      ],
    },
    {
      id: 'error-nobody-wrote',
      scene: '`dmesg` shows `EXT4-fs error (device sda1)`. `dmesg --kernel` does not.',
      ask: 'What follows?',
      options: [
        { text: 'The error was corrected meanwhile', because: 'The log is a record of what was said. Nothing takes a line out because it is no longer true.' },
        { text: 'A program wrote the line through /dev/kmsg', right: true, because: 'Only the kernel writes with the facility `kern`. What the option leaves out has another author.' },
        { text: 'The ring buffer has lost the line between the two commands', because: 'The oldest lines are lost first, and then from both outputs.' },
      ],
    },
    {
      id: 'sysctl-p',
      scene: 'On Debian 13 a colleague writes `net.core.somaxconn = 8192` into /etc/sysctl.conf and runs `sysctl -p`. The value is there. After the next reboot it is 4096.',
      ask: 'Why?',
      options: [
        { text: '8192 is above the maximum, so the boot corrects it', because: 'The kernel took it at once. What it takes by hand it takes at boot.' },
        { text: 'Nothing reads that file at boot any more', right: true, because: 'systemd-sysctl reads `*.conf` in the folders named sysctl.d. The link that led from there to /etc/sysctl.conf is gone since Debian 13.' },
        { text: '`sysctl -p` has to be repeated with `--save`', because: 'There is no such option. Saving is a file in /etc/sysctl.d.' },
      ],
    },
    {
      id: 'accepted',
      scene: 'A pull request sets `net.ipv4.tcp_syncookies = 9` in a pool. It was tried: the command printed no error, and the key reads 9.',
      ask: 'What has been shown?',
      options: [
        { text: 'That 9 is a valid setting with a meaning of its own', because: 'The documented values are 0, 1 and 2. The handler of this key checks that the number fits into a byte, no more.' },
        { text: 'That the kernel stores the number', right: true, because: 'A handler checks what its author thought of. Whether the behaviour changed has to be looked at in the behaviour.' },
        { text: 'Nothing: without a reboot sysctls do not apply', because: 'A write to `/proc/sys` takes effect at once. A reboot is what would take it away.' },
      ],
    },
    {
      id: 'pod-meminfo',
      scene: 'A program in a pod with a limit of 512 MiB reads `MemTotal` in /proc/meminfo, sizes its cache for 64 GiB, and is killed.',
      ask: 'Which sentence is true?',
      options: [
        { text: 'The runtime forgot to mount a fresh /proc', because: 'It is mounted anew, which changes the list of processes. `meminfo` is no property of any namespace.' },
        { text: '/proc/meminfo describes the machine; the limit is in the cgroup', right: true, because: 'A program that wants its limit reads `memory.max` of its own cgroup, as runtimes that know of containers do.' },
        { text: 'The limit was set too late, after the program had started', because: 'Even a limit from the first moment is not visible in `meminfo`.' },
      ],
    },
  ],
} satisfies Quiz;
