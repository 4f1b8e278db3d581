import type { Lab } from '../../../src/lab/lab.ts';
import { cgroup } from './cgroup.ts';
import { bundlePath, bundles, containers } from './containers.ts';
import { crossings } from './crossings.ts';
import { kernel } from './kernel.ts';
import { log } from './log.ts';
import { modules, names } from './modules.ts';
import { readiness } from './readiness.ts';

export default {
  title: 'The kernel evidence report',
  minutes: 75,
  start: 'snapshot',
  // <14> is facility user, severity info: into the log, not onto the reader's console
  prepare: `mkdir -p /root/report
printf '<14>node-agent: incident INC-%s: no pod admitted since reboot, evidence report requested\\n' "$NONCE" >/dev/kmsg`,
  baseline: `for name in ${names.join(' ')}; do [ ! -e /sys/module/$name/initstate ] || echo "module $name"; done
for bundle in ${bundles.join(' ')}; do echo "os-release $bundle $(sha256sum <${bundlePath('$bundle')}/rootfs/etc/os-release | cut -c1-64)"; done`,
  steps: [kernel, log, modules, crossings, cgroup, containers, readiness],
} satisfies Lab;
