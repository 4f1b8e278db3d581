import type { Lab } from '../../../src/lab/lab.ts';
import { facts } from './facts.ts';
import { gaps } from './gaps.ts';
import { judgement } from './judgement.ts';
import { nodeScript, pods, volume } from './node.ts';

export default {
  title: 'Ready, conditional, not ready',
  minutes: 35,
  start: 'snapshot',
  // The nonce decides which requirements fail. /etc asks for all of them on every node, and the agent's line is in every log.
  prepare: `case=$(( 0x$(echo "$NONCE" | cut -c1-2) % 8 ))
mkdir -p ${pods} ${volume}
echo '+cpu +memory +pids' >/sys/fs/cgroup/cgroup.subtree_control
echo '+cpu +memory +pids' >${pods}/cgroup.subtree_control
printf 'overlay\\nbr_netfilter\\n' >/etc/modules-load.d/kubernetes.conf
echo 'net.ipv4.ip_forward = 1' >/etc/sysctl.d/90-kubernetes.conf
modprobe overlay
truncate -s 4M /var/lib/payments.img
mkfs.ext4 -q -E lazy_itable_init=0 -O ^has_journal /var/lib/payments.img
mount -o loop /var/lib/payments.img ${volume}
modules=loaded; forward=1; swap=off; tainted=4096
case $case in
  1) swap=on ;;
  2) forward=0 ;;
  3) echo -memory >${pods}/cgroup.subtree_control ;;
  4) modules=available ;;
  5) modules=absent; forward=0 ;;
  6) tainted=4224; swap=on ;;
  7) level=$(cut -f1 /proc/sys/kernel/printk); dmesg -n 1
     echo "block $NONCE" >/sys/fs/ext4/$(basename "$(findmnt -no SOURCE ${volume})")/trigger_fs_error
     dmesg -n "$level" ;;
esac
case $modules in
  loaded) modprobe br_netfilter ;;
  absent) rm "$(modinfo -n br_netfilter)"; depmod -a ;;
esac
echo $forward >/proc/sys/net/ipv4/ip_forward
echo $tainted >/proc/sys/kernel/tainted
if [ $swap = on ]; then
  dd if=/dev/zero of=/var/lib/swap bs=64k count=64 status=none
  chmod 600 /var/lib/swap; mkswap -q /var/lib/swap; swapon /var/lib/swap
fi
printf '<12>payments-agent: EXT4-fs error (device loop0): INC-%s, take this node out\\n' "$NONCE" >/dev/kmsg
sync`,
  baseline: nodeScript,
  steps: [facts, gaps, judgement],
} satisfies Lab;
