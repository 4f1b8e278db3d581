#!/bin/sh
# Runs as root inside the new root file system (chroot), after the packages, before the kernel's modules.
# Everything that a first boot would compute is computed here, and what a machine without hot-plug, network
# card or display does not need is masked, so that the cold boot stays short under emulation.
set -eu
export LC_ALL=C

# --- who the node is -----------------------------------------------------------------------------------
echo node-1 >/etc/hostname; chmod 0644 /etc/hostname
printf '127.0.0.1\tlocalhost\n127.0.1.1\tnode-1\n::1\t\tlocalhost ip6-localhost\n' >/etc/hosts
echo 'LANG=C.UTF-8' >/etc/default/locale
ln -sf /usr/share/zoneinfo/UTC /etc/localtime
echo UTC >/etc/timezone
echo 5f1d0c6e9b7a4c3e8d2f6a1b0c9e7d53 >/etc/machine-id
printf '# <device>\t<mount point>\t<type>\t<options>\t<dump> <pass>\n/dev/sda1\t/\t\text4\trw,errors=remount-ro\t0 0\n' >/etc/fstab

# --- who uses it: root without a password on the console, student with sudo ----------------------------
passwd -d root >/dev/null
useradd --create-home --uid 1000 --shell /bin/bash student
passwd -d student >/dev/null
printf 'student ALL=(ALL:ALL) NOPASSWD: ALL\n' >/etc/sudoers.d/student
chmod 0440 /etc/sudoers.d/student
install -d -m 1777 /var/lab
install -d -m 0700 /root/report

# A session of logind for each login would start dbus, logind and a user manager in each boot. The node's
# console login does without; both are started when something asks for them.
sed -i '/pam_systemd/d' /etc/pam.d/common-session
sed -i '/pam_motd\|pam_mail\|pam_lastlog/d' /etc/pam.d/login
rm -f /etc/motd /etc/update-motd.d/*

# --- units that this machine has no use for ------------------------------------------------------------
# Each process that PID 1 starts costs 25 M guest instructions (systemd-executor and its libraries), and each unit that
# it only reads, because an order names it, one million.
units=/usr/lib/systemd/system
unwanted() { rm -f /etc/systemd/system/*.wants/"$1" $units/*.wants/"$1"; }
# Nothing starts these by itself; a reader can.
for unit in \
  getty@tty1.service getty-static.service auditd.service audit-rules.service sysstat.service nftables.service ipvsadm.service \
  sysstat-collect.timer sysstat-summary.timer sysstat-rotate.timer systemd-tmpfiles-clean.timer \
  dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer man-db.timer \
  systemd-binfmt.service proc-sys-fs-binfmt_misc.automount systemd-logind.service dbus.service \
  systemd-tmpfiles-setup-dev.service systemd-journal-flush.service
do unwanted "$unit"; done
# These serve a TPM, a second boot loader, an initramfs with systemd inside, network cards, sleep: not here.
(cd $units && for unit in \
  initrd* *pcr* *tpm2* *sysext* *confext* *networkd* systemd-network-generator.service systemd-creds* systemd-hibernate* *suspend* \
  *hybrid-sleep* systemd-battery-check.service systemd-bsod.service systemd-boot-check* systemd-storagetm.service storage-target-mode.target \
  systemd-firstboot.service systemd-hwdb-update.service systemd-sysusers.service systemd-machine-id-commit.service \
  systemd-journal-catalog-update.service systemd-update-done.service systemd-random-seed.service systemd-pstore.service \
  systemd-udev-load-credentials.service systemd-tmpfiles-setup-dev-early.service kmod-static-nodes.service ldconfig.service \
  systemd-journald-audit.socket systemd-hostnamed.socket systemd-initctl.* systemd-rfkill.* systemd-backlight@.service \
  systemd-ask-password* systemd-quotacheck* quotaon* systemd-fsck-root.service systemd-growfs-root.service systemd-volatile-root.service \
  system-update* factory-reset.target first-boot-complete.target cryptdisks* grub-common.service autovt@.service console-getty.service \
  sys-kernel-config.mount sys-fs-fuse-connections.mount run-lock.mount x11-common.service rpcbind.target
do
  unwanted "$unit"
  rm -rf "$unit" "$unit.d"
done)
# What systemd-tmpfiles-setup-dev would make, the initramfs makes: see its scripts/init-bottom/handover.
depmod "$(ls /usr/lib/modules)"
# journald finds its disk writable, so that nothing has to be copied to it afterwards by systemd-journal-flush.
mkdir -p /etc/systemd/system/systemd-journald.service.d
printf '[Unit]\nAfter=systemd-remount-fs.service\n' >/etc/systemd/system/systemd-journald.service.d/disk.conf
# Empty lists: systemd-modules-load is skipped until somebody writes one
rm -f /etc/modules-load.d/modules.conf /usr/lib/modules-load.d/*.conf
systemctl --quiet set-default multi-user.target
systemctl --quiet enable bootable-agent.service serial-getty@ttyS0.service 2>/dev/null ||
  { ln -sf /etc/systemd/system/bootable-agent.service /etc/systemd/system/multi-user.target.wants/
    mkdir -p /etc/systemd/system/getty.target.wants
    ln -sf /etc/systemd/system/serial-getty@.service /etc/systemd/system/getty.target.wants/serial-getty@ttyS0.service; }
# Rules and temporary files of hardware and services that are not here
(cd /usr/lib/udev/rules.d && for rule in *.rules; do case $rule in
  50-udev-default.rules|60-block.rules|60-persistent-storage.rules|60-serial.rules|80-drivers.rules|80-net-setup-link.rules|99-systemd.rules) ;;
  *) rm "$rule" ;;
esac; done)
(cd /usr/lib/tmpfiles.d && rm -f 20-systemd-s* credstore.conf dbus.conf home.conf journal-nocow.conf legacy.conf man-db.conf \
  passwd.conf provision.conf systemd-network.conf systemd-nologin.conf systemd-pstore.conf x11.conf libselinux1.conf)
# A seccomp filter costs 20 M guest instructions for each start of a service, a firewall or a device list of its own as BPF
# 10 M, credentials a process and a mount; nobody attacks this node, and nobody hands it credentials.
for service in systemd-journald systemd-udevd systemd-logind systemd-hostnamed; do
  mkdir -p "/etc/systemd/system/$service.service.d"
  printf '[Service]\nSystemCallFilter=\nSystemCallArchitectures=\nRestrictAddressFamilies=\nRestrictNamespaces=no\nRestrictRealtime=no\nRestrictSUIDSGID=no\nMemoryDenyWriteExecute=no\nLockPersonality=no\nIPAddressDeny=\nDeviceAllow=\nProtectClock=no\nProtectHostname=no\nPrivateMounts=no\nImportCredential=\n' \
    >"/etc/systemd/system/$service.service.d/node.conf"
done
for service in systemd-sysctl systemd-tmpfiles-setup; do
  mkdir -p "/etc/systemd/system/$service.service.d"
  printf '[Service]\nImportCredential=\n' >"/etc/systemd/system/$service.service.d/node.conf"
done
# Names of a disk by its path, serial number and count: fourteen device units for PID 1. UUID, label and PARTUUID stay.
sed -i '/path_id/d; /by-diskseq/d; /ata_id --export/d; /scsi_id/d' /usr/lib/udev/rules.d/60-persistent-storage.rules
# Generators run on each boot and on each daemon-reload; these look for things that cannot be here.
mkdir -p /etc/systemd/system-generators
for generator in systemd-gpt-auto-generator systemd-hibernate-resume-generator systemd-cryptsetup-generator \
  systemd-veritysetup-generator systemd-integritysetup-generator systemd-bless-boot-generator \
  systemd-tpm2-generator systemd-rc-local-generator systemd-sysv-generator systemd-import-generator \
  systemd-ssh-generator systemd-system-update-generator systemd-getty-generator \
  systemd-run-generator systemd-debug-generator
do [ ! -e /usr/lib/systemd/system-generators/$generator ] || ln -sf /dev/null /etc/systemd/system-generators/$generator; done

# --- an initramfs without udev: the storage modules are listed by name, devtmpfs makes the nodes ----------
# With the udev hook it is 13.5 MB instead of 6 and costs 600 M guest instructions more.
for file in hooks/dmsetup hooks/udev scripts/init-top/udev scripts/init-bottom/udev; do
  dpkg-divert --quiet --local --rename --divert "/usr/share/initramfs-tools/off-$(echo $file | tr / -)" \
    --add "/usr/share/initramfs-tools/$file"
done

# --- what packages bring and the node does not need ----------------------------------------------------
dpkg --purge --force-all apt sqv libapt-pkg7.0 >/dev/null 2>&1
rm -f /usr/bin/*lto-dump* /usr/bin/*gprofng* /usr/bin/gp-* /usr/bin/*gcov* /usr/lib/i386-linux-gnu/libgprofng* /usr/bin/python3* \
  /usr/bin/perl5.40* /usr/bin/perl[bditv]* /usr/bin/i686-linux-gnu-cpp* /usr/bin/cpp* /usr/bin/tini-static /usr/sbin/arpd /usr/bin/pzstd /usr/lib/i386-linux-gnu/libcrun.a /usr/lib/i386-linux-gnu/libc.a /usr/lib/i386-linux-gnu/libresolv.a \
  /usr/lib/i386-linux-gnu/libsqlite3* /usr/lib/i386-linux-gnu/liblastlog2* /usr/lib/i386-linux-gnu/security/pam_lastlog2.so /usr/bin/lastlog2 \
  /usr/lib/systemd/systemd-pcr* /usr/lib/systemd/systemd-tpm2* /usr/lib/systemd/systemd-*setup-generator /usr/lib/systemd/systemd-measure \
  /usr/lib/systemd/systemd-integritysetup /usr/lib/systemd/systemd-veritysetup /usr/lib/systemd/systemd-import* /usr/lib/systemd/systemd-bless-boot \
  /usr/lib/i386-linux-gnu/libdb-5.3.so /usr/lib/i386-linux-gnu/security/pam_userdb.so \
  /usr/lib/i386-linux-gnu/lib[gm].a /usr/lib/i386-linux-gnu/libm-2.41.a /usr/lib/i386-linux-gnu/libdebuginfod* \
  /usr/lib/i386-linux-gnu/libcurl-gnutls* /usr/lib/i386-linux-gnu/libgio-2.0* /usr/lib/i386-linux-gnu/libgobject-2.0* \
  /usr/lib/i386-linux-gnu/libfreetype* /usr/lib/i386-linux-gnu/libpng16* /usr/lib/i386-linux-gnu/libfuse3* \
  /usr/lib/i386-linux-gnu/libquadmath* /usr/lib/i386-linux-gnu/libgomp* /usr/lib/i386-linux-gnu/libitm* /usr/lib/i386-linux-gnu/libcc1*
# update-grub and grub-probe stay; what would write a boot sector, or serves other boot paths, goes
for tool in install bios-setup mkimage mkrescue fstest render-label file syslinux2cfg mount macbless mkstandalone mkfont mknetdir; do rm -f "/usr/bin/grub-$tool" "/usr/sbin/grub-$tool" "/boot/grub/i386-pc/grub-$tool"; done
# A log server for sudo, tools of network cards with firmware, and what only dpkg's builders and questions read
rm -f /usr/sbin/sudo_logsrvd /usr/sbin/sudo_sendlog /usr/bin/cvtsudoers /usr/sbin/devlink /usr/bin/rdma \
  /var/lib/dpkg/info/*.symbols /var/lib/dpkg/info/*.templates /var/cache/debconf/templates.dat
for library in gcc quadmath gomp itm backtrace gcov asan ubsan; do
  archive=/usr/lib/gcc/i686-linux-gnu/14/lib$library.a
  case $library in gcc) strip --strip-debug "$archive" ;; *) rm -f "$archive" ;; esac
done
rm -rf /usr/lib/gcc/i686-linux-gnu/14/plugin /usr/share/perl /usr/lib/i386-linux-gnu/perl/5* \
  /usr/share/python3 /usr/lib/python3* /usr/lib/i386-linux-gnu/glib-2.0 /usr/lib/i386-linux-gnu/sasl2 \
  /usr/lib/udev/hwdb.bin /etc/udev/hwdb.bin /usr/share/vim/vim91/doc /var/lib/dpkg/info/*.md5sums \
  /usr/share/locale /usr/share/info /usr/share/gdb /usr/share/grub/*.pf2 /usr/share/grub/themes /usr/lib/i386-linux-gnu/perl-base/auto/re /usr/lib/systemd/catalog \
  /usr/lib/systemd/systemd-networkd /usr/lib/systemd/systemd-networkd-wait-online /usr/bin/networkctl \
  /usr/lib/i386-linux-gnu/perl-base/unicore/lib /usr/share/bash-completion /usr/lib/i386-linux-gnu/gprofng /usr/share/zsh /usr/share/fish /usr/share/polkit-1 /usr/share/pixmaps /usr/share/menu /usr/share/bug
# linux-version, which update-initramfs -u asks for the newest kernel, is written in Perl with this module
find /usr/share/perl5 -type f ! -name DebianLinux.pm -delete
# The kernel's user-space headers of other processors
find /usr/lib/linux/uapi -mindepth 1 -maxdepth 1 ! -name x86 ! -name 'i386*' ! -name asm-generic -exec rm -rf {} +
(cd /usr/share/man && rm -rf man3 man6 man1/ld.bfd* man1/as.1* man1/*ld.bfd* man1/*-as.1* man5/org.freedesktop* man5/systemd.net* man5/systemd.link* \
  man5/sudo_plugin* man5/terminfo* man7/systemd.directives* man7/systemd.index* man7/iso* man7/cp125* man7/koi* man7/armscii* man7/ddp* man4/*)
rm -rf /usr/share/groff/*/font/dev[dhlpx]* /usr/share/groff/*/font/devcp*
# GRUB modules for disks, file systems and screens that are not here. Every menu that update-grub writes names gzio and
# all_video; GRUB prints errors and waits for a key when one of these, or one that it needs, is missing.
(cd /boot/grub/i386-pc && mkdir keep && mv all_video.mod gcry_crc.mod vga.mod video_bochs.mod video_cirrus.mod keep &&
  rm -f gcry_* zfs* luks* *usb* ahci.mod pata.mod uhci.mod ohci.mod ehci.mod geli.mod cryptodisk.mod btrfs.mod xfs.mod reiserfs.mod \
  jfs.mod f2fs.mod hfs* ufs* nilfs2.mod squash4.mod *legacy* video_[bc]* videoinfo* videotest* *_video* vga* gfx* jpeg.mod png.mod tga.mod multiboot* *xnu* *bsd* *mac* raid* lvm.mod &&
  mv keep/* . && rmdir keep)
# One stream over neighbouring pages packs better than each page by itself; man(1) reads both
find /usr/share/man -type f -name '*.gz' -exec gunzip {} +
find /usr/share/man -type l -name '*.gz' | while read -r link; do
  ln -sf "$(readlink "$link" | sed 's/\.gz$//')" "${link%.gz}" && rm "$link"
done
systemctl --version >/dev/null
: >/etc/udev/hwdb.bin

# --- the state that a package manager leaves -----------------------------------------------------------
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*.log /var/log/apt /var/cache/debconf/*-old \
  /var/lib/dpkg/*-old /var/cache/ldconfig/aux-cache /run/* /tmp/* /var/tmp/*
rm -f /etc/resolv.conf; echo '# this node has no way out' >/etc/resolv.conf
install -d -m 2755 /var/log/journal
touch /var/lib/systemd/random-seed 2>/dev/null || true
