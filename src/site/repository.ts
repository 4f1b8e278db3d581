/** Where hosts of repositories have their editor, below a repository's address. */
const editors: readonly (readonly [host: RegExp, path: string])[] = [
  [/^github\.com$/, '/edit/main/'],
  [/^gitlab\./, '/-/edit/main/'],
  [/^codeberg\.org$/, '/_edit/main/'],
];

/**
 * The address at which a file of the course can be edited. `repository` is what REPOSITORY or package.json says: a repository, or, with
 * a slash at its end, the address below which its files are edited. Undefined where nobody has said it; throws a sentence for what is neither.
 */
export function editAddress(repository: string | undefined, file: string): string | undefined {
  if (!repository) return undefined;
  const plain = repository.replace(/^git\+/, '').replace(/^github:/, 'https://github.com/').replace(/\.git$/, '');
  const url = URL.parse(plain);
  if (url?.protocol === 'https:') {
    if (plain.endsWith('/')) return plain + file;
    const editor = editors.find(([host]) => host.test(url.host))?.[1];
    if (editor) return plain + editor + file;
  }
  throw new Error(`The repository is "${repository}", and where its files are edited is not known. Set REPOSITORY to the address that stands before a file's path in its editor, with a slash at the end, as in REPOSITORY=https://git.example.org/team/course/_edit/main/.`);
}

/** `repository` of a package.json, which npm allows as text or with a kind. */
export function packageRepository(manifest: { readonly repository?: string | { readonly url?: string } }): string | undefined {
  const { repository } = manifest;
  return typeof repository === 'string' ? repository : repository?.url;
}
