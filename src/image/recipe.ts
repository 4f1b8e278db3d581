import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything below src/image shapes the product, except the tests and this check itself. */
const isRecipe = (name: string): boolean => !name.endsWith('.test.ts') && name !== 'recipe.ts';

/** SHA-256 over paths and contents of the recipe: what the manifest carries, so that product and recipe cannot drift apart. */
export function recipeHash(folder = import.meta.dirname): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isRecipe(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(folder, file))).update('\0');
  return hash.digest('hex');
}
