import type { Lab } from '../../../src/lab/lab.ts';
import { mark } from './mark.ts';
import { pipe } from './pipe.ts';
import { record } from './record.ts';

export default {
  title: 'Follow ls',
  minutes: 25,
  start: 'snapshot',
  prepare: `mkdir -p /root/follow "/srv/shelf-$NONCE"
for name in atlas bible codex; do echo "$name" >"/srv/shelf-$NONCE/$name-$NONCE"; done`,
  steps: [record, mark, pipe],
} satisfies Lab;
