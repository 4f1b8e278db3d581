import type { Quiz } from '../../src/lab/quiz.ts';

export default {
  predictions: [
    {
      id: 'loop-calls',
      ask: 'A program adds numbers in a loop for ten seconds and prints nothing on the way. How many system calls does `strace` see while the loop runs?',
      options: [
        { text: 'One for each addition', because: 'An addition is an instruction that the CPU executes in ring 3. Nobody has to be asked.' },
        { text: 'About a hundred in a second: the timer', because: 'The timer does come as often, and it does enter the kernel. But an interrupt is no system call, and `strace` does not show it.' },
        { text: 'None', right: true, because: 'It asks for nothing. The kernel runs all the same, a hundred times a second on this machine, because the timer interrupts it.' },
      ],
    },
    {
      id: 'two-words',
      ask: 'You start `strace -e newfstatat true` on this 32-bit machine, as the runbook of a 64-bit pool says. What happens?',
      options: [
        { text: 'An empty trace: the call is never made', because: 'That is what you would like a script to see. `strace` does not get as far as starting the program.' },
        { text: 'An error, and `true` is not started', right: true, because: 'Names belong to an architecture. With a question mark in front, an unknown one is ignored.' },
        { text: 'It shows `statx`, which took its place', because: '`strace` translates numbers into names, and never one name into another.' },
      ],
    },
    {
      id: 'vdso-count',
      ask: 'A program calls `clock_gettime(CLOCK_MONOTONIC, …)` 700 times through the C library. How many `clock_gettime64` does `strace` count on this machine?',
      options: [
        { text: '700', because: 'That is what it counts when the program makes the call itself, with `syscall(2)`.' },
        { text: '1: the library remembers the answer', because: 'An answer that is remembered would be wrong the next time. Each of the 700 is computed.' },
        { text: '0', right: true, because: 'The vDSO reads a page that the kernel keeps up to date, and the time stamp counter. Nothing of it needs ring 0.' },
      ],
    },
  ],
  questions: [
    {
      id: 'disk-controller',
      scene: 'A program tries to talk to the disk controller directly, past the kernel, and dies with `SIGSEGV`.',
      ask: 'Who has stopped it?',
      options: [
        { text: 'The CPU: an I/O instruction in ring 3 raises #GP, an address without permission #PF, and the kernel turns either into the signal', right: true, because: 'Two guards, one for instructions and one for pages. The kernel only decides what the fault costs the process.' },
        { text: 'The C library, which checks what a program may do', because: 'The library is code of the program itself, and can be left out. A guard that the guarded can remove is none.' },
        { text: 'The permissions of the device file', because: 'They are asked when a file is opened. This program has opened nothing.' },
        { text: 'systemd, which limits services', because: 'systemd asks the kernel for limits before the program starts. At the moment of the access it is not involved.' },
      ],
    },
    {
      id: 'system-time',
      scene: 'A database node spends 60 % of its time in the kernel. `strace -c` of one worker shows 40000 calls of `read` in a second, most of them of a few bytes.',
      ask: 'What do you propose?',
      options: [
        { text: 'A machine with more cores', because: 'Each core would spend the same share on the border. The work is not too large, it is cut too small.' },
        { text: 'Ask for more at a time: a buffer, a larger block, one call for many records', right: true, because: 'Each crossing has a fixed price. Counting has shown the number, and batching lowers it.' },
        { text: 'Fewer processes, as each call is a context switch', because: 'A system call is a mode switch within one task. These reads may not cause one single context switch.' },
        { text: 'A faster disk', because: 'Waiting for a disk shows as idle or iowait. Here the CPU is busy, in the kernel.' },
      ],
    },
    {
      id: 'true-or-find',
      scene: '`strace -c` counts 26 calls for `true` and 185 for `find /usr -maxdepth 1 -type f`.',
      ask: 'Which readings of the two numbers are sound?',
      several: true,
      options: [
        { text: 'The larger one asks for metadata: it opens a folder, reads names and looks at what they are', right: true, because: 'statx and getdents64 are rows that `true` hardly has.' },
        { text: 'Both begin with the same calls of execve and the loader', right: true, because: 'That is the fixed price of a process. Subtract it before you compare.' },
        { text: '`true` should make none, so 26 shows a fault of the installation', because: 'It has to be loaded, and it has to end. Only a program that is never started makes none.' },
        { text: '`find` is seven times slower', because: 'Calls differ in what they cost by factors of thousands. A count is a count.' },
      ],
    },
    {
      id: 'math-loop',
      scene: 'A process computes at 100 % of a CPU. `strace -p` prints nothing.',
      ask: 'What follows?',
      options: [
        { text: 'It hangs: a program that works makes system calls', because: 'Using the CPU takes none. Look at its state and its CPU time: both say that it works.' },
        { text: 'It makes no system calls, and yet interrupts and faults enter the kernel on its time', right: true, because: 'The timer’s interrupt is how the scheduler gets the CPU back. `nonvoluntary_ctxt_switches` shows it.' },
        { text: 'It runs in the kernel, where strace cannot look', because: 'Then its time would be system time. That of a loop is user time.' },
        { text: 'strace is not permitted to attach', because: 'It would say so: `Operation not permitted`.' },
      ],
    },
    {
      id: 'ls-order',
      scene: 'Somebody types `ls` and presses Enter.',
      ask: 'Which order is that of the trace?',
      options: [
        { text: 'execve, clone, mmap of the libraries, readdir, write, exit_group', because: 'If the shell called execve before it had made a child, there would be no shell to come back to. And readdir is a function of the C library.' },
        { text: 'clone or vfork, execve, mmap of the libraries, getdents64, write, exit_group; the shell’s wait4 returns', right: true, because: 'Make a child, turn it into the program, load, ask for names, print, end, be waited for.' },
        { text: 'clone, mmap of the libraries, execve, getdents64, wait4, write', because: 'What is mapped before execve is thrown away by execve. And the shell’s wait returns after the end.' },
        { text: 'fork, execve, open, read, write, exit', because: 'A folder cannot be read with read. And the C library has used clone and exit_group for twenty years.' },
      ],
    },
    {
      id: 'enosys',
      scene: 'An image that works on the new nodes fails on the old ones with `Function not implemented`.',
      ask: 'What has the kernel of the old nodes done?',
      options: [
        { text: 'It has killed the process for an illegal instruction', because: 'Then there would be a signal and no sentence. The door was used correctly.' },
        { text: 'It has answered ENOSYS: no call of this number is in its table', right: true, because: 'A program with a fallback goes on with an older call. This one has none.' },
        { text: 'It has refused for want of a capability', because: 'That is EPERM. ENOSYS is not about rights.' },
        { text: 'It could not find the image’s own kernel', because: 'An image has none. A process of a container uses the node’s kernel, unless a virtual machine or a sandbox was put in between.' },
      ],
    },
    {
      id: 'clocksource',
      scene: 'Since a live migration, one virtual node needs 20 % more CPU for the same load. A trace shows thousands of `clock_gettime` in a second; its siblings show none.',
      ask: 'Where do you look?',
      options: [
        { text: '`current_clocksource`, and the kernel’s log for a line about an unstable clock', right: true, because: 'When the time stamp counter is given up, the vDSO can no longer answer, and each question for the time enters the kernel.' },
        { text: 'The application: it asks for the time too often', because: 'It asks exactly as often on the siblings. There the vDSO answers, which `strace` cannot see.' },
        { text: 'NTP', because: 'It corrects the clock. It does not decide how the clock is read.' },
      ],
    },
    {
      id: 'only-door',
      ask: 'Which of these bring the CPU from user mode into the kernel?',
      several: true,
      options: [
        { text: 'A system call', right: true, because: 'The door that a program opens on purpose.' },
        { text: 'The first touch of a page that is not there yet', right: true, because: 'A page fault. The kernel supplies the page, and the instruction is tried again.' },
        { text: 'A network card that has received a packet', right: true, because: 'An interrupt, at the cost of whatever process happens to run.' },
        { text: 'Calling a function of the C library such as `strlen`', because: 'It is ordinary code in ring 3. Only those functions cross that need something from the kernel.' },
        { text: '`clock_gettime` where the vDSO answers', because: 'It reads a page and a counter, both in user mode.' },
      ],
    },
  ],
} satisfies Quiz;
