import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { publish } from '../image/publish.ts';

/** `npm run image`: builds the disk (Debian, root) and publishes it to public/image. */
const root = join(import.meta.dirname, '../..');
const work = '/var/cache/bootable';
const built = spawnSync('bash', [join(root, 'src/image/build.sh'), work], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
await publish(work, join(root, 'public/image'), (line) => console.error(`[image] ${line}`));
