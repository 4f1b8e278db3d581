import type { Guest } from '../machine/guest.ts';

/** A guest that remembers what its last script answered, as evidence. */
export function witness(guest: Guest): { readonly guest: Guest; readonly last: () => string } {
  let last = '';
  return {
    guest: {
      run: async (script, options) => {
        const result = await guest.run(script, options);
        last = `code ${result.code}\n${result.stdout}${result.stderr}`.slice(0, 3000);
        return result;
      },
      put: (...args) => guest.put(...args),
      get: (path) => guest.get(path),
      resize: (columns, rows) => guest.resize(columns, rows),
      setClock: () => guest.setClock(),
    },
    last: () => last,
  };
}
