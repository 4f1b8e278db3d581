import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'count-in-the-dark',
      ask: '`ext4` is in memory. What does `lsmod | grep -c "^ext4 "` print on standard output where `/proc` is empty?',
      options: [
        { text: '1: the module is still there', because: 'It is there, and `lsmod` cannot see it: it reads `/proc/modules`, and that file is gone.' },
        { text: 'Nothing: the pipe stops at the error', because: 'A pipe does not stop. `grep` still starts, reads to the end of an empty input, and prints its count.' },
        { text: '0: the count of nothing', right: true, because: '`lsmod` complains on standard error and ends; `grep` has counted no line. The number looks like an answer.' },
      ],
    },
  ],
} satisfies Quiz;
