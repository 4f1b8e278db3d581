#!/bin/sh
# Runs in the builder (a Debian 13 i386 chroot), in /build, with the recipe's kernel/ beside it:
# source -> .config -> checked -> bzImage, modules, headers in /build/out. Incremental when /build/linux exists.
set -eu
cd /build
export LC_ALL=C ARCH=i386
export KBUILD_BUILD_TIMESTAMP='2026-11-01 00:00:00 UTC' KBUILD_BUILD_USER=bootable KBUILD_BUILD_HOST=bootable KBUILD_BUILD_VERSION=1
patches=$(cat kernel/patches/*.patch | sha256sum)
# A tree of other patches is unpacked anew
if [ "$(cat linux/.patches 2>/dev/null)" != "$patches" ]; then
  rm -rf linux && mkdir linux
  tar -C linux --strip-components=1 -xf /usr/src/linux-source-6.12.tar.xz
  for patch in kernel/patches/*.patch; do patch -d linux -p1 -s <"$patch"; done
  echo "$patches" >linux/.patches
fi
cd linux
make -s tinyconfig
./scripts/kconfig/merge_config.sh -m .config ../kernel/kernel.config >/dev/null
make -s olddefconfig
sh ../kernel/check-config.sh ../kernel/kernel.config .config
# Under the name that Kconfig gives it by itself, the makefile would make a key of its own in an empty folder.
cmp -s ../kernel/signing-key.pem certs/node_key.pem || cp ../kernel/signing-key.pem certs/node_key.pem
make -j"$(nproc)" bzImage modules
release=$(make -s kernelrelease)

rm -rf ../out
mkdir -p ../out/boot ../perf
cp arch/x86/boot/bzImage "../out/boot/vmlinuz-$release"
cp .config "../out/boot/config-$release"
cp System.map "../out/boot/System.map-$release"
make -s INSTALL_MOD_PATH=/build/out INSTALL_MOD_STRIP=1 DEPMOD=true modules_install
# perf of the same source, without the script languages, tables of Intel's counters and screen library of Debian's
# package (15 MB of the image): the machine has software events only.
make -s -j"$(nproc)" -C tools/perf O=/build/perf NO_LIBPYTHON=1 NO_LIBPERL=1 NO_SLANG=1 NO_LIBBABELTRACE=1 NO_CORESIGHT=1 \
  NO_LIBLLVM=1 NO_JEVENTS=1 NO_SDT=1 NO_LIBDEBUGINFOD=1 NO_LIBUNWIND=1 NO_LIBNUMA=1 NO_LIBCRYPTO=1 NO_LIBPFM4=1 NO_JVMTI=1 \
  NO_DEMANGLE=1 NO_LIBZSTD=1 NO_LZMA=1 WERROR=0
install -D -m 0755 -s /build/perf/perf /build/out/usr/bin/perf
# What a look into guest memory from outside needs: where symbols lie, where fields lie in struct task_struct
{ sed -nE 's/^([0-9a-f]{8}) . (_text|pcpu_hot|init_task|entry_SYSENTER_32)$/symbol\t\2\t\1/p' System.map
  pahole -C task_struct vmlinux | sed -nE 's/^\t\S.*[ *](comm|pid|tgid|mm|real_parent|tasks)(\[[0-9]+\])?; +\/\* +([0-9]+) .*/task\t\1\t\3/p'
} >../out/layout.tsv
# A part of the source, for readers who look a statement up
source=/build/out/usr/src/linux-6.12
while read -r file; do install -D -m 0644 "$file" "$source/$file"; done <../kernel/source-files.txt
headers="/build/out/usr/src/linux-headers-$release"
# install-extmod-build wants what `make deb-pkg` gives it
srctree=. SRCARCH=x86 CC=gcc HOSTCC=gcc MAKE=make KCONFIG_CONFIG=.config objtree=. \
  sh scripts/package/install-extmod-build "$headers"
cd "$headers"
# Trees of hardware that no module of this course touches
rm -rf include/dt-bindings include/drm include/media include/sound include/rdma include/ufs include/misc \
  include/pcmcia include/xen include/soc include/memory drivers sound samples Documentation
for tree in mfd platform_data qed mlx4 mlx5 amba iio clk regulator dma spi usb ssb bcma mtd fsl soundwire ceph sunrpc \
  raid phy remoteproc rpmsg i3c greybus surface_aggregator soc firmware input power pinctrl gpio comedi avf habanalabs
do rm -rf "include/linux/$tree"; done
rm -rf include/net/mac80211.h include/net/cfg80211.h include/linux/ieee80211* include/uapi/linux/nl80211* arch/x86/include/asm/uv \
  scripts/coccinelle scripts/gdb scripts/checkpatch.pl include/net/bluetooth include/target include/scsi include/clocksource include/math-emu include/kunit include/video include/ras \
  include/uapi/drm include/uapi/sound include/uapi/rdma include/uapi/mtd include/uapi/scsi include/uapi/video include/uapi/misc include/uapi/xen
find include/config -type f ! -name auto.conf -delete
find . -name '*.o.cmd' -delete
find . -name 'Kconfig*' -delete
rm -rf "/build/out/lib/modules/$release/build" "/build/out/lib/modules/$release/source"
ln -s "/usr/src/linux-headers-$release" "/build/out/lib/modules/$release/build"
echo "$release" >/build/out/release
