/**
 * Four files, made of modules of this node's own tree, in an order that the nonce decides: one built for a kernel with other
 * options, one with another checksum of the kernel's structures, one whose signature no longer fits, one unsigned that fits.
 * Which file is which shows in the name of the module inside.
 */
export const kinds = { macvlan: 'the version magic', veth: 'a checksum of the kernel’s interface', ifb: 'a signature that does not fit', dummy: 'nothing: it loads' } as const;
export const reasons = Object.values(kinds);

export const slots = ['1', '2', '3', '4'] as const;

export const MAKE = `mkdir -p /root/rack && cd /root/rack
tree=/lib/modules/$(uname -r)/kernel/drivers/net
unsigned() { objcopy --dump-section .modinfo=info --dump-section __versions=crcs $tree/$1.ko $1.out
  LC_ALL=C sed -i "s/vermagic=$(uname -r)/vermagic=6.12.94-bootable/; $2" info
  at=$(LC_ALL=C grep -abo module_layout crcs | cut -d : -f 1)
  [ -z "$3" ] || printf "$3" | dd of=crcs bs=1 seek=$((at - 4)) conv=notrunc status=none
  objcopy --update-section .modinfo=info --update-section __versions=crcs $1.out && rm -f info crcs; }
unsigned macvlan 's/94-bootable mod_unload/94-cloud-i386 SMP preempt mod_unload/' ''
unsigned veth '' '\\252\\273\\314\\335'
unsigned dummy '' ''
LC_ALL=C sed 's/author=/Author=/' $tree/ifb.ko >ifb.out
set -- macvlan veth ifb dummy
turn=$(( 0x$(printf %.2s "$NONCE") % 4 ))
while [ $turn -gt 0 ]; do first=$1; shift; set -- "$@" $first; turn=$((turn - 1)); done
number=1
for name in "$@"; do mv $name.out rack-$number.ko; number=$((number + 1)); done
touch -d '2026-10-30 11:20' rack-*.ko`;

/** A shell piece: the kernel's own lines of this boot that fit `pattern`. Whoever has cleared the ring buffer finds them in the journal. */
export const kernelLines = (pattern: string): string => `{ dmesg -r | sed -n 's/^<[0-7]>//p'; journalctl -kqo cat --facility=kern; } | grep -E '${pattern}'`;

/** A shell function: the path of the file with this module inside. */
export const FIND = `file_of() { for path in /root/rack/rack-*.ko; do [ "$(modinfo -F name $path)" = "$1" ] && echo $path; done; }
kind_of() { modinfo -F name /root/rack/rack-$1.ko; }`;
