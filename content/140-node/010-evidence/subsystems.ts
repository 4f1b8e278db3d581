/** How a message of the kernel log gives its subsystem away. A message may speak of more than one. */
export const subsystems: ReadonlyMap<string, RegExp> = new Map([
  ['processor', /\b(CPU\d*|x86|tsc|TSC|FPU|processor|clocksource|sched_clock|smpboot|APIC|microcode|L1TF|MDS|Spectre|Meltdown|Speculative Store Bypass|Calibrating delay|BogoMIPS)\b/i],
  ['memory', /\b(memory|e820|BIOS-e820|mem|lowmem|zone|page|pages|slab|SLUB|swiotlb|hugetlb|HugeTLB|initmem|cache hash table)\b/i],
  ['storage', /\b(ata\d*|ata_piix|libata|scsi\d*|SCSI|sd|sd[a-z]\d?|sr\d|nvme|block|loop|ide|io scheduler)\b/i],
  ['filesystem', /(EXT4|ext4|VFS|overlay|squashfs|erofs|jbd2|tmpfs|devtmpfs|proc|cache hash table|dentry|inode|root(fs)?\b|fs\b)/i],
  ['network', /\b(NET|TCP|UDP|IP|IPv6|ipv6|netlink|Netfilter|nf_conntrack|bridge|IPVS|802\.1d|socket|PF_\w+)\b/],
  ['security', /(LSM|landlock|lockdown|yama|seccomp|audit|capability|AppArmor|SELinux|Spectre|vulnerab|mitigation|taint|signature|certificate|KASLR|random|NX )/i],
  ['console', /\b(console|ttyS\d|tty\d?|serial|8250|16550A?|vga|VGA)\b/i],
  ['init', /(Run \/|init process|initramfs|initrd|Unpacking|Freeing|command line)/i],
]);
