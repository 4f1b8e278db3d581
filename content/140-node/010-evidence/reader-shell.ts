/**
 * A shell piece that sets `shell` to the process id of the reader's shell: the bash that has been on ttyS0 longest.
 * Empty while there is none (logged out, or the machine is going down).
 */
export const readerShell = "shell=$(ps -t ttyS0 -o pid=,comm= --sort=start_time | awk '$2 == \"bash\" {print $1; exit}')";
