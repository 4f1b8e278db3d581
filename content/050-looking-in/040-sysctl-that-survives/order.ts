import { BOOT_ID } from '../../../src/lab/key-values.ts';

/** The pid_max that the order asks for: below the largest that a 32-bit kernel takes, which is 32768. Source: include/linux/threads.h. */
export const ordered = (nonce: string): string => String(20000 + Number.parseInt(nonce.slice(0, 4), 16) % 12000);

/** The order, and a file of an older hardening that sorts last and switches forwarding off. */
export const PREPARE = `cat > /root/order <<END
net.ipv4.ip_forward = 1
kernel.pid_max = $(( 20000 + 0x$(echo $NONCE | cut -c 1-4) % 12000 ))
END
cat > /etc/sysctl.d/99-baseline.conf <<'END'
# Baseline of the pool, 2023. The security team checks this file.
kernel.dmesg_restrict = 1
kernel.kptr_restrict = 1
net.ipv4.ip_forward = 0
END`;

/** The two values as the kernel has them now. */
export const RUNTIME = `${BOOT_ID}
echo "forward $(cat /proc/sys/net/ipv4/ip_forward)"
echo "pid_max $(cat /proc/sys/kernel/pid_max)"`;

/** The boot that `prepare` ran in, and the number of the order. */
export const BASELINE = `${BOOT_ID}; awk '/pid_max/ { print "order", $3 }' /root/order`;
