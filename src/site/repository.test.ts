import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editAddress, packageRepository } from './repository.ts';

const file = 'content/030-boot/index.mdx';

test('the editor of a known host, in whichever form npm wrote the repository', () => {
  for (const repository of ['https://github.com/a/b', 'git+https://github.com/a/b.git', 'github:a/b'])
    assert.equal(editAddress(repository, file), `https://github.com/a/b/edit/main/${file}`);
  assert.equal(editAddress('https://gitlab.com/a/b', file), `https://gitlab.com/a/b/-/edit/main/${file}`);
  assert.equal(editAddress('https://codeberg.org/a/b', file), `https://codeberg.org/a/b/_edit/main/${file}`);
  assert.equal(editAddress('https://git.example.org/a/b/_edit/trunk/', file), `https://git.example.org/a/b/_edit/trunk/${file}`);
});

test('no repository is no link, and one that is not known is refused with the remedy', () => {
  assert.equal(editAddress(undefined, file), undefined);
  assert.throws(() => editAddress('https://git.example.org/a/b', file), /Set REPOSITORY to the address .* slash at the end/);
  assert.throws(() => editAddress('ssh://git@github.com/a/b', file), /not known/);
  assert.throws(() => editAddress('a/b', file), /not known/);
});

test('a package names its repository as text or with a kind', () => {
  assert.equal(packageRepository({ repository: 'github:a/b' }), 'github:a/b');
  assert.equal(packageRepository({ repository: { url: 'https://github.com/a/b' } }), 'https://github.com/a/b');
  assert.equal(packageRepository({}), undefined);
});
