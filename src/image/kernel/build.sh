#!/bin/sh
# Runs in the builder (a Debian 13 i386 chroot), in /build, with the recipe's kernel/ beside it:
# source -> .config -> checked -> bzImage, modules, headers in /build/out. Incremental when /build/linux exists.
set -eu
cd /build
export LC_ALL=C ARCH=i386
export KBUILD_BUILD_TIMESTAMP='2026-11-01 00:00:00 UTC' KBUILD_BUILD_USER=bootable KBUILD_BUILD_HOST=bootable KBUILD_BUILD_VERSION=1
if [ ! -d linux ]; then
  mkdir linux
  tar -C linux --strip-components=1 -xf /usr/src/linux-source-6.12.tar.xz
fi
cd linux
make -s tinyconfig
./scripts/kconfig/merge_config.sh -m .config ../kernel/kernel.config >/dev/null
make -s olddefconfig
sh ../kernel/check-config.sh ../kernel/kernel.config .config
cmp -s ../kernel/signing-key.pem certs/signing_key.pem || cp ../kernel/signing-key.pem certs/signing_key.pem
make -j"$(nproc)" bzImage modules
release=$(make -s kernelrelease)

rm -rf ../out
mkdir -p ../out/boot
cp arch/x86/boot/bzImage "../out/boot/vmlinuz-$release"
cp .config "../out/boot/config-$release"
cp System.map "../out/boot/System.map-$release"
make -s INSTALL_MOD_PATH=/build/out INSTALL_MOD_STRIP=1 DEPMOD=true modules_install
headers="/build/out/usr/src/linux-headers-$release"
# install-extmod-build wants what `make deb-pkg` gives it
srctree=. SRCARCH=x86 CC=gcc HOSTCC=gcc MAKE=make KCONFIG_CONFIG=.config objtree=. \
  sh scripts/package/install-extmod-build "$headers"
cd "$headers"
# Trees of hardware that no module of this course touches
rm -rf include/dt-bindings include/drm include/media include/sound include/rdma include/ufs include/misc \
  include/pcmcia include/xen include/soc include/memory drivers sound samples Documentation
find . -name '*.o.cmd' -delete
find . -name 'Kconfig*' -delete
rm -rf "/build/out/lib/modules/$release/build" "/build/out/lib/modules/$release/source"
ln -s "/usr/src/linux-headers-$release" "/build/out/lib/modules/$release/build"
echo "$release" >/build/out/release
