import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'true-calls',
      ask: 'Before you look: how many system calls does `true` make?',
      options: [
        { text: 'None: it does nothing', because: 'It does nothing for you. To exist at all it has to be loaded, and to end it has to ask.' },
        { text: 'One, to end', because: 'The one that ends it is the one that `strace -c` cannot count, as it never returns; others come before it.' },
        { text: 'About two dozen', right: true, because: 'Loading the C library and setting up the process takes them, whatever the program then does.' },
        { text: 'Some hundreds', because: 'That is nearer to a program that looks at directories under a rich locale, as you will count below.' },
      ],
    },
  ],
} satisfies Quiz;
