import type { Lab } from '../../../src/lab/lab.ts';
import { change } from './change.ts';
import { handover } from './handover.ts';
import { machine } from './machine.ts';

export default {
  title: 'Know your machine',
  minutes: 20,
  start: 'snapshot',
  // the claims of the note are shuffled and the values of the change drawn by the nonce
  prepare: `mkdir -p /root/answers
{
  echo "The kernel that runs is $(uname -r)."
  echo "Process 1 is systemd."
  echo "The node has 2 processors."
  echo "The root file system is mounted read-only, as the command line says."
  echo "The restart was necessary because the kernel was too old."
  echo "The switch in rack 7 was replaced last week."
} | while read -r claim; do echo "$(echo "$NONCE $claim" | md5sum | cut -c 1-8) $claim"; done | sort | cut -d ' ' -f 2- |
  awk '{ print substr("ABCDEF", NR, 1) ": " $0 }' >/root/handover.txt
draw=$((0x$(echo "$NONCE" | cut -c 1-4) % 20))
echo $((70 + draw)) >/proc/sys/vm/swappiness
printf 'CR-%s: set vm.swappiness to %d on this node, for this boot only.\\n' "$NONCE" $((20 + draw)) >/root/change-request.txt`,
  baseline: `cat /root/handover.txt
echo "swappiness $(cat /proc/sys/vm/swappiness)"
echo "asked $(sed 's/.*vm.swappiness to \\([0-9]*\\) .*/\\1/' /root/change-request.txt)"`,
  steps: [machine, handover, change],
} satisfies Lab;
