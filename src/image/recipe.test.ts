import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { recipeHash } from './recipe.ts';

test('public/image was made by this recipe', () => {
  const manifest: { recipe: string } = JSON.parse(readFileSync(new URL('../../public/image/manifest.json', import.meta.url), 'utf8'));
  assert.equal(manifest.recipe, recipeHash(),
    'src/image has changed since public/image was built: run `npm run image` as root on Debian and commit its product.');
});
