import { FACTS } from './facts.ts';

export const EVIDENCE = '/srv/evidence';
export const OWN = '/root/node-1.json';

/** What breaks the contract on a recorded node: the nonce takes two of the first row for node-2 and one of the second for node-3. */
const faults = ['.cgroup = "tmpfs"', '.ip_vs = "absent"', '.swap_kib = 1048572', '.br_netfilter = "absent"'] as const;
const more = ['.user_namespaces = 0', '.kernel = "5.4.281-bootable"', '.overlay = "absent"'] as const;

/** The recordings are made from this node's own facts. Whatever they change besides the faults is harmless, and looks the part. */
export const BREAK = `mkdir -p ${EVIDENCE} /etc/sysctl.d
cat >/usr/local/bin/node-facts <<'END'
#!/bin/sh
${FACTS}
END
chmod +x /usr/local/bin/node-facts
printf '# set by the hardening of %s\\nnet.ipv4.ip_forward = 0\\n' "$NONCE" >/etc/sysctl.d/90-hardening.conf
sysctl -q -w net.ipv4.ip_forward=0
identity() { printf 'node-%s %s' $1 "$NONCE" | sha256sum | sed -E 's/^(.{32})(.{8})(.{4})(.{4})(.{4})(.{12}).*/.machine_id = "\\1" | .boot_id = "\\2-\\3-\\4-\\5-\\6" | .root_uuid = "\\2-\\5-\\4-\\3-\\6"/'; }
set -- $(printf %s "$NONCE" | sed 's/./0x& /g')
first=$(( $1 % 4 )); second=$(( (first + 1 + $2 % 3) % 4 )); third=$(( $3 % 3 ))
pick() { shift $1; printf %s "$2"; }
one=$(pick $first ${faults.map((fault) => `'${fault}'`).join(' ')})
two=$(pick $second ${faults.map((fault) => `'${fault}'`).join(' ')})
three=$(pick $third ${more.map((fault) => `'${fault}'`).join(' ')})
extra=''; [ $(($4 % 2)) = 0 ] || extra=' | .taint = 4096'
last=''; [ $(($5 % 2)) = 0 ] || last=' | .somaxconn = 8192'
image='.kernel as $kernel | .cmdline |= sub("vmlinuz-[^ ]+"; "vmlinuz-" + $kernel)'
node-facts >/run/facts
jq ".hostname = \\"node-2\\" | $(identity 2) | .log_lines = $((230 + $6)) | .modules_loaded = $((20 + $7)) | .ip_forward = 1 | .overlay = \\"loaded\\" | .nf_conntrack = \\"loaded\\" | .memory_mib = 493 | .kernel = \\"6.12.$((90 + $8))-bootable\\"$extra | $one | $two | $image" /run/facts >${EVIDENCE}/node-2.json
jq ".hostname = \\"node-3\\" | $(identity 3) | .log_lines = $((270 + $7)) | .modules_loaded = $((40 + $8)) | .ip_forward = 1 | .overlay = \\"built in\\" | .cmdline |= sub(\\" quiet\\"; \\"\\")$last | $three | $image" /run/facts >${EVIDENCE}/node-3.json
rm /run/facts`;

export const BASELINE = `jq -c . ${EVIDENCE}/node-2.json ${EVIDENCE}/node-3.json
{ ${FACTS}
} | jq -c .`;
