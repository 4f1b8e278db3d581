import type { Lab } from '../../../src/lab/lab.ts';
import { block, blockable } from './block.ts';
import { boot } from './boot.ts';
import { load } from './load.ts';
import { parameter } from './parameter.ts';
import { release } from './release.ts';

export default {
  title: 'Load, depend, configure',
  minutes: 30,
  start: 'snapshot',
  prepare: `view=/srv/view-$(printf %.4s "$NONCE")
mkdir -p /srv/lower /srv/upper /srv/work $view
mount -t overlay overlay -o lowerdir=/srv/lower,upperdir=/srv/upper,workdir=/srv/work $view
cp /usr/bin/sleep /usr/local/bin/indexer
cd $view && setsid /usr/local/bin/indexer infinity </dev/null >/dev/null 2>&1 &
modprobe dummy
set -- ${blockable.join(' ')}
shift $(( 0x$(printf %.2s "$NONCE") % $# ))
echo "$1" >/root/block
until pgrep -x indexer >/dev/null; do sleep 0.1; done`,
  baseline: 'ls -d /srv/view-*',
  steps: [load, release, parameter, boot, block],
} satisfies Lab;
