import type { Quiz } from '../../src/lab/quiz.ts';

export default {
  questions: [
    {
      id: 'cannot-bind',
      scene: 'After an update a service that runs as uid 1000 ends with "cannot bind to port 80". The port is free on the node that you look at.',
      ask: 'What are the next steps?',
      several: true,
      options: [
        { text: 'Read the errno of `bind` with `strace`, in the network namespace of the service', right: true, because: '`EACCES` and `EADDRINUSE` need opposite remedies, and a port is free or taken per network namespace: yours is not that of the pod.' },
        { text: 'If it is `EACCES`: look for `CAP_NET_BIND_SERVICE` and for `net.ipv4.ip_unprivileged_port_start`', right: true, because: 'These two decide who may bind below 1024. An update can have dropped the one and another node can have set the other.' },
        { text: 'Give the binary the mode 4755', because: 'That makes it root for everything, to solve a question about one port. File modes do not decide about ports.' },
        { text: 'Raise the priority of the service', because: 'The scheduler decides when a process runs, not what it may have.' },
      ],
    },
    {
      id: 'appliance',
      scene: 'You design an appliance: it has to forward packets at line rate, and one of its drivers comes from a vendor with a record of crashes.',
      ask: 'Which statement belongs into the design?',
      options: [
        { text: 'Take a microkernel: it is safer, and safety comes first', because: 'It contains the driver’s crash. It also sends messages where the other calls functions, on the path that has to be fast. The sentence names one side only.' },
        { text: 'Take Linux and load the driver as a module, so that it cannot hurt the rest', because: 'A module has every right of the kernel. It can be loaded and unloaded; it is not contained.' },
        { text: 'Linux gives the throughput and lets the driver take everything down; so keep the driver’s work out of the kernel, behind an IOMMU or in a virtual machine, or accept the risk with a restart', right: true, because: 'Both sides are named, and the price is paid where it is smallest: at the one part that nobody trusts.' },
        { text: 'Linux: it is faster than any microkernel', because: 'For most paths, and never for all; and the question was also what a crash takes along.' },
      ],
    },
    {
      id: 'flight-controller',
      scene: 'A team asks whether the flight controller of a drone could run on Linux, with its control loop in a module "so that it is isolated from user space".',
      ask: 'What do you answer?',
      options: [
        { text: 'Yes: in the kernel the loop cannot be disturbed by a process', because: 'It can be disturbed by everything else in the kernel, and a fault in it stops the whole machine in the air.' },
        { text: 'A small verified kernel or an RTOS for the loop, with its parts in separate address spaces; Linux beside it, for camera and radio', right: true, because: 'Here fault isolation and bounded times are worth more than throughput. seL4 and QNX are built for it, and both are used in this way.' },
        { text: 'Yes, with PREEMPT_RT: since 6.12 it is part of the kernel', because: 'That bounds the time until the loop runs. It does not contain a fault, and nobody has verified forty million lines.' },
      ],
    },
    {
      id: 'why-monolithic',
      scene: 'In an interview: "If microkernels isolate faults, why are clouds built on a monolithic kernel?"',
      ask: 'Which parts belong into the answer?',
      several: true,
      options: [
        { text: 'Subsystems call each other as functions and share data, without messages and copies between them', right: true, because: 'That is the throughput, and it is also why internal interfaces can change in one commit.' },
        { text: 'The price: one fault or one hole in any part reaches all of it', right: true, because: 'Which is why a kernel CVE concerns every container of a node.' },
        { text: 'Modules give it the isolation of a microkernel', because: 'They give flexibility. Isolation between parts of the kernel is what Linux does not have.' },
        { text: 'Walls are put where clouds need them: around processes, containers and virtual machines', right: true, because: 'Namespaces, cgroups, seccomp and hypervisors keep tenants apart, where a microkernel would keep drivers apart.' },
      ],
    },
    {
      id: 'hang-or-refusal',
      scene: 'A backup job has printed nothing for ten minutes. `strace -p` on it prints one unfinished line: `read(5,`.',
      ask: 'What do you know?',
      options: [
        { text: 'The kernel refused the read, and the program does not notice', because: 'A refusal is an answer: the line would end with `= -1` and a name.' },
        { text: 'It is inside the kernel and waits; descriptor 5 and `wchan` say for whom', right: true, because: '`ls -l /proc/PID/fd/5` names the file or socket, `wchan` the function in which it sleeps. From there the owner follows.' },
        { text: 'The program computes: otherwise there would be more lines', because: 'A program that computes is in user space, and `strace` would show nothing at all, not an open line.' },
      ],
    },
  ],
  predictions: [
    {
      id: 'cat-hostname',
      ask: '`cat` has to print the seven bytes of `/etc/hostname`. How many calls touch that file?',
      options: [
        { text: 'One: read the file', because: 'Reading needs a descriptor, and that comes from a call of its own.' },
        { text: 'Three: open, read, close', because: 'Nearly. How would it know that seven bytes were all?' },
        { text: 'Six or so: open, look at it, advise, read, read again, close', right: true, because: 'It asks what kind of file it is, tells the kernel that it will read in order, and reads until a read returns 0: that is how an end of file is told.' },
      ],
    },
    {
      id: 'bind-80',
      ask: 'The user `student` starts a server on port 80. What does `bind` answer?',
      options: [
        { text: '`EPERM`: operation not permitted', because: 'Plausible, and it is what many calls say to those without a capability. For ports the answer has another name.' },
        { text: '`EACCES`: permission denied', right: true, because: '`bind` says `EACCES` for a protected port. POSIX wants it so, and the man page says it.' },
        { text: '`EADDRINUSE`: the port belongs to root', because: 'Ports belong to whoever bound them, and nobody has bound this one.' },
      ],
    },
  ],
} satisfies Quiz;
