import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'ro-on-the-command-line',
      ask: 'The kernel of this machine was started with the word `ro`. Is its root file system read-only now?',
      options: [
        { text: 'Yes: `/proc/cmdline` is what the running kernel got', because: 'It is what the kernel got, for the first mount. What happened to the mount later is not on the command line.' },
        { text: 'No: it was mounted read-only first, and made writable later in the boot', right: true, because: 'The file system is checked while nobody writes to it, then systemd mounts it again with the options of `/etc/fstab`. Ask for the state of now.' },
        { text: 'It depends on who asks: root may always write', because: 'A read-only mount refuses root as well, with `EROFS`. Rights are about who; this is about what.' },
      ],
    },
  ],
} satisfies Quiz;
