import type { Lab } from '../../../src/lab/lab.ts';
import { BASELINE } from './daemons.ts';
import { rate } from './rate.ts';
import { stop, time } from './stop.ts';
import { which } from './which.ts';

/** One program, three ways: holds many descriptors, opens and closes in a saw-tooth, or opens and never closes. */
const program = `my ($name) = @ARGV;
my ($kind, $every) = @{$plan{$name}};
my @held;
my $file = '/var/lib/shipper/queue';
if ($kind eq 'leak') { for (1..146) { my $s; socket($s, 1, 1, 0); push @held, $s } }
if ($kind eq 'many') { for (1..520) { my $f; open($f, '<', $file); push @held, $f } }
open(my $log, '>>', "/var/lib/shipper/$name.log") or die;
while (1) {
  select(undef, undef, undef, $every);
  if ($kind eq 'leak') { my $s; socket($s, 1, 1, 0); push @held, $s }
  if ($kind eq 'saw') { for (1..9) { my $f; open($f, '<', $file); push @held, $f } @held = () if @held > 80 }
}
`;

/** Which name does which is drawn from the nonce; the script is gone when all three run, so that nothing but their behaviour tells. */
const prepare = `mkdir -p /var/lib/shipper /opt/shipper
echo "$NONCE" > /var/lib/shipper/queue
every=$(( 2000 + 0x$(printf %.2s "$NONCE") * 4 ))
every=$((every / 1000)).$(printf %03d $((every % 1000)))
case $(( 0x$(echo "$NONCE" | cut -c 3) % 3 )) in
  0) set -- leak many saw ;;
  1) set -- saw leak many ;;
  2) set -- many saw leak ;;
esac
echo "my %plan = (intake => ['$1', $every], rollup => ['$2', $every], export => ['$3', $every]);" > /opt/shipper/shipper
cat >> /opt/shipper/shipper <<'END'
${program}END
ulimit -Hn 4096
ulimit -Sn 900
for name in intake rollup export; do
  setsid /usr/bin/perl /opt/shipper/shipper $name </dev/null >/dev/null 2>&1 &
  until ls -l /proc/$!/fd | grep -q $name.log; do sleep 0.1; done
  echo "$1 $!" >> /run/shipper.pids
  shift
done
rm -r /opt/shipper`;

export default {
  title: 'The daemon that forgets to close',
  minutes: 25,
  start: 'snapshot',
  prepare,
  baseline: BASELINE,
  steps: [which, rate, time, stop],
} satisfies Lab;
