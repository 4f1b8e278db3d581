import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'shell-dies',
      ask: 'A process writes into a file of a driver, and the driver’s code uses a NULL pointer. Who suffers?',
      options: [
        { text: 'The process: it is killed. The kernel goes on, marked', right: true, because: 'The kernel cannot finish the call, so it ends the process in whose name it ran. What the code held stays held.' },
        { text: 'The module: it is unloaded', because: 'Nobody could say what of it is in use. It stays, and may not be removable any more.' },
        { text: 'Nobody: the write returns `EFAULT`', because: '`EFAULT` is for an address that the program gave. This one is the driver’s own.' },
        { text: 'The machine: it panics', because: 'Only with `panic_on_oops`, or where no process could be blamed: in an interrupt, or in process 1.' },
      ],
    },
  ],
} satisfies Quiz;
