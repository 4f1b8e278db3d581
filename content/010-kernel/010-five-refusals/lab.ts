import type { Lab } from '../../../src/lab/lab.ts';
import { busyPort, lowPort, processes, secret, space } from './refusals.ts';
import { WITNESS } from './witness.ts';

export default {
  title: 'Five refusals',
  minutes: 30,
  start: 'snapshot',
  // the second server listens before the reader comes; a trace buffer of its own keeps what the kernel refuses from now on
  prepare: `mkdir -p -m 1777 /var/lab/answers /var/lab/small
chmod 1777 /var/lab/answers
echo $((100 + 0x$(echo "$NONCE" | cut -c 1-4) % 800)) >/var/lab/low-port
echo $((5000 + 0x$(echo "$NONCE" | cut -c 5-8) % 4000)) >/var/lab/busy-port
mount -t tmpfs -o size=4M,mode=1777 small /var/lab/small
cd / && busybox httpd -p "$(cat /var/lab/busy-port)" -h /var/lab/answers
${WITNESS}`,
  baseline: `echo "low $(cat /var/lab/low-port)"
echo "busy $(cat /var/lab/busy-port)"`,
  steps: [lowPort, busyPort, secret, space, processes],
} satisfies Lab;
