import type { Changelog } from '../src/lab/changelog.ts';

// What a reader notices: pages and labs that came or changed, ways of the site and of the machine. Not what happened in the code.
export default [
  {
    date: '2026-11-27',
    changes: [
      'New modules: Modules with five labs, and Looking in: /proc, /sys, logs, sysctl with four.',
      'Kubernetes node and compatibility grows by its page and five labs: drift, kube-proxy without IPVS, the storage driver, a verdict, a preflight.',
      'New sections: one kernel under all containers, calls that it does not know, how far a hole in it reaches; the map of an address space; what each tool reads; a shelf of books and sites.',
      'New lab in the module on system calls: A loop without system calls, and the vDSO.',
      'The whole course can be searched, its glossary and its cheat sheet too: press `/`.',
      'Every page has a Markdown twin, `index.md` beside it, and modules print well.',
      'New lab: the source navigator, from a line of the log to the line of the kernel that printed it.',
      'Your progress has a page: sections read, questions answered, steps proven, and a file to take it elsewhere.',
      'The course can be taken offline: pages, machine and, if you like, its whole disk.',
      'X-ray: a look at the machine from outside, with its rings, the running task and a walk through its page tables.',
      'Screen reader: a mode in which the terminal says whole lines. A lab can be done by keyboard alone, each diagram is there in words, and every page fits a phone at 200 %.',
      'Firefox: taking the course offline no longer waits for the answer to its question.',
      'The sessions of a page run at a press of a button; the terminal has its size and the whole window; a hidden tab’s machine stands still.',
      'The prompt comes after 7 MB where it took 11: what a start does not need of the machine’s memory follows it. A machine that waits for it says so.',
      'Offline with text and machine alone, the machine starts in a browser that never ran it.',
      'All labs but those of the boot were done by readers who had not written them, and mended where they stumbled: right answers in other words count, and some wrong ones pass no longer.',
      'A lab that could not be prepared says so beside a button that prepares it again.',
      'The machine has kernel 6.12.117, and a cold boot takes 1.19 instead of 1.47 billion instructions.',
      'This page.',
    ],
  },
  {
    date: '2026-11-26',
    changes: [
      'New modules: Orientation, What a kernel is for, and User space, kernel space, system calls, with six labs.',
      'Boot has ten labs now: the emergency shell, slow boots, wrong parameters, process 1, the initramfs opened, and KASLR over three boots are new.',
      'A glossary: a term opens its meaning where it first appears on a page.',
      'A cheat sheet of the commands that the pages type, on two printed sides.',
      'A question that you answered wrong comes back on a page of its own until you answer it right there.',
    ],
  },
  {
    date: '2026-11-25',
    changes: [
      'A cold boot takes 1.48 instead of 2.07 billion instructions.',
    ],
  },
  {
    date: '2026-11-24',
    changes: [
      'New module: Boot, with four labs that start from the firmware.',
      'The boot is seen stage by stage, the machine can be paused and reset, and checkpoints keep the whole of it, also over a reload.',
      'Questions and predictions on the pages, with answers that say why.',
      'Every page tells when, and on which kernel, its commands and checks were last proven.',
    ],
  },
  {
    date: '2026-11-22',
    changes: [
      'The course begins: a Debian 13 node with a Linux 6.12 kernel boots in the page, and the first lab, The kernel evidence report, is checked on it.',
    ],
  },
] satisfies Changelog;
