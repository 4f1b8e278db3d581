/**
 * A shell piece that sets `shell` to the process id of the reader's shell: the bash that has been on ttyS0 longest.
 * Empty while there is none (logged out, or the machine is going down).
 */
export const readerShell = "shell=$(ps -t ttyS0 -o pid=,comm= --sort=start_time | awk '$2 == \"bash\" {print $1; exit}')";

/**
 * A shell piece that counts a command's system calls as the reader's shell would: with its environment, since a locale alone costs
 * some dozen calls. Prints strace's table.
 */
export const countedCalls = (command: string): string =>
  `${readerShell}
env -i $(tr '\\0' '\\n' <"/proc/\${shell:-self}/environ" | grep -E '^(LANG|LC_[A-Z]*|PATH|HOME|TERM)=') strace -c ${command} 2>&1 >/dev/null`;
