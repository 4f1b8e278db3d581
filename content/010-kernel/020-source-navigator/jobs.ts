/** Three programs that hang, each in a system call. Which call, and which signal the last one waits for, differs from start to start. */
export const names = ['intake', 'ledger', 'outbox'] as const;
export type Job = (typeof names)[number];

/** Perl's `syscall` makes a call by its number, without a function of the C library in between. Sources: perlfunc(1), syscall_32.tbl. */
const PROGRAM = `my ($name, $number, $signal) = @ARGV;
$0 = $name;
pipe my $in, my $out;
socket my $socket, 1, $number == 364 ? 1 : 2, 0;
bind $socket, pack "S", 1;
listen $socket, 1;
my $buffer = "-" x 64;
my $all = pack "L2", 0xffffffff, 0xffffffff;
my $wanted = pack "Q", 1 << ($signal - 1);
syscall 175, 2, $all, 0, 8 if $name eq "outbox";
for (;;) {
  if ($number == 3) { syscall 3, fileno $in, $buffer, 1 }
  elsif ($number == 145) { syscall 145, fileno $in, pack("PL", $buffer, 1), 1 }
  elsif ($number == 364) { syscall 364, fileno $socket, 0, 0, 0 }
  elsif ($number == 371) { syscall 371, fileno $socket, $buffer, 1, 0, 0, 0 }
  elsif ($number == 120) {
    next if syscall 120, 0x4000 | 17, 0, 0, 0, 0;
    syscall 172, 1, 9, 0, 0, 0;
    $0 = "$name-child";
    sleep 1000 while 1;
  }
  elsif ($number == 72) { syscall 72, 0, 0, 0 }
  else { syscall $number, $wanted, 0, 0, 8 }
}`;

const witness = '/sys/kernel/tracing/instances/signals';

/** A piece of `prepare`. A trace buffer of its own records every signal that outbox is sent. Source: Documentation/trace/events.rst. */
export const START = `pick() { shift $((0x$(echo "$NONCE" | cut -c "$1") % ($# - 1) + 1)); echo "$1"; }
start() {
  setsid perl -e '${PROGRAM}' "$1" "$2" "$3" </dev/null >/dev/null 2>&1 &
  pid=$!
  until grep -q "^$2 " /proc/$pid/syscall; do sleep 0.1; done
  echo "$1 $pid" >>/var/lab/jobs
}
signal=$((36 + 0x$(echo "$NONCE" | cut -c 4-5) % 26))
start intake "$(pick 1 3 145 364 371)" 1
start ledger "$(pick 2 72 120)" 1
start outbox "$(pick 3 177 421)" $signal
mkdir ${witness}
echo 16 >${witness}/buffer_size_kb
echo "pid == $pid" >${witness}/events/signal/signal_generate/filter
echo 1 >${witness}/events/signal/signal_generate/enable`;

/** A piece of `baseline`: each job with its pid and its start time in ticks. */
export const JOBS = "while read -r name pid; do echo \"$name $pid $(cut -d ' ' -f 22 /proc/$pid/stat)\"; done </var/lab/jobs";

/** The pid of a job, as it was started. */
export const pidOf = (baseline: string, job: Job): string => new RegExp(`^${job} (\\d+) \\d+$`, 'm').exec(baseline)?.[1] ?? '0';

/** Whether the job still is the process that was started: what `stillThere` prints has to be a line of the baseline. */
export const stillThere = (job: Job, pid: string): string => `echo "${job} ${pid} $(cut -d ' ' -f 22 /proc/${pid}/stat)"`;

/** The signals that outbox was sent, in order. Lines such as `bash-301 [000] d.... 38.4: signal_generate: sig=10 errno=0 … pid=158 grp=1 res=0`. */
export const SIGNALS = `cat ${witness}/trace`;
export const sent = (trace: string): number[] => [...trace.matchAll(/signal_generate: sig=(\d+) /g)].map(([, number]) => Number(number));
