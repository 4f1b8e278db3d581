import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'more',
      ask: '`overlay` is loaded on node-2, available on node-1 and, on some starts of this lab, built in on node-3. On which of them can the runtime mount an image?',
      options: [
        { text: 'On node-2 only: it is the one that has it', because: 'It is the one where somebody has asked already. The first mount on the others makes the kernel load it, or finds it there.' },
        { text: 'On all three', right: true, because: 'Loaded, available and built in are three ways to have it. The first mount settles the rest.' },
        { text: 'On node-2 and node-3: on node-1 it has to be loaded by hand first', because: 'The kernel asks for the module itself when a file system of that type is to be mounted.' },
      ],
    },
  ],
} satisfies Quiz;
