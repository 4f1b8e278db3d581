/** The three faults of the node and the stand-in that fails on them. Release, scheduler and file name follow the nonce. */
export const IPVS = 'kernel/net/netfilter/ipvs';
export const schedulers = ['wrr', 'lc', 'wlc', 'sh', 'mh'] as const;
/** Blocks of protocols that nobody on the node uses. They have to stay. */
export const others = ['dccp', 'tipc', 'rds'] as const;
export const LOG = '/var/log/kube-proxy.log';
export const CONFIG = '/etc/kube-proxy/config.yaml';

/** A shell piece that prints the scheduler of the configuration as it is now. */
export const SCHEDULER = `sed -n 's/^  scheduler: *//p' ${CONFIG}`;

const STAND_IN = `#!/bin/sh
# A stand-in for kube-proxy in mode ipvs. It asks the kernel for a virtual server, as the real one does, and forwards nothing.
scheduler=$(${SCHEDULER})
if said=$(ipvsadm -A -u 198.51.100.0:20000 -s "$scheduler" 2>&1); then
  ipvsadm -D -u 198.51.100.0:20000
  echo "Using ipvs Proxier, scheduler $scheduler"
else
  echo "Error running ProxyServer: can't use the IPVS proxier: $(echo "$said" | grep -v '^modprobe:' | head -n 1)"
  exit 1
fi`;

const UNIT = `[Unit]
Description=kube-proxy (stand-in)
StartLimitIntervalSec=0
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/kube-proxy
StandardOutput=append:${LOG}
[Install]
WantedBy=multi-user.target`;

export const BREAK = `running=$(uname -r)
tree=/usr/lib/modules/$running
old=6.12.$((80 + 0x$(printf %.2s "$NONCE") % 20))-bootable
set -- ${schedulers.join(' ')}
shift $(( 0x$(printf %s "$NONCE" | cut -c 3-4) % $# ))
scheduler=$1
mkdir -p /srv/mirror /etc/kube-proxy /etc/modprobe.d /root/stage/usr/lib/modules/$old/${IPVS}
tar -C / -cf /srv/mirror/ipvs-modules_$running.tar usr/lib/modules/$running/${IPVS}
cd /root/stage
for name in ip_vs ip_vs_$scheduler; do
  objcopy --dump-section .modinfo=info --dump-section __versions=crcs $tree/${IPVS}/$name.ko out
  LC_ALL=C sed -i "s/vermagic=$running/vermagic=$old/" info
  at=$(LC_ALL=C grep -abo module_layout crcs | cut -d : -f 1)
  printf '\\252\\273\\314\\335' | dd of=crcs bs=1 seek=$((at - 4)) conv=notrunc status=none
  objcopy --update-section .modinfo=info --update-section __versions=crcs out
  mv out usr/lib/modules/$old/${IPVS}/$name.ko
done
tar -C /root/stage -cf /srv/mirror/ipvs-modules_$old.tar usr/lib/modules/$old
cp usr/lib/modules/$old/${IPVS}/ip_vs.ko $tree/${IPVS}/ip_vs.ko
mv $tree/${IPVS}/ip_vs_$scheduler.ko /root/away.ko && depmod && mv /root/away.ko $tree/${IPVS}/ip_vs_$scheduler.ko
cd / && rm -r /root/stage
cat >/etc/modprobe.d/60-hardening-$(printf %.4s "$NONCE").conf <<END
# protocols that no workload of this pool has asked for
install ${others[0]} /bin/false
install ${others[1]} /bin/false
install ip_vs /bin/false
blacklist ip_vs
install ${others[2]} /bin/false
END
cat >${CONFIG} <<END
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: ipvs
ipvs:
  scheduler: $scheduler
END
cat >/usr/local/sbin/kube-proxy <<'END'
${STAND_IN}
END
chmod +x /usr/local/sbin/kube-proxy
cat >/etc/systemd/system/kube-proxy.service <<'END'
${UNIT}
END
mkdir -p /etc/systemd/system/multi-user.target.wants
ln -sf /etc/systemd/system/kube-proxy.service /etc/systemd/system/multi-user.target.wants/kube-proxy.service
systemctl daemon-reload
systemctl start kube-proxy 2>/dev/null || true`;

/** What was true when the lab began, one `key value` on a line. */
export const BASELINE = `echo "loaded $(cut -d ' ' -f 1 /proc/modules | tr '\\n' ' ')"
echo "running $(uname -r)"
echo "built $(modinfo -F vermagic ip_vs | cut -d ' ' -f 1)"
echo "block $(grep -l 'install ip_vs ' /etc/modprobe.d/*)"
echo "scheduler $(${SCHEDULER})"
echo "sum $(tar -xOf /srv/mirror/ipvs-modules_$(uname -r).tar usr/lib/modules/$(uname -r)/${IPVS}/ip_vs.ko | sha256sum | cut -c 1-64)"`;

/** One value of the baseline. */
export const begun = (baseline: string, key: string): string =>
  baseline.split('\n').find((line) => line.startsWith(`${key} `))?.slice(key.length + 1).trim() ?? '';

/** A shell piece: the rules for ip_vs that modprobe finds in all its files. */
export const RULES = "modprobe -c | grep -E '^(install|blacklist) ip[-_]vs( |$)'";
/** A shell piece: the checksum of the file that modprobe would insert for ip_vs. */
export const SUM = 'sha256sum <"$(modinfo -n ip_vs)" | cut -c 1-64';
