#!/bin/sh
# Runs as root inside the new root file system (chroot), after the packages, before the kernel's modules.
# Everything that a first boot would compute is computed here, and what a machine without hot-plug, network
# card or display does not need is masked, so that the cold boot stays short under emulation.
set -eu
export LC_ALL=C

# --- who the node is -----------------------------------------------------------------------------------
echo node-1 >/etc/hostname
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
for unit in \
  getty@tty1.service autovt@.service \
  systemd-timesyncd.service systemd-hwdb-update.service systemd-pcrphase.service \
  systemd-firstboot.service systemd-sysusers.service systemd-machine-id-commit.service \
  systemd-journal-catalog-update.service systemd-update-done.service systemd-network-generator.service \
  systemd-journald-audit.socket systemd-binfmt.service systemd-rfkill.service systemd-rfkill.socket \
  systemd-boot-random-seed.service systemd-battery-check.service systemd-backlight@.service \
  systemd-vconsole-setup.service keyboard-setup.service console-setup.service \
  modprobe@drm.service modprobe@efi_pstore.service modprobe@dm_mod.service modprobe@loop.service \
  ldconfig.service auditd.service sysstat.service dpkg-db-backup.timer apt-daily.timer apt-daily-upgrade.timer \
  e2scrub_all.timer e2scrub_reap.service fstrim.timer man-db.timer logrotate.timer \
  sysstat-collect.timer sysstat-summary.timer sysstat-rotate.timer systemd-ask-password-wall.path \
  conntrackd.service nftables.service ipvsadm.service netfilter-persistent.service \
  systemd-tpm2-setup.service systemd-tpm2-setup-early.service systemd-pstore.service \
  systemd-udev-load-credentials.service systemd-tmpfiles-clean.timer \
  sys-kernel-tracing.mount systemd-hibernate-clear.service
do ln -sf /dev/null "/etc/systemd/system/$unit"; done
rm -f /etc/systemd/system/sys-kernel-tracing.mount
systemctl --quiet set-default multi-user.target
systemctl --quiet enable bootable-agent.service serial-getty@ttyS0.service 2>/dev/null ||
  { ln -sf /etc/systemd/system/bootable-agent.service /etc/systemd/system/multi-user.target.wants/
    mkdir -p /etc/systemd/system/getty.target.wants
    ln -sf /etc/systemd/system/serial-getty@.service /etc/systemd/system/getty.target.wants/serial-getty@ttyS0.service; }
# Generators run on each boot and on each daemon-reload; these look for things that cannot be here.
mkdir -p /etc/systemd/system-generators
for generator in systemd-gpt-auto-generator systemd-hibernate-resume-generator systemd-cryptsetup-generator \
  systemd-veritysetup-generator systemd-integritysetup-generator systemd-bless-boot-generator \
  systemd-tpm2-generator systemd-rc-local-generator systemd-sysv-generator systemd-import-generator \
  systemd-ssh-generator systemd-system-update-generator systemd-getty-generator
do [ ! -e /usr/lib/systemd/system-generators/$generator ] || ln -sf /dev/null /etc/systemd/system-generators/$generator; done

# --- an initramfs without udev: the storage modules are listed by name, devtmpfs makes the nodes ----------
# With the udev hook it is 13.5 MB instead of 6 and costs 600 M guest instructions more.
for file in hooks/udev scripts/init-top/udev scripts/init-bottom/udev; do
  dpkg-divert --quiet --local --rename --divert "/usr/share/initramfs-tools/$(dirname $file)-udev.off" \
    --add "/usr/share/initramfs-tools/$file"
done

# --- what packages bring and the node does not need ----------------------------------------------------
dpkg --purge --force-all apt sqv libapt-pkg7.0 >/dev/null 2>&1
rm -f /usr/bin/*lto-dump* /usr/bin/*gprofng* /usr/bin/*gcov* /usr/lib/i386-linux-gnu/libgprofng* /usr/bin/python3* \
  /usr/bin/grub-mkrescue /usr/bin/grub-fstest /usr/bin/grub-render-label /usr/bin/grub-file /usr/bin/grub-syslinux2cfg \
  /usr/bin/grub-mount /usr/bin/pzstd /usr/bin/perl5.40-i386-linux-gnu /usr/lib/i386-linux-gnu/libcrun.a
rm -rf /usr/lib/gcc/i686-linux-gnu/14/plugin /usr/share/perl /usr/share/perl5/* /usr/lib/i386-linux-gnu/perl/5* /usr/share/python3 /usr/lib/python3* \
  /usr/lib/i386-linux-gnu/libpython3* /usr/lib/udev/hwdb.bin /etc/udev/hwdb.bin \
  /usr/share/locale /usr/share/info /usr/share/gdb /usr/share/grub /usr/lib/systemd/catalog \
  /usr/share/zsh /usr/share/fish /usr/share/polkit-1 /usr/share/pixmaps /usr/share/menu /usr/share/bug
systemctl --version >/dev/null
: >/etc/udev/hwdb.bin

# --- the state that a package manager leaves -----------------------------------------------------------
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*.log /var/log/apt /var/cache/debconf/*-old \
  /var/lib/dpkg/*-old /var/cache/ldconfig/aux-cache /run/* /tmp/* /var/tmp/*
rm -f /etc/resolv.conf; echo '# this node has no way out' >/etc/resolv.conf
install -d -m 2755 /var/log/journal
touch /var/lib/systemd/random-seed 2>/dev/null || true
