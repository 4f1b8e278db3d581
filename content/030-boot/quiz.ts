import type { Quiz } from '../../src/lab/quiz.ts';

export default {
  predictions: [
    {
      id: 'which-stage',
      ask: 'After an update a Debian node stops with `You are in emergency mode` and asks for the root password. Which of these is still a suspect?',
      options: [
        { text: 'The bootloader', because: 'It loaded the kernel, which printed this; its work is done.' },
        { text: 'The initramfs', because: 'The shell that asks for the password lies on the real root: the initramfs has found and mounted it.' },
        { text: 'A line of `/etc/fstab`, or a unit that the base system needs', right: true, because: 'PID 1 runs and could not reach its base targets. The journal names what failed, in its lines with `Dependency failed`.' },
        { text: 'The container image of the failing pod', because: 'No container runtime runs in emergency mode, let alone an image.' },
      ],
    },
    {
      id: 'edited-default',
      ask: 'You add `psi=0` to `GRUB_CMDLINE_LINUX` in `/etc/default/grub` and reboot. What does `/proc/cmdline` show?',
      options: [
        { text: 'The new word: GRUB reads that file', because: 'GRUB reads `grub.cfg` only. `/etc/default/grub` is input for the program that writes it.' },
        { text: 'The same as before', right: true, because: 'Without `update-grub` the menu is still the old one.' },
        { text: 'Nothing: the menu is now invalid', because: 'The menu was not touched at all.' },
      ],
    },
    {
      id: 'two-deaths',
      ask: 'The disk that `root=` names is not there. A machine with an initramfs and one that was started without: how do they end?',
      options: [
        { text: 'Both panic', because: 'The one with an initramfs has a program running, and that program prefers a shell to a panic.' },
        { text: 'Both give a shell', because: 'Without an initramfs and without a root there is no file to run a shell from.' },
        { text: 'With: a shell. Without: a panic', right: true, because: '`/init` gives up politely; the kernel, which has nothing to run, can not.' },
        { text: 'With: a panic. Without: it boots from another disk', because: 'The kernel never looks for another root than the one it was told.' },
      ],
    },
  ],
  questions: [
    {
      id: 'grub-prompt',
      scene: 'A node is `NotReady` since its reboot. The console shows `grub>`. A colleague asks for the kubelet’s logs of the last ten minutes.',
      ask: 'What do you tell them?',
      options: [
        { text: 'Good idea: the kubelet knows why the node is not ready', because: 'The kubelet has not run since the reboot. Its last words are those of the shutdown.' },
        { text: 'There are none: the bootloader has no menu, and neither kernel nor kubelet has run', right: true, because: 'The last stage that left evidence is GRUB. Everything behind it has not been started.' },
        { text: 'Look at the initramfs first, it failed to find the root', because: 'The initramfs is loaded by GRUB’s menu entry, and GRUB has none. It has not run either.' },
      ],
    },
    {
      id: 'emergency',
      scene: 'After a storage migration a node stops in emergency mode. It had one more data disk before.',
      ask: 'Where do you look first?',
      options: [
        { text: 'In the logs of the database that used the disk', because: 'The database is a service, and services have not been started.' },
        { text: '`journalctl -b -p warning` and `/etc/fstab`', right: true, because: 'Firmware, loader, kernel and root have worked. A line for a disk that is gone makes `local-fs.target` fail.' },
        { text: 'In the GRUB configuration: the boot device has changed', because: 'Then the machine would not have got as far as systemd.' },
      ],
    },
    {
      id: 'wrong-root',
      scene: 'Two nodes got a wrong `root=` in the same change. One stands at `(initramfs)`, the other has panicked with `unknown-block(0,0)`.',
      ask: 'What is different between them?',
      options: [
        { text: 'The second was started without an initramfs', right: true, because: 'Without one the kernel itself has to mount the root, with the drivers that are built in: here none.' },
        { text: 'The second has a broken disk', because: 'A broken disk gives read errors with a device number. (0,0) means that no device was found by that name at all.' },
        { text: 'Nothing: which of the two happens is chance', because: 'Both outcomes follow from who tries to mount the root.' },
      ],
    },
    {
      id: 'no-kubelet',
      scene: 'You can log in over ssh. `kubectl` says `NotReady`, `systemctl status kubelet` says `inactive (dead)`.',
      ask: 'Which stage of the boot has failed?',
      options: [
        { text: 'The kernel: it must have panicked', because: 'It answers your ssh session.' },
        { text: 'The stage of the services; everything before it works', right: true, because: 'Login and network are there. The question is now why one unit was not started, and `journalctl -u kubelet -b` begins there.' },
        { text: 'PID 1', because: 'PID 1 started sshd for you, and it is what answers `systemctl`.' },
      ],
    },
    {
      id: 'slow-bios',
      scene: 'A BIOS machine takes four minutes from power to login. `systemd-analyze` says 31 seconds.',
      ask: 'What follows?',
      options: [
        { text: 'The first unit of `systemd-analyze blame` takes the rest', because: 'All units together are inside the 31 seconds.' },
        { text: 'Most of it passes before the kernel starts, which this tool cannot see on BIOS; only the 31 seconds are a case for `critical-chain`', right: true, because: 'On BIOS nobody tells systemd when the power came. Watch the console with a clock.' },
        { text: 'The tool is wrong: the journal has lost messages', because: 'It reads time stamps of PID 1, and those begin with the kernel.' },
      ],
    },
    {
      id: 'pid-1-ends',
      scene: 'Somebody boots with `init=/bin/bash`, mends a file, and types `exit`.',
      ask: 'What happens?',
      options: [
        { text: 'systemd starts and the boot goes on', because: 'Only `exec /sbin/init` does that: it replaces the shell under the same process number.' },
        { text: 'The kernel panics: init has ended', right: true, because: 'The shell is process 1, and process 1 may not end. `kernel/exit.c` says so, whatever the program is.' },
        { text: 'systemd notices and restarts itself', because: 'systemd has not run in this boot: the shell stands in its place.' },
        { text: 'The kernel starts the shell again', because: 'The kernel starts process 1 once. Restarting things is what an init is for.' },
      ],
    },
    {
      id: 'swapped-order',
      scene: 'In an interview you are asked what happens if `sched_init()` is called before `mm_core_init()`.',
      ask: 'Which answer would you give?',
      options: [
        { text: 'Nothing: the order is a matter of style', because: 'Each step may use only what the ones before have set up.' },
        { text: 'It asks for memory before there is an allocator, and dies before the console exists: use an early console to see it', right: true, because: 'Group scheduling allocates. And `console_init()` comes later, so the failure is silent without `earlyprintk` or `earlycon`.' },
        { text: 'The kernel boots, with one CPU only', because: 'The other CPUs are started much later, and by other code.' },
      ],
    },
  ],
} satisfies Quiz;
