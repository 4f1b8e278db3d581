import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'other-release',
      ask: 'One of the files says `6.12.94-bootable` in its vermagic, and is otherwise built with the options and structures of this kernel, 6.12.117. It is unsigned. What does the kernel do?',
      options: [
        { text: 'It refuses the file: the release differs', because: 'The release is the first word of the magic, and with checksums for the symbols that word is not compared.' },
        { text: 'It loads the file and marks itself', right: true, because: 'Checksums and the rest of the magic fit. That it is unsigned costs a mark, not the entry.' },
        { text: 'It refuses the file: no signature', because: 'Only a kernel that insists on signatures does so: by `module.sig_enforce`, or under lockdown.' },
      ],
    },
  ],
} satisfies Quiz;
