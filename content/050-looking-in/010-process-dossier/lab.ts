import type { Lab } from '../../../src/lab/lab.ts';
import { open } from './open.ts';
import { place } from './place.ts';
import { program } from './program.ts';
import { rights } from './rights.ts';
import { BASELINE } from './target.ts';
import { who } from './who.ts';

/** Serves for ever: a listening socket on a port that the kernel picks, a log that is unlinked at once, some memory, a filter that allows all. */
const serve = `my %option = @ARGV;
syscall(172, 15, my $name = "ledger sync\\0");
open(my $log, '>>', "/var/log/ledger/$option{'--shard'}.log") or die;
syswrite($log, "ledger entry\\n" x $option{'--batch'});
unlink("/var/log/ledger/$option{'--shard'}.log");
open(my $db, '+>>', '/var/lib/ledger/ledger.db') or die;
socket(my $door, 2, 1, 0) or die;
bind($door, pack('S n C4 x8', 2, 0, 127, 0, 0, 1)) or die;
my $cache = 'x' x ($option{'--batch'} * 400);
my $filter = pack('S C C L', 6, 0, 0, 0x7fff0000);
my $program = pack('S x2 P', 1, $filter);
syscall(172, 38, 1, 0, 0, 0);
syscall(172, 22, 2, $program, 0, 0);
listen($door, 5) or die;
while (1) { accept(my $client, $door) }
`;

const start = (name: string) => `setsid unshare --mount --uts sh -c '
mkdir -p /sys/fs/cgroup/ledger.slice/shard-'"$shard"'
echo $$ > /sys/fs/cgroup/ledger.slice/shard-'"$shard"'/cgroup.procs
mkdir -p /var/lib/ledger/'"$shard"' && mount -t tmpfs -o size=1m,mode=755 ledger /var/lib/ledger/'"$shard"'
hostname ledger-'"$shard"'; cd /var/lib/ledger
exec env -i PATH=/usr/bin:/bin LEDGER_REGION='"$region"' LEDGER_ROLE=shard setpriv --reuid=65534 --regid=65534 --clear-groups \\
  --bounding-set=-all,+net_bind_service,+$EXTRA,+chown,+fowner --inh-caps=-all,+net_bind_service,+$EXTRA --ambient-caps=-all,+net_bind_service,+$EXTRA \\
  /opt/ledger/bin/ledgerd /opt/ledger/lib/serve.pl --shard '"$shard"' --batch '"$batch"' --label "night run '"$shard"'"
' </dev/null >/dev/null 2>&1 &
${name}=$!
until [ "$(readlink /proc/$${name}/exe)" = /opt/ledger/bin/ledgerd ]; do sleep 0.1; done`;

const prepare = `mkdir -p /opt/ledger/bin /opt/ledger/lib /var/lib/ledger /var/log/ledger /root/evidence
chown 65534:65534 /var/log/ledger /var/lib/ledger
cp /usr/bin/perl /opt/ledger/bin/ledgerd
cat > /opt/ledger/lib/serve.pl <<'END'
${serve}END
set -- sys_nice ipc_lock sys_time syslog
shift $(( 0x$(printf %.2s "$NONCE") % 4 ))
EXTRA=$1; export EXTRA
shard=$(printf %.4s "$NONCE"); region=eu-$(echo "$NONCE" | cut -c 5-8); batch=$(( 9000 + 0x$(echo "$NONCE" | cut -c 5-6) * 20 ))
${start('old')}
rm /opt/ledger/bin/ledgerd
cp /usr/bin/perl /opt/ledger/bin/ledgerd
printf '\\n2.1\\n' >> /opt/ledger/bin/ledgerd
shard=$(echo "$NONCE" | cut -c 3-6); region=us-$(printf %.4s "$NONCE"); batch=$(( batch + 1100 ))
printf 'LEDGER_REGION=%s\\nLEDGER_ROLE=shard\\n' "$region" > /etc/default/ledger
${start('new')}
for pid in $old $new; do until grep -q '^Seccomp:.*2$' /proc/$pid/status && grep -q '^State:.S' /proc/$pid/status; do sleep 0.1; done; done`;

export default {
  title: 'The dossier of a process',
  minutes: 30,
  start: 'snapshot',
  prepare,
  baseline: BASELINE,
  steps: [who, program, open, rights, place],
} satisfies Lab;
