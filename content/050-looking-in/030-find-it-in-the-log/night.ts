/** What `prepare` makes happen, by the nonce: names that the messages of this start carry. */
export interface Night {
  /** Subsystem, and what its message must match. */
  readonly events: ReadonlyMap<string, RegExp>;
  /** Messages of the same kinds from before the window. */
  readonly earlier: RegExp;
  readonly forged: RegExp;
  readonly facility: string;
}

export const FACILITIES = ['kern', 'user', 'daemon', 'local0'];
export const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

export function night(nonce: string): Night {
  const [a, b, n] = [nonce.slice(0, 4), nonce.slice(4), Number.parseInt(nonce.slice(2, 3), 16) % 4];
  return {
    events: new Map([
      ['memory', new RegExp(`Killed process \\d+ \\(batch-${a}\\)|oom-kill:.*task=batch-${a}|batch-${a} invoked oom-killer`)],
      ['fault', new RegExp(`parse-${b}\\[\\d+\\]: segfault`)],
      ['filesystem', new RegExp(`EXT4-fs \\(loop${n + 3}\\)`)],
      ['network', new RegExp(`mon${a}: entered promiscuous mode`)],
    ]),
    earlier: new RegExp(`parse-${a}\\[|EXT4-fs \\(loop${n}\\)|mon${b}: `),
    forged: /EXT4-fs error \(device sda1\)/,
    facility: FACILITIES[Number.parseInt(nonce.slice(3, 4), 16) % 3 + 1] ?? 'user',
  };
}

/** Two devices whose disks hold no file system, two programs whose stack overflows, one that eats its group's memory, two promiscuous devices, one forged line. */
export const PREPARE = `level=$(cat /proc/sys/kernel/printk)
echo 1 > /proc/sys/kernel/printk # the reader's console stays clean
echo 0 > /proc/sys/kernel/dmesg_restrict
a=$(echo $NONCE | cut -c 1-4); b=$(echo $NONCE | cut -c 5-8)
n=$(( 0x$(echo $NONCE | cut -c 3) % 4 ))
set -- 1 3 16
shift $(( 0x$(echo $NONCE | cut -c 4) % 3 ))
modprobe loop; modprobe dummy
mkdir -p /var/lib/night
cd /var/lib/night
truncate -s 1M empty.img
for name in parse-$a parse-$b batch-$a; do cp /usr/bin/dash $name; done
nothing() { losetup /dev/loop$1 empty.img; mount -t ext4 /dev/loop$1 /mnt; losetup -d /dev/loop$1; }
fault() { (ulimit -c 0; ulimit -s 64; ./$1 -c 'f() { f; }; f'); } # calls itself until the stack ends
listen() { ip link add $1 type dummy; ip link set $1 promisc on; }
(nothing $n; fault parse-$a; listen mon$b) 2>/dev/null
sleep 3
date '+%F %T' > /root/window
sleep 2
(
  listen mon$a
  nothing $((n + 3))
  printf '<%d>EXT4-fs error (device sda1): ext4_lookup:1813: inode #%d: comm batch-%s: deleted inode referenced: %d\\n' $(( $1 * 8 + 3 )) 5131 $a 5148 > /dev/kmsg
  fault parse-$b
  mkdir /sys/fs/cgroup/batch
  echo 8M > /sys/fs/cgroup/batch/memory.max
  sh -c 'echo $$ > /sys/fs/cgroup/batch/cgroup.procs; exec ./batch-'$a' -c "x=aaaaaaaaaaaaaaaa; while :; do x=\\$x\\$x; done"'
  rmdir /sys/fs/cgroup/batch
) 2>/dev/null
ip link del mon$b
cd /; rm -r /var/lib/night
echo "$level" > /proc/sys/kernel/printk
true`;

/** A message without its time, and without what dmesg -x, dmesg -T and journalctl put in front. */
export const bare = (line: string): string => line.trim()
  .replace(/^\w{3} \d\d \d\d:\d\d:\d\d \S+ \w+: /, '')
  .replace(/^\w+\s*:\w+\s*: /, '')
  .replace(/^\[[^\]]*\]\s*/, '')
  .trim();
