/** `key value` lines of a probe, by key. */
export const values = (stdout: string): ReadonlyMap<string, string> =>
  new Map(stdout.split('\n').filter((line) => line !== '').map((line): [string, string] => {
    const blank = line.indexOf(' ');
    return blank < 0 ? [line, ''] : [line.slice(0, blank), line.slice(blank + 1)];
  }));

/** A baseline or probe line with the id of the boot, `boot UUID`. Source: proc_sys_kernel(5), random/boot_id. */
export const BOOT_ID = 'echo "boot $(cat /proc/sys/kernel/random/boot_id)"';
