/** The node boots one kernel, and the disk holds the module tree of another. Releases and folders follow the nonce. */
export const PRUNE = '/usr/local/sbin/prune-modules';
export const LOG = '/var/log/prune-modules.log';
export const LAYERS = '/srv/layers';
/** What the job may remove from the folder to try it on. */
export const OLDEST = '5.10.0-9-try';
export const TRY = '/srv/try';

const JOB = `#!/bin/sh
# Keeps the newest module tree and removes the others. With -n it only says what it would remove.
# MODULES=${TRY} tries it on another folder than /lib/modules.
cd "\${MODULES:-/lib/modules}" || exit 1
newest=$(ls | sort -V | tail -n 1)
for tree in *; do
  [ "$tree" = "$newest" ] && continue
  if [ "$1" = -n ]; then echo "would remove $tree"; else rm -r "./$tree" && echo "$(date +%F) removed $tree" >>${LOG}; fi
done`;

export const BREAK = `running=$(uname -r)
level=$(uname -r | cut -d. -f3 | cut -d- -f1)
new=6.12.$((level + 1 + 0x$(printf %.2s "$NONCE") % 60))-bootable
pod=/srv/pods/pod-$(printf %.4s "$NONCE")
mkdir -p /srv/mirror ${LAYERS}/base ${LAYERS}/app $pod/upper $pod/work $pod/merged ${TRY}/${OLDEST} ${TRY}/$running ${TRY}/$new
echo base >${LAYERS}/base/version; echo base >${LAYERS}/base/os; echo "app $NONCE" >${LAYERS}/app/version
tar -C / -cf /srv/mirror/linux-modules_$running.tar --exclude='modules.*[!rno]' --exclude='*.bin' usr/lib/modules/$running
mv /usr/lib/modules/$running /usr/lib/modules/$new
cd /usr/lib/modules/$new/kernel/fs/overlayfs
objcopy --dump-section .modinfo=info --dump-section __versions=crcs overlay.ko out
LC_ALL=C sed -i "s/vermagic=$running/vermagic=$new/" info
at=$(LC_ALL=C grep -abo module_layout crcs | cut -d : -f 1)
printf '\\252\\273\\314\\335' | dd of=crcs bs=1 seek=$((at - 4)) conv=notrunc status=none
objcopy --update-section .modinfo=info --update-section __versions=crcs out
mv out overlay.ko && rm info crcs
tar -C / -cf /srv/mirror/linux-modules_$new.tar usr/lib/modules/$new/kernel/fs
cat >${PRUNE} <<'END'
${JOB}
END
chmod +x ${PRUNE}
echo "$(date +%F) removed $running" >${LOG}
cat >/var/log/runtime.log <<END
level=error msg="RunPodSandbox failed" pod=\${pod##*/} error="failed to mount rootfs: no such device"
END`;

/** What was true when the lab began, one `key value` on a line. */
export const BASELINE = `running=$(uname -r); package=/srv/mirror/linux-modules_$running.tar
echo "running $running"
echo "tree $(ls /lib/modules)"
echo "pod $(ls -d /srv/pods/*)"
echo "files $(tar -tf $package | grep -c '\\.ko$')"
echo "sum $(tar -xOf $package usr/lib/modules/$running/kernel/fs/overlayfs/overlay.ko | sha256sum | cut -c 1-64)"`;

/** One value of the baseline. */
export const begun = (baseline: string, key: string): string =>
  baseline.split('\n').find((line) => line.startsWith(`${key} `))?.slice(key.length + 1).trim() ?? '';
