import type { CheatSheet } from '../src/lab/cheat-sheet.ts';

// Grows with the modules, and has to stay on two printed sides. Take a command that decides something, in the words a page typed.
export default [
  {
    title: 'Kernel and boot',
    rows: [
      { command: 'cat /proc/cmdline', on: 'boot', asks: 'With which parameters did this kernel start?', healthy: 'What the runbook of the pool says.', otherwise: 'A parameter too many or too few: it stands in `/etc/default/grub` or in `/etc/default/grub.d`, or somebody typed it in GRUB’s editor.' },
      { command: "dmesg | grep -E 'Linux version|BIOS-e820|Freeing unused|Run /init' | cut -c 1-76", on: 'boot', asks: 'How far did the kernel come, and when?', healthy: 'All four, the last within seconds.', otherwise: 'The last line that is there names the stage; look at what comes after it in the full log.', node64: 'On UEFI the memory map comes from EFI, in lines of the same name.' },
      { command: "lsinitramfs /boot/initrd.img-$(uname -r) | grep -E '^init$|\\.ko$|scripts/local$'", on: 'boot', asks: 'Does the initramfs hold the driver of the root disk?', healthy: '`init` and the modules of disk and file system.', otherwise: 'No driver and not built in: the next boot ends at `(initramfs)`. Rebuild it with update-initramfs.', node64: 'Modules end in `.ko.xz` or `.ko.zst` there.' },
      { command: 'readlink /proc/1/exe', on: 'boot', asks: 'Which program is process 1?', healthy: 'systemd.', otherwise: 'A shell: somebody booted with `init=`. Nothing supervises anything.' },
      { command: 'systemd-analyze | head -n 1', on: 'boot', asks: 'Where did the boot spend its time?', healthy: 'The figures of yesterday.', otherwise: 'A larger kernel part: driver or `rootdelay=`. A larger userspace part: look at the critical chain.', node64: 'UEFI adds the times of firmware and loader.' },
      { command: "systemd-analyze critical-chain --no-pager | sed -n '4,8p'", on: 'boot', asks: 'Which unit did the others wait for?', healthy: 'No `+` of several seconds.', otherwise: 'The unit with the large `+` on this chain. What `blame` lists elsewhere delays nobody.' },
      { command: "grep ' _text$' /boot/System.map-$(uname -r) /proc/kallsyms | cut -d : -f 2", on: 'boot', asks: 'Did KASLR move the kernel?', healthy: 'Two different addresses.', otherwise: 'The same: `nokaslr`. Zeros: `kptr_restrict` hides them, and says nothing of KASLR.' },
    ],
  },
  {
    title: 'Modules',
    rows: [
      { command: "lsmod | grep '^jbd2 '", on: 'node/evidence', asks: 'Is this module loaded?', healthy: 'A line; its last columns say who uses it.', otherwise: 'No line: not loaded, which is no fault yet. Ask `modinfo -n` next.' },
      { command: 'modinfo -n vxlan', on: 'node/evidence', asks: 'Could this kernel load it?', healthy: 'A path below the running release, or `(builtin)`.', otherwise: '“Module … not found”: not for this release. Which release has it, and which one runs?' },
      { command: 'zgrep LANDLOCK= /proc/config.gz', on: 'node/evidence', asks: 'Was this kernel built with it?', healthy: '`=y` built in, `=m` as a module.', otherwise: 'No line: not built. No command will bring it; another kernel will.', node64: 'Many distributions have `/boot/config-$(uname -r)` in place of `/proc/config.gz`.' },
    ],
  },
  {
    title: 'Logs, refusals and system calls',
    rows: [
      { command: 'strace -e trace=bind busybox httpd -f -p 80', on: 'kernel', asks: 'Why can a server not listen?', healthy: '`bind(…) = 0`.', otherwise: '`EACCES`: a right is missing. `EADDRINUSE`: somebody else has the port, and `ss -ltnp` names the owner.' },
      { command: 'namei -l /etc/shadow', on: 'kernel/five-refusals', asks: 'Which part of a path refuses?', healthy: 'Each folder has an `x` for who asks, the file an `r`.', otherwise: 'The first line without it. If all have it: an access control list or a security module.' },
      { command: "ps -eo wchan:24,comm --sort comm | grep -E 'bash|systemd' | uniq", on: 'kernel', asks: 'Where in the kernel does a process wait?', healthy: '`do_epoll_wait`, `do_wait`, `futex_wait`: for work.', otherwise: 'A function of the block layer, of a file system or of NFS: look at that device or server.' },
      { command: 'cat /sys/devices/system/clocksource/clocksource0/current_clocksource', on: 'system-calls', asks: 'Can programs tell the time without a system call?', healthy: '`tsc`.', otherwise: '`hpet` or `acpi_pm`: each question is a real call; the log says when and why.', node64: '`kvm-clock` and `hyperv_clocksource_tsc_page` are as good.' },
      { command: "dmesg -x | grep -E 'EXT4|systemd.1.: Detected'", on: 'node/evidence', asks: 'Who wrote this line, and how urgent is it?', healthy: '`kern  :info`.', otherwise: 'Facility `user` or `daemon`: a program wrote it, not the kernel.' },
      { command: 'strace -c -S calls -U calls,errors,name true', on: 'node/evidence', asks: 'Which system calls does it make, and how often?', healthy: 'Some tens to start a program.', otherwise: 'Thousands of one kind: small reads, polling, or a directory walked twice.', node64: 'Other names (`mmap` for `mmap2`, `newfstatat` beside `statx`) and other totals.' },
    ],
  },
] satisfies CheatSheet;
