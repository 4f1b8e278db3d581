import type { Quiz } from '../../../lab/quiz.ts';

export default {
  questions: [{ id: 'which', ask: 'Which?', options: [{ text: 'This', because: 'It is.' }, { text: 'That', because: '' }] }],
} satisfies Quiz;
