import type { Quiz } from '../../src/lab/quiz.ts';

export default {
  predictions: [
    {
      id: 'fallback',
      ask: 'After a reboot one node of a pool runs kube-proxy in iptables mode; the others run it in IPVS mode, as designed. All are `Ready`, and Services work on all of them. Is the node healthy?',
      options: [
        { text: 'Yes: `Ready` is what healthy means', because: '`Ready` says that the kubelet, its runtime and the network plugin report. It knows nothing of the design.' },
        { text: 'No: it is not the node that was designed, and something has decided that by itself', right: true, because: 'It works tonight. It balances by other rules, and whatever removed IPVS here is still unknown and may meet the next node.' },
        { text: 'Yes, as long as no user complains', because: 'Complaints come late, from the busiest hour. The difference can be seen now.' },
        { text: 'No: a Service cannot work in two modes in one cluster', because: 'Each node forwards for its own pods, by its own rules. Two modes side by side do work.' },
      ],
    },
    {
      id: 'looking-loads',
      ask: '`ip_vs` is not in memory. You type `ipvsadm -Ln`, which lists the table of IPVS and changes no rule. What does the node look like afterwards?',
      options: [
        { text: 'As before: listing reads, and reading changes nothing', because: 'That holds for files such as `/proc/modules`. This tool talks to a part of the kernel, and that part has to be there first.' },
        { text: 'As before, and the tool reports an error', because: 'It would, if there were no module. Here one lies ready for the running release.' },
        { text: 'It has `ip_vs` in memory, with the modules it depends on', right: true, because: 'To have a table to list, IPVS is loaded. The evidence you came for is now of your own making.' },
      ],
    },
    {
      id: 'three-witnesses',
      ask: 'The release is newer than 5.7, the configuration says `CONFIG_BPF_LSM=y`, `bpf` stands in the list of active security modules. Can an eBPF program be attached to an LSM hook on this machine?',
      options: [
        { text: 'Yes: version and configuration are the definition of a feature', because: 'They describe what was compiled. Whether an architecture can do its part is a third thing.' },
        { text: 'No, and none of these three could have told', right: true, because: 'Attaching needs a trampoline, code that the architecture has to provide. 64-bit x86 does, 32-bit x86 does not.' },
        { text: 'Yes, but only for root', because: 'Rights are asked later. Root meets the same missing piece.' },
      ],
    },
    {
      id: 'newer-call',
      ask: 'A program in an image uses a system call that came with Linux 6.13. The node runs 6.12. What happens?',
      options: [
        { text: 'The runtime compares the versions and does not start the container', because: 'An image says for which architecture it was built, and for no kernel release. Nobody compares.' },
        { text: 'The call works: the image brings the newer C library along', because: 'The library makes the call, the kernel answers it. A library can imitate some calls with older ones, and has no way to add one.' },
        { text: 'The kernel answers `ENOSYS`, and the program falls back to something older or fails', right: true, because: 'An unknown number is an ordinary error. What comes of it was decided by whoever wrote the program.' },
        { text: 'The kernel kills the process with `SIGSYS`', because: 'That is what a seccomp filter may do with a call that it forbids. The kernel itself returns an error for an unknown number.' },
      ],
    },
  ],
  questions: [
    {
      id: 'not-in-lsmod',
      scene: 'A node admits no pods. A colleague finds no `overlay` in the output of `lsmod` and writes into the channel: "this kernel has no overlay file system, we need another image".',
      ask: 'What do you answer?',
      options: [
        { text: 'Agreed: what `lsmod` does not show, the kernel cannot do', because: '`lsmod` lists modules in memory. A module on disk, and a feature that is built in, are not in it.' },
        { text: 'Ask `modinfo` and the kernel’s configuration first: it may be available, or built in', right: true, because: 'Loaded, available, built in and absent are four states, and only the last one needs another kernel.' },
        { text: 'Load it on all nodes at once, then it will show', because: 'That is a change to the pool before anybody knows the state of one node, and it is gone after the next reboot.' },
      ],
    },
    {
      id: 'ready-and-broken',
      scene: 'After a reboot into a new kernel, the node reports `Ready`. New pods on it cannot reach any Service.',
      ask: 'Can both be true?',
      options: [
        { text: 'No: `Ready` means that networking was tested', because: 'The condition is the kubelet’s report about itself, its runtime and its network plugin; no packet to a Service is sent for it.' },
        { text: 'Yes: the condition does not ask the kernel for the mechanism that forwards to Services', right: true, because: 'kube-proxy needs nf_tables, ip_tables or ip_vs from the kernel, and none of them is part of the condition.' },
        { text: 'Yes, but only until the kubelet restarts', because: 'A restart of the kubelet changes nothing in what the kernel offers.' },
      ],
    },
    {
      id: 'proxy-without-ipvs',
      scene: 'A pool of minimal nodes got a new kernel package. kube-proxy is configured for IPVS mode and ends a second after each start; Services are dead on these nodes.',
      ask: 'Which of these belong in the plan?',
      several: true,
      options: [
        { text: '`modinfo -n` for `ip_vs` and its scheduler, against `uname -r`', right: true, because: 'Minimal kernels often put such modules into a package of their own, and it has to be the one of the running release.' },
        { text: 'Restart kube-proxy until it falls back to iptables', because: 'It does not fall back any more: it logs an error and ends. Each start meets the same kernel.' },
        { text: 'A way to the nftables mode for the pool', right: true, because: 'IPVS mode is deprecated since 1.35. Mending the module is for tonight.' },
        { text: 'Load `overlay`, since pod traffic is broken', because: '`overlay` stacks image layers. It has nothing to do with packets.' },
      ],
    },
    {
      id: 'storage-driver',
      scene: 'On a node with a minimal kernel, no container starts. The runtime logs: failed to mount overlay, no such device.',
      ask: 'What is the first step?',
      options: [
        { text: 'Delete the images and pull them again', because: 'The layers are whole. What is missing is the file system that would stack them.' },
        { text: 'Format the disk below `/var/lib/containerd` anew', because: 'A damaged disk gives I/O errors. "No such device" from `mount` means that the kernel knows no file system of this name.' },
        { text: '`uname -r`, then `modinfo -n overlay`, the configuration, and `dmesg`', right: true, because: 'They tell apart: built in, a file for this release, a file only for another release, never built. Each has another mending.' },
        { text: 'Switch the runtime to another storage driver', because: 'That may be an emergency exit. As a first step it hides which node has drifted, and why.' },
      ],
    },
    {
      id: 'wants-old-kernel',
      scene: 'A legacy service refuses to start: "supported kernels: 3.10". Its team puts it into an image based on CentOS 7, where `uname -r` prints 6.12.',
      ask: 'What will help?',
      options: [
        { text: 'An even older base image', because: 'An image holds user space. `uname` asks the kernel of the node, whatever the image is.' },
        { text: 'Mending the check in the program, or a virtual machine that runs the old kernel', right: true, because: 'If only the check is wrong, mend the check. If it truly needs the old kernel, it needs a kernel of its own.' },
        { text: 'A privileged container', because: 'It gets more rights towards the same kernel.' },
        { text: 'Mounting `/lib/modules` of a CentOS node into the pod', because: 'Modules of another release are refused, and they would not change the release that is running.' },
      ],
    },
    {
      id: 'mixed-pool',
      scene: 'A security agent based on eBPF has to run on a cluster with nodes of 4.18 (RHEL 8.10), 5.15 and 6.8. It fails on some of them. The manifest says "requires Linux 5.10".',
      ask: 'What do you do?',
      several: true,
      options: [
        { text: 'List which features the agent uses, and try them on one node of each release', right: true, because: 'Backports make 4.18 do things that 5.4 cannot, and a configuration can take them away again.' },
        { text: 'Choose the nodes by the name of their distribution', because: 'One distribution ships several kernels, and two can ship the same. The name says nothing of BTF or of hooks.' },
        { text: 'Let a preflight set a label, and select by it, with a taint or a RuntimeClass where it has to be strict', right: true, because: 'The decision then follows the node’s own evidence, and a node that loses the feature loses the label.' },
        { text: 'Begin with a small pool and widen it', right: true, because: 'What cannot be seen in a list of features, such as load, shows on few nodes first.' },
        { text: 'Give the agent an image with a newer kernel', because: 'There is no kernel in an image.' },
      ],
    },
    {
      id: 'cgroup-v1-upgrade',
      scene: 'You upgrade a cluster to Kubernetes 1.35. On one old pool no kubelet comes up; `stat -fc %T /sys/fs/cgroup` prints `tmpfs` there.',
      ask: 'Which statement is right?',
      options: [
        { text: 'The kernel is older than 5.8, so version 2 is impossible', because: 'No kernel release chooses the mode. The same kernel may run version 2 on the next node; the init sets it up, and the command line can say so.' },
        { text: 'The kubelet refuses version 1 by default; `failCgroupV1: false` buys time, and moving the pool to version 2 is the mending', right: true, because: 'Since 1.31 version 1 is in maintenance. Newer features such as memory QoS and pressure per pod never come to it.' },
        { text: 'Mounting cgroup2 by hand over it and restarting the kubelet is enough', because: 'Controllers that version 1 holds are not free for version 2. The mode is decided at boot.' },
      ],
    },
    {
      id: 'users-without-a-word',
      scene: 'A pod with `hostUsers: false` runs on a pool of old nodes, with a kubelet of before 1.30. Nobody has seen an error.',
      ask: 'What proves that its root is not the root of the node?',
      options: [
        { text: 'The pod is `Running`, so the node supports it', because: 'An old containerd ignores the field without a word. Running is no proof.' },
        { text: '`id` in the container says uid 0, as it should', because: 'It says so with and without a user namespace. That is the point of one.' },
        { text: '`/proc/PID/uid_map` of its process, read on the node: the second number is not 0', right: true, because: 'The map is the mechanism itself. `0 0 4294967295` would be the node’s own users.' },
        { text: 'The kernel is newer than 6.3', because: 'Necessary for tmpfs, and only one of three parts: the runtimes have to take part.' },
      ],
    },
    {
      id: 'pod-tunes-node',
      scene: 'A team wants `net.netfilter.nf_conntrack_max` raised for its busy pod and asks for an init container that sets it.',
      ask: 'What do you tell them?',
      options: [
        { text: 'Fine: everything below `net.` belongs to the pod’s network namespace', because: 'Most of it does. This one is a number of the whole node, and read-only in other namespaces since 5.13.' },
        { text: 'It belongs to the node: set it through the configuration of the pool or of kube-proxy, for all', right: true, because: 'The table’s size costs memory of the node and concerns each of its pods. That is a decision about the pool.' },
        { text: 'A privileged init container, as it is needed once only', because: 'In the pod’s own network namespace the file is read-only for it as well; with `hostNetwork` it would change the node for everybody, in no configuration, until the next start of kube-proxy.' },
      ],
    },
    {
      id: 'patch-next-quarter',
      scene: 'A hole in the kernel’s network stack is published, with a fixed kernel. The security team puts it off to the next quarter: "our workloads are in containers, each pod has its own network namespace, and NetworkPolicies are strict".',
      ask: 'What do you answer?',
      options: [
        { text: 'Agreed: a network namespace keeps the hole inside the pod', because: 'A namespace gives a pod its own addresses, routes and rules. The code that handles its packets is the node’s, in ring 0, the same for all pods.' },
        { text: 'Agreed, where the policies deny what they do not need', because: 'A policy decides who may send to whom, and is itself carried out by this stack. It may narrow the way to the hole; it does not mend it, and an allowed neighbour may be the attacker.' },
        { text: 'Roll the fixed kernel as a release that cannot wait: canary, drain, pool by pool; begin with nodes that face outwards or hold several tenants', right: true, because: 'One node’s kernel carries all of its pods, so the stake is the node. Until it has rebooted, only narrower ways and separated tenants lower the risk.' },
        { text: 'Rebuild all images on a base with the fix', because: 'There is no kernel in an image. The rebuilt ones would run on the same hole.' },
      ],
    },
    {
      id: 'not-root-no-patch',
      scene: 'A scanner reports a local privilege escalation in the kernel of a pool. The team answers: "all our containers run as user 1000, without capabilities, with RuntimeDefault. We need no patch."',
      ask: 'Which of these are right?',
      several: true,
      options: [
        { text: 'The node needs the patch: such an attack begins as an ordinary user, that is what *local privilege escalation* means', right: true, because: 'User ids and capabilities are checked by the kernel. Code that runs in its place does not ask.' },
        { text: 'Their settings are worth keeping: some attacks need a user namespace or a rare call, and do not get it', right: true, because: 'They close doors. Read which way this one takes; it decides how many days you have, not whether you patch.' },
        { text: 'RuntimeDefault lets only harmless calls through', because: 'It forbids some dozens and allows some three hundred, those that ordinary programs use. Holes have been found behind many of them.' },
        { text: 'It is enough to install the package with the new kernel on all nodes', because: 'Installed is not running. Until the reboot `uname -r` names the old one, and it answers the calls.' },
      ],
    },
  ],
} satisfies Quiz;
