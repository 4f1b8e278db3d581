import type { Lab } from '../../../src/lab/lab.ts';
import { ask } from './ask.ts';
import { count } from './count.ts';
import { index } from './index-file.ts';
import { picks } from './state.ts';
import { classify } from './classify.ts';

export default {
  title: 'Four states, and the ways to mistake them',
  minutes: 25,
  start: 'snapshot',
  prepare: `tree=/lib/modules/$(uname -r)
old=/lib/modules/6.12.94-bootable/extra
mkdir -p $old && cp $tree/kernel/drivers/net/dummy.ko $old/ghostfs.ko
modprobe vxlan
set -- ${picks.join(' ')}
shift $(( 0x$(printf %.2s "$NONCE") % $# ))
echo "$1" >/root/pick
file=$(modinfo -n squashfs)
mv "$file" /root/away.ko && depmod && mv /root/away.ko "$file"
echo "lab-$(printf %.4s "$NONCE")" >/root/token
for event in module_request module_load; do echo 1 >/sys/kernel/tracing/events/module/$event/enable; done`,
  baseline: 'cut -d " " -f 1 /proc/modules',
  steps: [classify, index, count, ask],
} satisfies Lab;
