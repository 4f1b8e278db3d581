const instance = '/sys/kernel/tracing/instances/refusals';

/** Which result of which system call the kernel's own trace keeps: five errno values, by number. Source: errno(3). */
const kept: Readonly<Record<string, string>> = {
  bind: 'ret == -13 || ret == -98',
  socketcall: 'ret == -13 || ret == -98', // which is how the C library calls bind on i386
  openat: 'ret == -13',
  write: 'ret == -28',
  clone: 'ret == -11',
  clone3: 'ret == -11',
  fork: 'ret == -11',
  vfork: 'ret == -11',
};

/** A piece of `prepare`: an instance of tracefs that records refusals. Source: Documentation/trace/events.rst, ftrace.rst (instances). */
export const WITNESS = `mkdir ${instance}
echo 32 >${instance}/buffer_size_kb
${Object.entries(kept).map(([call, filter]) => `echo '${filter}' >${instance}/events/syscalls/sys_exit_${call}/filter
echo 1 >${instance}/events/syscalls/sys_exit_${call}/enable`).join('\n')}`;

export const READ_WITNESS = `cat ${instance}/trace`;

/** The processes that got this errno, as the kernel recorded it: lines such as `httpd-812 [000] ..... 71.2: sys_bind -> 0xfffffff3`. */
export function refused(trace: string, errno: number): ReadonlySet<string> {
  const result = `0x${(2 ** 32 - errno).toString(16)}`;
  return new Set(trace.split('\n').filter((line) => line.endsWith(`-> ${result}`)).flatMap((line) => /-(\d+)\s+\[\d+\]/.exec(line)?.[1] ?? []));
}
