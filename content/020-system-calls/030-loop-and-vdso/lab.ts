import type { Lab } from '../../../src/lab/lab.ts';
import { loop } from './loop.ts';
import { price } from './price.ts';
import { ticks } from './ticks.ts';
import { vdso } from './vdso.ts';

const clock = `#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const struct { const char *name; clockid_t id; } clocks[] = {
	{ "realtime", CLOCK_REALTIME },
	{ "monotonic", CLOCK_MONOTONIC },
	{ "coarse", CLOCK_MONOTONIC_COARSE },
	{ "cputime", CLOCK_PROCESS_CPUTIME_ID },
};

/* clock libc|syscall CLOCK TIMES */
int main(int argc, char **argv)
{
	struct timespec now;
	long long wide[2];

	if (argc != 4)
		return 2;
	int direct = strcmp(argv[1], "syscall") == 0, times = atoi(argv[3]);
	for (unsigned c = 0; c < sizeof clocks / sizeof clocks[0]; c++) {
		if (strcmp(argv[2], clocks[c].name) != 0)
			continue;
		for (int i = 0; i < times; i++) {
			if (direct)
				syscall(SYS_clock_gettime64, clocks[c].id, wide);
			else
				clock_gettime(clocks[c].id, &now);
		}
		return 0;
	}
	return 2;
}`;

export default {
  title: 'A loop without system calls, and the vDSO',
  minutes: 25,
  start: 'snapshot',
  // worker-NONCE counts without an end, waiter-NONCE sleeps: to strace they look alike
  prepare: `mkdir -p /var/lab /root/vdso
cat >/root/vdso/clock.c <<'END'
${clock}
END
echo $(( 300 + 0x$(echo "$NONCE" | cut -c1-3) % 500 )) >/root/vdso/times
cp "$(readlink -f /usr/bin/awk)" "/var/lab/worker-$NONCE"
cp /usr/bin/sleep "/var/lab/waiter-$NONCE"
setsid nice -n 19 "/var/lab/worker-$NONCE" 'BEGIN { for (;;) n++ }' </dev/null >/dev/null 2>&1 &
setsid "/var/lab/waiter-$NONCE" infinity </dev/null >/dev/null 2>&1 &
until pgrep -x "worker-$NONCE" >/dev/null && pgrep -x "waiter-$NONCE" >/dev/null; do sleep 0.1; done`,
  baseline: `awk '/nonvoluntary/ {print $2}' "/proc/$(pgrep -x "worker-$NONCE")/status"`,
  steps: [loop, ticks, vdso, price],
} satisfies Lab;
