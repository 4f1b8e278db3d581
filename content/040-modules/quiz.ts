import type { Quiz } from '../../src/lab/quiz.ts';

export default {
  predictions: [
    {
      id: 'one-node',
      ask: '`modinfo overlay` answers "not found" on one node of a pool and prints a path on the others. What do you compare first?',
      options: [
        { text: 'The manifests of the pods that need overlay', because: 'A manifest says what a pod wants. The tool on the node has looked at files of the node.' },
        { text: '`uname -r` with the folders in `/lib/modules`', right: true, because: 'The tool looks in the tree of the release that runs. After an update, or a boot of another entry, that tree may be missing.' },
        { text: 'The version of containerd', because: 'It asks for overlay as `modinfo` does, and gets the same answer.' },
        { text: 'The memory that is free: the module may have been thrown out', because: 'The kernel never unloads a module for want of memory, and `modinfo` does not look at memory.' },
      ],
    },
    {
      id: 'setting',
      ask: 'A file in `/etc/sysctl.d` sets `net.bridge.bridge-nf-call-iptables = 1`. It is applied early at boot; `br_netfilter` is loaded later, by a program. What is the value in the end?',
      options: [
        { text: '1, from the file', because: 'When the file was applied the setting did not exist, and nobody applies it again.' },
        { text: 'The default of the module', right: true, because: 'The setting comes with the module, with its default (which is 1, others are not). To be sure, load the module by a list: `systemd-modules-load` runs before `systemd-sysctl`.' },
        { text: 'None: the module cannot be loaded any more', because: 'A setting that failed does not hold up a module.' },
      ],
    },
  ],
  questions: [
    {
      id: 'modinfo-fails',
      scene: 'Since last night `modinfo overlay` fails on one node; pods stay in `ContainerCreating`. The kernel package was updated yesterday, and the node was not rebooted.',
      ask: 'What has happened?',
      options: [
        { text: 'The manifests name a driver that this node does not support', because: 'Manifests do not name kernel modules, and this command never saw one.' },
        { text: 'The release that runs has no module tree on the disk any more', right: true, because: 'The old tree went with the update; the old kernel looks for it in vain. Booted release against `/lib/modules` is the comparison.' },
        { text: 'overlay was built into the new kernel', because: 'Then `modinfo` would say `(builtin)`, and only after a boot into it.' },
      ],
    },
    {
      id: 'empty-lsmod',
      scene: 'A check of the fleet fails on one image: "IPv6 module missing". IPv6 works there.',
      ask: 'What is wrong?',
      options: [
        { text: 'The kernel is broken, or IPv6 does not really work', because: 'A feature that works is the better evidence.' },
        { text: 'The check looks in `lsmod` only; here IPv6 is built in', right: true, because: 'Built-in parts are in no list of modules. `modinfo -n ipv6` says `(builtin)`.' },
        { text: 'Somebody has unloaded the module while it was in use', because: 'Then IPv6 would not work.' },
      ],
    },
    {
      id: 'other-release',
      scene: 'A vendor’s `.ko` for 6.1 is copied to a node with 6.12 and inserted.',
      ask: 'What happens, on a kernel with the usual options of a distribution?',
      options: [
        { text: 'It is loaded and damages memory somewhere, later', because: 'That is what the comparison before the load prevents. Only force would get it there.' },
        { text: 'It is refused: "Invalid module format", and the log names the difference', right: true, because: 'The checksum of `module_layout` or the vermagic does not fit, and the kernel returns `ENOEXEC`.' },
        { text: 'The kernel builds it anew', because: 'The kernel builds nothing. DKMS does, from source, when a kernel is installed.' },
      ],
    },
    {
      id: 'taint-12288',
      scene: 'A node that works well reports `tainted` 12288.',
      ask: 'What does the number say?',
      options: [
        { text: 'The kernel has had an oops', because: 'That is 128, D. It is not in the sum.' },
        { text: 'A module from outside the tree, without a valid signature, was loaded', right: true, because: '4096 (O) and 8192 (E). It may be gone from memory by now; the mark stays.' },
        { text: 'A module was loaded by force', because: 'That is 2, F.' },
        { text: 'The module is still loaded', because: 'The mark says what has been since the boot, not what is.' },
      ],
    },
    {
      id: 'panic-in-module',
      scene: 'A node has panicked. Its console shows `RIP: 0010:stor_complete+0x4f/0x120 [vendorstor]` and a call trace.',
      ask: 'What belongs to finding the cause? Choose all that do.',
      several: true,
      options: [
        { text: 'The very `vendorstor.ko` of that kernel, with its debug information', right: true, because: 'Function plus offset leads to a line only in the file that was loaded.' },
        { text: 'The call trace and the marks in `Modules linked in`', right: true, because: 'The faulting function may have been handed the wrong pointer by its caller, or by a neighbour.' },
        { text: 'Looking up the raw address of the instruction in `System.map`', because: 'That map holds the kernel’s own symbols as they were linked: no module is in it, and KASLR has moved everything.' },
        { text: 'kdump for the next time, and the module blocked if the node can do without', right: true, because: 'A dump shows the memory as it was. A block stops the bleeding meanwhile.' },
      ],
    },
    {
      id: 'agent-as-module',
      scene: 'A team wants to ship its monitoring agent as a kernel module: "we need each system call, and nothing is faster".',
      ask: 'What do you answer?',
      options: [
        { text: 'Good: code in the kernel is faster, and so it is better', because: 'Speed is the smallest difference. eBPF programs are compiled to machine code as well.' },
        { text: 'Its faults would be the machine’s, and it must fit each kernel; the same hooks exist for eBPF, which is verified before it runs', right: true, because: 'Blast radius and the lack of a stable interface decide. The verifier checks memory accesses, types and that the program ends.' },
        { text: 'Good, if it is signed: a signature proves that it is safe', because: 'A signature says who built it. It says nothing about what it does.' },
        { text: 'eBPF cannot do it: it allows no loops', because: 'Bounded loops are allowed since 5.3.' },
      ],
    },
    {
      id: 'kaslr-stops',
      scene: 'The kernel of a node lies at another address after each boot.',
      ask: 'What does that stop?',
      options: [
        { text: 'Exploits with addresses written into them, until some address leaks', right: true, because: 'One pointer from the kernel gives away the offset of all of it.' },
        { text: 'Unknown modules from being loaded', because: 'That is the work of signatures and lockdown.' },
        { text: 'The need to patch: addresses cannot be guessed', because: 'A bug that needs no address, or that reveals one, works as before.' },
      ],
    },
    {
      id: 'minimal-kernel',
      scene: 'A node image was slimmed: fewer packages, a smaller kernel package. Now pods with volumes of one storage class fail with "unknown filesystem type".',
      ask: 'What is the first thing to look at?',
      options: [
        { text: 'The storage backend: it does not answer', because: 'The error speaks of a type of file system, and comes from the node before any block is read.' },
        { text: 'Whether the file system’s module is in the tree of this kernel, or in a package that was left out', right: true, because: 'Distributions split rare modules off. `modinfo` and the package list tell, in a minute.' },
        { text: 'The claim’s size', because: 'A size that does not fit gives another error, from another layer.' },
      ],
    },
    {
      id: 'library-or-module',
      ask: 'What does a module have in common with a shared library?',
      options: [
        { text: 'Both run with the rights of the process that loads them', because: 'A module runs with those of the kernel, whoever has loaded it.' },
        { text: 'Both are linked at run time into something that is running already', right: true, because: 'Symbols are looked up and addresses patched. Privilege, what may be called and what a fault costs all differ.' },
        { text: 'Both may use the C library', because: 'There is no C library in the kernel; it has functions of its own, and exports some.' },
      ],
    },
    {
      id: 'built-apart',
      scene: 'For an appliance somebody proposes Linux "with the risky driver as a module, so that it is isolated".',
      ask: 'Is it?',
      options: [
        { text: 'Yes: a module has its own address space', because: 'It shares that of the kernel. It has none of its own.' },
        { text: 'No: it is separate in the build and on the disk, and one with the kernel when it runs', right: true, because: 'For isolation at run time the driver has to be a process: in a microkernel, or in user space with VFIO or UIO, or in a virtual machine of its own.' },
        { text: 'Yes, as long as it is signed', because: 'A signature is checked at load and does nothing afterwards.' },
      ],
    },
  ],
} satisfies Quiz;
