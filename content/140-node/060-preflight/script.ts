import { path } from './rooms.ts';

/** The lines a reader types to write a script, one `echo` each. */
export const write = (...lines: readonly string[]): string[] => [
  ...lines.map((line, index) => `echo '${line.replaceAll("'", "'\\''")}' ${index === 0 ? '>' : '>>'}${path}`),
  `chmod +x ${path}`,
];

export const head = [
  '#!/bin/sh',
  'code=0',
  'bad() { echo "$1: $2"; code=1; }',
];

export const tool = 'command -v modprobe >/dev/null || { echo "modprobe: not on this node"; exit 2; }';

export const moduleLoop = [
  'for name in overlay br_netfilter ipv6; do',
  '  [ -e /sys/module/$name ] || modprobe -nq $name || bad $name "not for $(uname -r)"',
  'done',
];

export const values = [
  '[ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ] || bad cgroup "not version 2"',
  'grep -qw memory /sys/fs/cgroup/cgroup.controllers || bad memory "no controller"',
  '[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || bad ip_forward "is not 1"',
  '[ "$(wc -l </proc/swaps)" = 1 ] || bad swap "is in use"',
];

export const tail = ['exit $code'];
