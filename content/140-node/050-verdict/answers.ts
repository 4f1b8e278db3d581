import { pods, volume } from './node.ts';

/** Scripts that give what a careful reader would enter on this node, whichever it is. */

const commands: Readonly<Record<string, string>> = {
  kernel: 'uname -r',
  cgroup: 'stat -fc %T /sys/fs/cgroup',
  controllers: `cat ${pods}/cgroup.subtree_control`,
  overlay: 'grep -w overlay /proc/filesystems',
  br_netfilter: 'grep -c "^br_netfilter " /proc/modules',
  forward: 'sysctl net.ipv4.ip_forward',
  swap: 'grep SwapTotal /proc/meminfo',
  tainted: 'cat /proc/sys/kernel/tainted',
  data: `cat /sys/fs/ext4/$(basename $(findmnt -no SOURCE ${volume}))/errors_count`,
};

/** Prints a citation of each requirement, or of those in `only`. */
export const cite = (only?: readonly string[]): string => Object.entries(commands)
  .filter(([name]) => only === undefined || only.includes(name))
  .map(([name, command]) => `echo '${name}: ${command} => '"$(${command})"`).join('\n');

/** Fills the shell variable `gaps` with a line for each requirement that is not met. */
const findGaps = `gaps=
gap() { gaps="$gaps$1: $2
"; }
grep -qw memory ${pods}/cgroup.subtree_control || gap controllers 'on this boot'
if [ ! -e /sys/module/br_netfilter ]; then
  if modinfo -n br_netfilter >/dev/null 2>&1; then gap br_netfilter 'on this boot'; else gap br_netfilter 'not on this boot'; fi
fi
[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || gap forward 'on this boot'
[ "$(wc -l </proc/swaps)" = 1 ] || gap swap 'on this boot'
[ $(( $(cat /proc/sys/kernel/tainted) & 688 )) = 0 ] || gap tainted 'not on this boot'
[ "$(${commands.data ?? ''})" = 0 ] || gap data 'on this boot'
`;

export const gapLines = `${findGaps}echo "\${gaps:-none}"`;

const rightVerdict = `case $gaps in *': not'*) verdict='not ready' ;; *:*) verdict=conditional ;; *) verdict=ready ;; esac
`;
export const verdictWord = `${findGaps}${rightVerdict}echo "$verdict"`;
export const wrongVerdict = `${findGaps}${rightVerdict}if [ "$verdict" = conditional ]; then echo ready; else echo conditional; fi`;

/** Five true citations, none of a requirement that fails. */
export const beside = `${findGaps}{ ${cite().replaceAll('\n', '; ')}; } | while IFS= read -r line; do
  case "$gaps" in *"\${line%%:*}: "*) ;; *) echo "$line" ;; esac
done | head -n 5`;

export const followUp = `${findGaps}case $gaps in
  *'br_netfilter: not'*) echo "find /lib/modules -name 'br_netfilter.ko*': shows whether any installed release has the file" ;;
  *tainted*) echo 'systemctl reboot: starts a boot without the mark, on which it is read again' ;;
  controllers*) echo 'echo +memory >${pods}/cgroup.subtree_control: gives each pod a memory limit to set' ;;
  br_netfilter*) echo 'modprobe br_netfilter: brings bridged packets before the packet filter' ;;
  forward*) echo 'sysctl -w net.ipv4.ip_forward=1: lets this node route for its pods' ;;
  swap*) echo 'swapoff /var/lib/swap: takes away what the kubelet refuses' ;;
  data*) echo 'e2fsck -fn /dev/loop0: shows what the recorded error has left on the volume' ;;
  *) echo 'cat /proc/sys/kernel/tainted: read again after the first pod, a new bit overturns this verdict' ;;
esac`;
