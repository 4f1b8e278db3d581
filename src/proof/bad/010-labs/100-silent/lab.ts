import { fail } from '../../../../lab/verdict.ts';
import { broken, check } from '../../sound.ts';

export default broken({
  check: {
    ...check,
    expect(output, scene) {
      const verdict = check.expect(output, scene);
      return verdict.kind === 'fail' && verdict.hint.startsWith('Make') ? fail('', 'Make the file first.') : verdict;
    },
  },
});
