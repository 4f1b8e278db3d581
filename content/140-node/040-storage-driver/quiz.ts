import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'built-in',
      ask: 'The folder of the running release is missing from `/lib/modules`. What does `modinfo` say of `tcp_cubic`, which is built into this kernel and works?',
      options: [
        { text: '`(builtin)`, as on any node', because: 'modinfo does not ask the kernel. What is built in it knows from an index, and that lies in the missing folder.' },
        { text: 'That the module was not found', right: true, because: 'Its index of what is built in went with the folder. The answer is about the folder, not about the kernel.' },
        { text: 'It prints the data of the other tree, which is there', because: 'It looks into the folder of the running release only, as modprobe does.' },
      ],
    },
  ],
} satisfies Quiz;
