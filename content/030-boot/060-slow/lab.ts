import type { Lab } from '../../../src/lab/lab.ts';
import { BOOT_ID } from '../../../src/lab/key-values.ts';
import { MASKED } from '../units.ts';
import { decide, measure } from './find.ts';
import { mend, proof } from './mend.ts';

/** Two delays stand before the login, a kernel parameter and a unit; a third unit takes longest and delays nothing. */
const prepare = `cd /etc/systemd/system
cat > storage-wait.service <<'END'
[Unit]
Description=Wait for the storage array of rack 7
Before=systemd-user-sessions.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sleep 10

[Install]
WantedBy=multi-user.target
END
cat > image-index.service <<'END'
[Unit]
Description=Index of the container images on this node
DefaultDependencies=no
After=basic.target
Conflicts=shutdown.target
Before=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sleep 15

[Install]
WantedBy=multi-user.target
END
ln -s ../storage-wait.service ../image-index.service multi-user.target.wants/
sed -i 's/^GRUB_CMDLINE_LINUX="/&rootdelay=8 /' /etc/default/grub
sed -i '/^[[:space:]]*linux[[:space:]]/s/ ro / ro rootdelay=8 /' /boot/grub/grub.cfg`;

export default {
  title: 'Slow boot',
  minutes: 20,
  start: 'cold',
  rest: 'shell',
  prepare,
  baseline: `${BOOT_ID}; ${MASKED}`,
  steps: [measure, decide, mend, proof],
} satisfies Lab;
