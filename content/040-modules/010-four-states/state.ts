export const states = ['loaded', 'available', 'built in', 'absent'] as const;

/** Names whose state the reader decides, and the one that each start of the lab picks by itself. */
export const fixed = ['ext4', 'overlay', 'tun', 'tcp_cubic', 'ghostfs'] as const;
export const picks = ['jbd2', 'veth', 'autofs4', 'xfs', 'libata', 'loop', 'configfs', 'nfs'] as const;

/** A shell function: the state of one name, from sysfs, the two indexes and nothing else. It loads nothing. */
export const STATE = `state() {
  if [ -e /sys/module/$1/initstate ]; then echo loaded
  elif sed 's,.*/,,; s,-,_,g' /lib/modules/$(uname -r)/modules.builtin | grep -qx "$1.ko"; then echo 'built in'
  else case $(modinfo -n "$1" 2>/dev/null) in /*) echo available ;; *) echo absent ;; esac
  fi
}`;
