import type { Quiz } from '../../src/lab/quiz.ts';

export default {
  questions: [
    {
      id: 'not-in-lsmod',
      scene: 'A node admits no pods. A colleague finds no `overlay` in the output of `lsmod` and writes into the channel: "this kernel has no overlay file system, we need another image".',
      ask: 'What do you answer?',
      options: [
        { text: 'Agreed: what `lsmod` does not show, the kernel cannot do', because: '`lsmod` lists modules in memory. A module on disk, and a feature that is built in, are not in it.' },
        { text: 'Ask `modinfo` and the kernel’s configuration first: it may be available, or built in', right: true, because: 'Loaded, available, built in and absent are four states, and only the last one needs another kernel.' },
        { text: 'Load it on all nodes at once, then it will show', because: 'That is a change to the pool before anybody knows the state of one node, and it is gone after the next reboot.' },
      ],
    },
    {
      id: 'ready-and-broken',
      scene: 'After a reboot into a new kernel, the node reports `Ready`. New pods on it cannot reach any Service.',
      ask: 'Can both be true?',
      options: [
        { text: 'No: `Ready` means that networking was tested', because: 'The condition is the kubelet’s report about itself, its runtime and its network plugin; no packet to a Service is sent for it.' },
        { text: 'Yes: the condition does not ask the kernel for the mechanism that forwards to Services', right: true, because: 'kube-proxy needs nf_tables, ip_vs or a bridge filter from the kernel, and none of them is part of the condition.' },
        { text: 'Yes, but only until the kubelet restarts', because: 'A restart of the kubelet changes nothing in what the kernel offers.' },
      ],
    },
  ],
} satisfies Quiz;
