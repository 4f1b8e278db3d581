#!/bin/bash
# Builds the disk of node-1: recipe (this folder) -> $work/disk.img, $work/bios, $work/packages.tsv.
# Needs root on Debian with the mirror in reach. Each stage is kept in $work under the hash of what went in,
# so that a change of the last stage does not build a kernel.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${1:?usage: build.sh WORK_FOLDER}
mirror=http://deb.debian.org/debian
suite=trixie
export LC_ALL=C SOURCE_DATE_EPOCH=1793491200

say() { printf '[image] %s\n' "$*" >&2; }
# stamp NAME FILES…: is what NAME was made from unchanged?
hash_of() { (cd "$here" && find "$@" -type f | sort | xargs sha256sum | sha256sum | cut -d' ' -f1); }
fresh() { [ -e "$work/$1.stamp" ] && [ "$(cat "$work/$1.stamp")" = "$2" ]; }
done_with() { echo "$2" >"$work/$1.stamp"; }

[ "$(id -u)" = 0 ] || { echo 'npm run image works in chroots: run it as root.' >&2; exit 1; }
[ -e /etc/debian_version ] || { echo 'npm run image needs a Debian machine.' >&2; exit 1; }
mkdir -p "$work"
command -v mmdebstrap >/dev/null && command -v arch-test >/dev/null || {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap arch-test debian-archive-keyring
}

mounted() { mountpoint -q "$1"; }
with_proc() { # with_proc ROOT COMMAND…: run in a chroot that has /proc, /dev and /sys
  local root=$1; shift
  for d in proc dev sys; do mounted "$root/$d" || mount --bind "/$d" "$root/$d"; done
  local code=0
  chroot "$root" "$@" || code=$?
  for d in sys dev proc; do umount "$root/$d"; done
  return $code
}

# --- the builder: Debian 13 i386 with the compilers, so that the host's versions do not matter ---------
builder="$work/builder"
builder_packages=ca-certificates,build-essential,flex,bison,bc,libelf-dev,libssl-dev,pahole,kmod,cpio,lz4,zstd,xz-utils,python3-minimal,rsync,fdisk,libdw-dev,libtraceevent-dev,libcap-dev,pkgconf,linux-source-6.12,e2fsprogs,libarchive13t64,grub-pc-bin,grub-common,seabios
key=$(printf %s "$builder_packages" | sha256sum | cut -d' ' -f1)
if ! fresh builder "$key"; then
  say 'builder: Debian 13 i386 with compilers'
  rm -rf "$builder"
  mmdebstrap --quiet --arch=i386 --variant=minbase --include=$builder_packages $suite "$builder" $mirror
  done_with builder "$key"
fi
mkdir -p "$builder/build"

# --- the kernel --------------------------------------------------------------------------------------
key=$(hash_of kernel)
if ! fresh kernel "$key"; then
  say 'kernel: about ten minutes on two cores'
  rm -rf "$builder/build/kernel"
  cp -r "$here/kernel" "$builder/build/kernel"
  with_proc "$builder" sh /build/kernel/build.sh >"$work/kernel.log" 2>&1 || { tail -n 30 "$work/kernel.log" >&2; exit 1; }
  done_with kernel "$key"
fi
release=$(cat "$builder/build/out/release")

# --- packages ----------------------------------------------------------------------------------------
packages=$(grep -v '^#' "$here/rootfs/packages.txt" | tr -s ' \n' ',' | sed 's/,$//')
key=$(hash_of rootfs/packages.txt rootfs/dpkg.conf)
if ! fresh base "$key"; then
  say 'packages of the node'
  mmdebstrap --quiet --arch=i386 --variant=minbase --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt="$here/rootfs/dpkg.conf" --include="$packages" $suite "$work/base.tar" $mirror
  done_with base "$key"
fi
key=$(hash_of rootfs/dpkg.conf bundles)
if ! fresh bundle "$key"; then
  say 'packages of the Debian 12 bundle'
  mmdebstrap --quiet --arch=i386 --variant=extract --dpkgopt="$here/rootfs/dpkg.conf" \
    --include=base-files,bash,coreutils,libc6,libtinfo6,libselinux1,libacl1,libattr1,libpcre2-8-0,libgmp10 \
    bookworm "$work/bundle.tar" $mirror
  done_with bundle "$key"
fi

# --- the tree ----------------------------------------------------------------------------------------
say 'tree'
root="$work/root"
rm -rf "$root"
mkdir "$root"
tar -C "$root" -xf "$work/base.tar"
dpkg-query --admindir="$root/var/lib/dpkg" -W -f '${Package}\t${Version}\t${source:Package}\t${source:Version}\n' |
  LC_ALL=C sort >"$work/packages.tsv"
cp -a --no-preserve=ownership "$here/rootfs/files/." "$root/"
cp -a --no-preserve=ownership "$builder/build/out/boot" "$root/"
install -m 0755 "$builder/build/out/usr/bin/perf" "$root/usr/bin/perf"
cp -a --no-preserve=ownership "$builder/build/out/lib/modules" "$root/usr/lib/"
mkdir -p "$root/usr/src" && cp -a --no-preserve=ownership "$builder/build/out/usr/src/." "$root/usr/src/"
sed -i "s/@KERNEL@/$release/" "$root/boot/grub/grub.cfg"
# GRUB loads its modules from /boot at the grub> prompt; one copy serves the package too
mv "$root/usr/lib/grub/i386-pc" "$root/boot/grub/i386-pc"
ln -s /boot/grub/i386-pc "$root/usr/lib/grub/i386-pc"
ln -sf "boot/vmlinuz-$release" "$root/vmlinuz"
ln -sf "boot/initrd.img-$release" "$root/initrd.img"

rm -rf "$builder/build/agent" && cp -r "$here/agent" "$builder/build/agent"
chroot "$builder" sh -c 'cd /build/agent && gcc -Os -s -static -Wall -Werror -o bootable-agent agent.c'
install -D -m 0755 "$builder/build/agent/bootable-agent" "$root/usr/lib/bootable/agent"
install -D -m 0644 "$here/agent/agent.service" "$root/etc/systemd/system/bootable-agent.service"
[ ! -e "$here/agent/bootable.slice" ] || install -D -m 0644 "$here/agent/bootable.slice" "$root/etc/systemd/system/bootable.slice"

# Two root file systems of other userlands, for the labs that run containers
bundles="$root/var/lib/bundles"
mkdir -p "$bundles/debian-12/rootfs" "$bundles/busybox/rootfs"/{bin,etc,proc,sys,dev,tmp,root}
tar -C "$bundles/debian-12/rootfs" --exclude './dev/*' --exclude './var/lib/apt/*' --exclude './var/lib/dpkg/*' --exclude './usr/share/*' -xf "$work/bundle.tar"
# Of coreutils only what a look around needs
find "$bundles/debian-12/rootfs"/{bin,sbin,usr/bin,usr/sbin} -type f -o -type l | grep -vE '/(bash|sh|cat|ls|uname|sleep|id|env|echo|readlink|stat|head|true|mkdir|touch)$' | xargs rm -f
ln -sf bash "$bundles/debian-12/rootfs/usr/bin/sh"
cp "$root/usr/bin/busybox" "$bundles/busybox/rootfs/bin/busybox"
for applet in $("$root/usr/bin/busybox" --list); do [ "$applet" = busybox ] || ln -sf busybox "$bundles/busybox/rootfs/bin/$applet"; done
busybox_version=$(awk -F'\t' '$1 == "busybox-static" {print $2}' "$work/packages.tsv")
printf 'PRETTY_NAME="BusyBox %s"\nNAME="BusyBox"\nID=busybox\nVERSION_ID="%s"\n' "${busybox_version%%-*}" "${busybox_version%%-*}" | sed 's/1://' >"$bundles/busybox/rootfs/etc/os-release"
echo 'root:x:0:0:root:/root:/bin/sh' >"$bundles/busybox/rootfs/etc/passwd"
for name in debian-12 busybox; do sed "s/@NAME@/$name/" "$here/bundles/config.json" >"$bundles/$name/config.json"; done

cp "$here/rootfs/customize.sh" "$root/customize.sh"
with_proc "$root" sh -c "/customize.sh && update-initramfs -c -k $release && ldconfig" >"$work/tree.log" 2>&1 ||
  { tail -n 30 "$work/tree.log" >&2; exit 1; }
rm -rf "$root/customize.sh" "$root"/var/log/*.log "$root"/{tmp,run,proc,sys,dev}/* "$root/var/cache/ldconfig/aux-cache" "$root/etc/.pwd.lock"
mkdir -p "$root/dev/pts"
mknod -m 600 "$root/dev/console" c 5 1; mknod -m 666 "$root/dev/null" c 1 3

# --- the disk ----------------------------------------------------------------------------------------
say 'disk'
tar -C "$root" --sort=name --mtime=@$SOURCE_DATE_EPOCH --clamp-mtime --numeric-owner --xattrs --xattrs-include='*' \
  --format=posix --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime -cf "$builder/build/root.tar" .
cp "$here/disk/make.sh" "$builder/build/disk.sh"
cp "$here/disk/early.cfg" "$here/disk/memmove.py" "$builder/build/"
with_proc "$builder" sh /build/disk.sh
rm "$builder/build/root.tar"
mv "$builder/build/disk.img" "$work/disk.img"
mkdir -p "$work/bios"
cp "$builder/usr/share/seabios/bios.bin" "$builder/usr/share/seabios/vgabios-stdvga.bin" "$work/bios/"
cp "$root/boot/config-$release" "$work/kernel.config"
cp "$builder/build/out/layout.tsv" "$work/layout.tsv"
echo "$release" >"$work/release"
say "disk.img of kernel $release"
