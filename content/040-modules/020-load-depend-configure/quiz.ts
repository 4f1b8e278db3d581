import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'blacklist',
      ask: 'A file in `/etc/modprobe.d` says `blacklist vxlan`. Somebody types `modprobe vxlan`. What happens?',
      options: [
        { text: 'modprobe refuses', because: 'The word sounds so, and the manual page says otherwise: only aliases inside the module are ignored.' },
        { text: 'vxlan is loaded', right: true, because: 'It was asked for by its own name. A blacklist line keeps it from being found by an alias.' },
        { text: 'The kernel refuses, with `EPERM`', because: 'The kernel does not read `/etc`. Its own list is `module_blacklist=` on the command line.' },
      ],
    },
  ],
} satisfies Quiz;
