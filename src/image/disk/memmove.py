#!/usr/bin/python3
"""memmove.py KERNEL_IMG: in GRUB's kernel, a memmove that copies with `rep movsb`.

Debian's copies byte by byte in a loop, four or five instructions each, and every byte of kernel and initramfs passes through it
twice: 134 million instructions of a boot. The code that is replaced has to be there, once, byte for byte.
"""
import sys

# grub_memmove(eax: to, edx: from, ecx: bytes), as gcc -Os has compiled it
LOOP = bytes.fromhex('5589e5575689d639d0730b01c189c739cf7410a4ebf9' '83e90172088a140e881408ebf35e5f5dc3')
# push edi, esi; forwards unless `to` lies inside what is still to be read; pop esi, edi; ret
REP = bytes.fromhex('575689d689c789c229f239ca7204f3a4eb0cfd8d740eff8d7c0ffff3a4fc5e5fc3')

path = sys.argv[1]
with open(path, 'rb') as file:
    image = file.read()
if image.count(LOOP) != 1:
    sys.exit(f'{path}: grub_memmove is not what this recipe replaces. Look at the new GRUB: it may not need it any more.')
with open(path, 'wb') as file:
    file.write(image.replace(LOOP, REP.ljust(len(LOOP), b'\x90')))
