import { fail } from '../../../../lab/verdict.ts';
import { broken, check } from '../../sound.ts';

let first: string | undefined;

export default broken({
  check: {
    ...check,
    expect(output, scene) {
      // the nonce of static looks at a check is no machine's
      if (scene.nonce !== '00000000') first ??= scene.nonce;
      const verdict = check.expect(output, scene);
      return verdict.kind === 'pass' && scene.nonce === first ? fail('Not this time.', 'Make the file, with the right word.') : verdict;
    },
  },
});
