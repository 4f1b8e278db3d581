import type { Quiz } from '../../../src/lab/quiz.ts';

export default {
  questions: [],
  predictions: [
    {
      id: 'fallback',
      ask: 'kube-proxy of Kubernetes 1.36 is configured for the mode `ipvs`, and the kernel cannot provide it. What does it do?',
      options: [
        { text: 'It falls back to iptables and logs a warning', because: 'It did so up to 1.25. A fallback that nobody notices was found to be worse than an error.' },
        { text: 'It ends with an error', right: true, because: 'The mode was asked for and cannot be had. The kubelet starts the container again, and it ends again, until the node changes.' },
        { text: 'It waits until somebody loads the module', because: 'It asks once, at its start. The waiting that you see is the pause between two restarts.' },
      ],
    },
  ],
} satisfies Quiz;
