import type { Quiz } from '../../src/lab/quiz.ts';

export default {
  questions: [
    {
      id: 'which-sentence',
      scene: 'In the channel of an incident you read: "The node swaps, because the new release needs more memory."',
      ask: 'What do you write into your notes?',
      options: [
        { text: 'The sentence as it is: it comes from somebody who knows the service', because: 'It joins a claim with a reason. If the claim is wrong, you now have the reason in your notes as well.' },
        { text: 'That the node swaps, once a command has shown it; the reason as an interpretation, with the name of who gave it', right: true, because: 'Two parts, two weights. The first can be repeated by anybody, the second has to be argued.' },
        { text: 'Nothing: other people’s sentences are no evidence', because: 'They are leads. What is not shown yet is written down as what needs investigation.' },
      ],
    },
    {
      id: 'which-number-travels',
      scene: 'You measured on the machine of this course that a `fork` with `exec` takes 30 ms, and that `true` makes 26 system calls.',
      ask: 'Which of the two may you expect on a 64-bit cloud node?',
      options: [
        { text: 'The 30 ms: a kernel is a kernel', because: 'The processor of this page is a program. A server needs a millisecond or less for the same work.' },
        { text: 'About the 26 calls, with some names changed', right: true, because: 'Counts follow from the program and its libraries, not from the speed. They differ by a few, since the C library and the architecture differ.' },
        { text: 'Neither: an emulated kernel behaves differently', because: 'The kernel is not emulated. It is compiled from the same source and decides as it would anywhere; only the processor below it is slower and smaller.' },
      ],
    },
    {
      id: 'first-observation',
      scene: 'A node is reported as broken. You have root.',
      ask: 'Which of these is an observation, and no change?',
      several: true,
      options: [
        { text: '`modinfo overlay`', right: true, because: 'It reads a file about the module.' },
        { text: '`modprobe overlay`', because: 'It runs new code with all the rights of the kernel, and stays loaded.' },
        { text: '`cat /proc/cmdline`', right: true, because: 'The text is generated for you; nothing is stored.' },
        { text: '`systemctl restart kubelet`', because: 'It may even help, and then nobody will ever know what was wrong.' },
        { text: '`sysctl vm.swappiness`', right: true, because: 'Without `=` and a value it reads.' },
      ],
    },
  ],
  predictions: [
    {
      id: 'who-says-i686',
      ask: 'Your laptop has a 64-bit processor, and this page runs on it. What does `uname -m` print in the machine of this page?',
      options: [
        { text: '`x86_64`: the processor is what it is', because: 'The kernel in the page never meets your processor. It runs on one that the emulator plays.' },
        { text: '`i686`: a 32-bit processor', right: true, because: 'v86 plays a 32-bit PC. Whatever your device is, a phone with an ARM processor included, the kernel sees the same machine.' },
        { text: '`wasm32`: the browser is the machine', because: 'WebAssembly is how the emulator is compiled. Its guest sees a PC.' },
      ],
    },
  ],
} satisfies Quiz;
