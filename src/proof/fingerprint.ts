import type { Guest } from '../machine/guest.ts';

/**
 * What a check could have changed, as text lines that stay the same while nobody works: processes (without kernel
 * threads and the agent's own), mounts, modules, network devices, cgroups, sysctls, and each file under /etc and /root
 * with size and time of last change.
 */
const script = `
for p in /proc/[0-9]*; do
  read -r pid name _ ppid _ <"$p/stat" || continue
  case $name in '(('*) continue ;; esac # workers that systemd's services start and end as they please
  case $ppid in 0|2|$PPID) ;; *) [ "$pid" = $$ ] || echo "process $pid $name" ;; esac
done 2>/dev/null
sed 's/^/mount /' /proc/1/mountinfo
cut -d ' ' -f 1,3 /proc/modules | sed 's/^/module /'
cut -d : -f 1 /proc/net/dev | sed 's/^/device /'
find /sys/fs/cgroup -type d ! -path '*agent*' -printf 'cgroup %p\\n'
find /etc /root -xdev -printf 'file %p %s %C@ %m %U:%G\\n'
grep -rs '' /proc/sys/kernel /proc/sys/vm /proc/sys/net /proc/sys/fs /proc/sys/user --exclude=random --exclude-dir=random \
  --exclude=ns_last_pid --exclude=dentry-state --exclude=file-nr --exclude=inode-nr --exclude=inode-state \
  --exclude=nf_conntrack_count --exclude=pty/nr --exclude=nr --exclude=aio-nr --exclude=stat_refresh | sed 's/^/sysctl /'
true`;

/** The machine's fingerprint, sorted. */
export async function fingerprint(guest: Guest, signal?: AbortSignal): Promise<string[]> {
  const { stdout } = await guest.run(script, { timeout: 60_000, ...(signal && { signal }) });
  return stdout.split('\n').filter((line) => line !== '').sort();
}

/** What is in one fingerprint only: `+` came, `-` went. */
export function changes(before: readonly string[], after: readonly string[]): string[] {
  const [old, now] = [new Set(before), new Set(after)];
  return [...after.filter((line) => !old.has(line)).map((line) => `+ ${line}`), ...before.filter((line) => !now.has(line)).map((line) => `- ${line}`)];
}
