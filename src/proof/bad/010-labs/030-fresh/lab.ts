import { fail, pass } from '../../../../lab/verdict.ts';
import { broken } from '../../sound.ts';

export default broken({
  check: {
    probe: { kind: 'guest', script: 'test ! -d /root || echo there' },
    expect: ({ stdout }) => (stdout.trim() === 'there' ? pass([]) : fail('There is no /root.', 'Make the file, in the right word.')),
  },
});
