/** The cgroup that the pods of this node hang below, and the mount point of their data volume. */
export const pods = '/sys/fs/cgroup/kubepods.slice';
export const volume = '/var/lib/payments';

/** A shell piece that prints the node as the contract sees it, one `name value` a line. */
export const nodeScript = `echo "kernel $(uname -r)"
echo "cgroup $(stat -fc %T /sys/fs/cgroup)"
echo "controllers $(cat ${pods}/cgroup.subtree_control)"
echo "overlay $(grep -cw overlay /proc/filesystems)"
echo "br_netfilter $(grep -c '^br_netfilter ' /proc/modules)"
echo "br_netfilter-file $(if modinfo -n br_netfilter >/dev/null 2>&1; then echo there; else echo missing; fi)"
echo "forward $(cat /proc/sys/net/ipv4/ip_forward)"
echo "swap $(awk '/^SwapTotal/ {print $2}' /proc/meminfo)"
echo "tainted $(cat /proc/sys/kernel/tainted)"
echo "data $(cat /sys/fs/ext4/"$(basename "$(findmnt -no SOURCE ${volume})")"/errors_count)"`;

export type Node = ReadonlyMap<string, string>;

export const readNode = (text: string): Node => new Map(text.trim().split('\n').map((line): [string, string] => {
  const [name = '', ...value] = line.trim().split(/\s+/);
  return [name, value.join(' ')];
}));

/** What of the node is not as the lab handed it over. */
export const changed = (before: Node, now: Node): string[] => [...now].filter(([name, value]) => before.get(name) !== value).map(([name]) => name);
