import { sectionScript } from '../../../src/lab/sections.ts';

export const path = '/root/preflight.sh';

/** The names with which a finding may begin. */
export const names = ['overlay', 'br_netfilter', 'ipv6', 'cgroup', 'memory', 'ip_forward', 'swap', 'modprobe'] as const;
export type Name = (typeof names)[number];

/** A node as the script meets it: this one, but for what `differs`. */
export interface Room {
  readonly id: string;
  /** Completes "on a node …". */
  readonly where: string;
  /** Shell lines that make the difference, in a mount namespace of the room's own. */
  readonly differs: string;
  readonly code: 0 | 1 | 2;
  readonly finds: readonly Name[];
  /** Findings that are true there as well. */
  readonly allows?: readonly Name[];
  readonly hint: string;
}

/** Modules of the contract that are in memory, as lines of /proc/modules begin. */
export const inMemory = "grep -oE '^(overlay|br_netfilter) ' /proc/modules; true";

/**
 * What the rooms are furnished from, in /mnt of a namespace that ends with the check. Two module trees for the running release (one
 * without br_netfilter, one that calls overlay built in), files to lie over those of /proc, and a /usr/sbin without kmod's tools.
 * Then everything is read-only, and only /tmp can be written.
 */
const furnish = `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
mount -t proc proc /proc && mount -t tmpfs none /mnt && mount -t tmpfs none /tmp || exit
release=$(uname -r); tree=/usr/lib/modules/$release
new() {
  mkdir -p "/mnt/$1$tree"; ln -s usr/lib "/mnt/$1/lib"
  cp "$tree/modules.builtin" "$tree/modules.builtin.modinfo" "$tree/modules.order" "/mnt/$1$tree"
}
new absent; new builtin
files() { modprobe --show-depends "$1" | sed -n "s:^insmod .*/$release/\\([^ ]*\\).*:\\1:p"; }
(cd "$tree" && cp --parents $(files overlay) "/mnt/absent$tree" && cp --parents $(files br_netfilter) "/mnt/builtin$tree")
echo kernel/fs/overlayfs/overlay.ko >>"/mnt/builtin$tree/modules.builtin"
printf 'overlay.file=fs/overlayfs/overlay\\0overlay.license=GPL\\0overlay.description=Overlay filesystem\\0' >>"/mnt/builtin$tree/modules.builtin.modinfo"
depmod -b /mnt/absent "$release"; depmod -b /mnt/builtin "$release"
grep -vE '^(overlay|br_netfilter) ' /proc/modules >/mnt/modules
{ cat /mnt/modules; echo 'br_netfilter 24576 0 - Live 0x00000000'; echo 'overlay 147456 0 - Live 0x00000000'; } >/mnt/modules-loaded
mkdir /mnt/sys-module; ls /sys/module | sed 's:^:/mnt/sys-module/:' | xargs mkdir -p /mnt/sys-module/overlay /mnt/sys-module/br_netfilter
echo live | tee /mnt/sys-module/overlay/initstate >/mnt/sys-module/br_netfilter/initstate
head -n 1 /proc/swaps >/mnt/swaps
{ cat /mnt/swaps; printf '/var/lib/swap                           file\\t\\t4092\\t\\t0\\t\\t-2\\n'; } >/mnt/swaps-used
awk '/^Swap(Total|Free)/ {printf "%-16s%8d kB\\n", $1, 4092; next} {print}' /proc/meminfo >/mnt/meminfo-swap
echo 0 >/mnt/zero; echo 1 >/mnt/one
sed -E 's/(^| )memory( |$)/\\1\\2/; s/  / /' /sys/fs/cgroup/cgroup.controllers >/mnt/controllers
sed -E 's/^(memory\\t.*)1$/\\10/' /proc/cgroups >/mnt/cgroups
sed 's/$/ cgroup_disable=memory/' /proc/cmdline >/mnt/cmdline
mkdir -p /mnt/usr/bin /mnt/usr/sbin /mnt/sbin
mount --bind /usr/bin /mnt/usr/bin; mount --bind /usr/sbin /mnt/usr/sbin
ls /usr/sbin | grep -vxE 'modprobe|modinfo|insmod|rmmod|depmod|lsmod' | sed 's:^:/mnt/usr/sbin/:' | xargs ln -s -t /mnt/sbin
mount --bind /mnt/modules /proc/modules; mount --bind /mnt/swaps /proc/swaps; mount --bind /mnt/one /proc/sys/net/ipv4/ip_forward
for point in /mnt /proc /sys /sys/fs/cgroup /run /dev/shm /; do mount -o remount,bind,ro $point; done`;

/** The script, as root without any capability: it can read what is root's, and change nothing. 30 s, 4000 bytes; after the first that takes longer no other is tried. */
const enter = ({ differs }: Room): string => `[ ! -e /tmp/late ] || exit 124
out=$(unshare -m sh -c '${differs}
exec timeout 30 setpriv --bounding-set=-all --inh-caps=-all --no-new-privs ${path}' 2>&1); code=$?; [ $code != 124 ] || : >/tmp/late
printf %s "$out" | head -c 4000; exit $code`;

/** The processes of the rooms live in a namespace of their own, which takes them along when it ends. */
export const roomsScript = (nonce: string, rooms: readonly Room[]): string => `${sectionScript(nonce, {
  file: `stat -Lc '%F, %A' ${path}`,
  'in-memory': inMemory,
})}
[ ! -x ${path} ] || unshare -mpf --kill-child sh <<'ROOMS' 2>/dev/null
${furnish}
${sectionScript(nonce, Object.fromEntries(rooms.map((room) => [room.id, enter(room)])))}
ROOMS`;

const tree = (name: string): string => `mount --bind /mnt/${name}/usr/lib/modules/$(uname -r) /usr/lib/modules/$(uname -r)`;

export const sound: Room = {
  id: 'sound', where: 'where everything is as it should be', differs: ':', code: 0, finds: [],
  hint: 'That is a false alarm. Available is enough, as long as the module is there to be loaded; and `ipv6` is part of the kernel image, so no list of loaded modules has it. After three false alarms nobody reads the fourth line.',
};

export const rooms = {
  sound,
  builtin: {
    id: 'builtin', where: 'whose kernel has overlay built in', differs: tree('builtin'), code: 0, finds: [],
    hint: 'Built in is the best answer there is, and it has no `.ko` file and no line in `lsmod`. Which tool of kmod knows modules that are built in?',
  },
  loaded: {
    id: 'loaded', where: 'with both modules in memory and the file of br_netfilter gone', code: 0, finds: [],
    differs: `mount --bind /mnt/modules-loaded /proc/modules; mount --bind /mnt/sys-module /sys/module; ${tree('absent')}`,
    hint: 'What is in memory works, whatever has happened to its file: a package update can take the tree of the running release away. `modinfo` and a dry run look into the tree alone, so ask the kernel first.',
  },
  absent: {
    id: 'absent', where: 'whose running release has no br_netfilter', differs: tree('absent'), code: 1, finds: ['br_netfilter'],
    hint: 'Neither in memory, nor built in, nor in the tree of the running release. The script ends with 1 there, and prints a line that begins with the name and a colon.',
  },
  swap: {
    id: 'swap', where: 'that swaps', differs: 'mount --bind /mnt/swaps-used /proc/swaps; mount --bind /mnt/meminfo-swap /proc/meminfo', code: 1, finds: ['swap'],
    hint: '`/proc/swaps` has a line below its heading there, and `SwapTotal` is not 0. What `/etc/fstab` says about swap is a wish.',
  },
  forward: {
    id: 'forward', where: 'that does not route', differs: 'mount --bind /mnt/zero /proc/sys/net/ipv4/ip_forward', code: 1, finds: ['ip_forward'],
    hint: '`net.ipv4.ip_forward` is 0 there. Ask the running value, under `/proc/sys`.',
  },
  memory: {
    id: 'memory', where: 'whose kernel offers no memory controller', differs: 'mount --bind /mnt/controllers /sys/fs/cgroup/cgroup.controllers; mount --bind /mnt/cgroups /proc/cgroups; mount --bind /mnt/cmdline /proc/cmdline', code: 1, finds: ['memory'],
    hint: 'It was started with `cgroup_disable=memory`, so the word is missing in `/sys/fs/cgroup/cgroup.controllers`. The finding is called `memory`.',
  },
  cgroup: {
    id: 'cgroup', where: 'on cgroup v1', differs: 'umount /sys/fs/cgroup; mount -t tmpfs none /sys/fs/cgroup; mkdir /sys/fs/cgroup/cpu /sys/fs/cgroup/memory /sys/fs/cgroup/pids', code: 1, finds: ['cgroup'], allows: ['memory'],
    hint: 'A `tmpfs` is mounted at `/sys/fs/cgroup` there, with a directory for each controller. The directory exists in both modes; the type of the file system tells them apart.',
  },
  two: {
    id: 'two', where: 'that swaps and does not route', differs: 'mount --bind /mnt/swaps-used /proc/swaps; mount --bind /mnt/meminfo-swap /proc/meminfo; mount --bind /mnt/zero /proc/sys/net/ipv4/ip_forward', code: 1, finds: ['ip_forward', 'swap'],
    hint: 'Two things are wrong there, and one line is not the whole answer: whoever mends it comes back for the second. Note each finding, and end after the last question.',
  },
  blind: {
    id: 'blind', where: 'without modprobe and its sisters', differs: 'mount --bind /mnt/sbin /usr/sbin', code: 2, finds: ['modprobe'],
    hint: 'The script could not ask about modules there. That is neither 0 nor 1: it ends with 2, names `modprobe`, and accuses no module. Look for the tool before you use it.',
  },
} as const satisfies Record<string, Room>;
