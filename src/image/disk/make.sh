#!/bin/sh
# Runs in the builder: /build/root.tar (sorted, fixed times) -> /build/disk.img, the same bytes each time.
# MBR, GRUB's core image in the gap before the first partition, one ext4 root.
set -eu
cd /build
export LC_ALL=C SOURCE_DATE_EPOCH=1793491200 E2FSPROGS_FAKE_TIME=1793491200
mib=768
rm -f disk.img root.ext4
# One inode a 12 KiB is what the tree needs with room to spare; 8 MiB of journal are plenty for one disk of memory.
mke2fs -q -t ext4 -b 4096 -U 5b0071ab-1e00-4d3a-9b1e-000000000001 -L root \
  -E hash_seed=5b0071ab-1e00-4d3a-9b1e-000000000002,lazy_itable_init=1,lazy_journal_init=1,root_owner=0:0 \
  -O ^64bit,^metadata_csum,uninit_bg -J size=8 -i 12288 -m 1 -d root.tar root.ext4 $(((mib - 1) * 1024))k
tune2fs -c 0 -i 0 root.ext4 >/dev/null

truncate -s ${mib}M disk.img
printf 'label: dos\nlabel-id: 0xb007ab1e\nstart=2048, type=83, bootable\n' | sfdisk -q disk.img
# early.cfg runs before grub.cfg is looked for: without a menu, GRUB still talks on the serial line. Its parser knows no comments.
# As on an installed Debian, the core holds what finds /boot/grub; the rest lies there as modules. Unpacking the core costs
# 130 instructions a byte, reading a module 12.
rm -rf grub && cp -r /usr/lib/grub/i386-pc grub
python3 memmove.py grub/kernel.img
grub-mkimage -O i386-pc -d grub -c early.cfg -p '(hd0,msdos1)/boot/grub' -o core.img biosdisk part_msdos ext2 serial terminal
[ "$(stat -c %s core.img)" -lt $((2047 * 512)) ]
dd if=/usr/lib/grub/i386-pc/boot.img of=disk.img bs=440 count=1 conv=notrunc status=none
dd if=core.img of=disk.img bs=512 seek=1 conv=notrunc status=none
dd if=root.ext4 of=disk.img bs=1M seek=1 conv=notrunc,sparse status=none
rm -f root.ext4
