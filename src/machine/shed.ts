/** Gives back the pages that are only a copy of the disk: a state holds every page that is not zero. */
export const SHED = `
sync
echo 3 > /proc/sys/vm/drop_caches
echo 64M > /sys/fs/cgroup/memory.reclaim 2> /dev/null # says no when there is less to give
echo 3 > /proc/sys/vm/drop_caches
echo 0 > /sys/block/sda/queue/read_ahead_kb`;

/**
 * Brings back the pages that a reader's first minute needs, and only those (nothing is read ahead): in a state a page
 * costs 1 kB, as a piece of the disk 50 kB and a wait. Measured: 11 MB to the first command instead of 15.
 */
export const WARM = `
ls / > /dev/null
cat /proc/uptime > /dev/null
uname -r
stat -L /var/mail /var/mail/root > /dev/null 2>&1 # the shell looks for mail when a minute has passed
sleep 3 # the services that heard the clock jump have their say`;

export const REST = `
sync
echo 128 > /sys/block/sda/queue/read_ahead_kb`;
