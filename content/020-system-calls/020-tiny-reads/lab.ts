import type { Lab } from '../../../src/lab/lab.ts';
import { count } from './count.ts';
import { mend } from './mend.ts';
import { time } from './time.ts';

const source = `#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define CHUNK 1

static char buffer[CHUNK];

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	int in = open(argv[1], O_RDONLY);
	int out = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (in < 0 || out < 0)
		return 1;

	for (;;) {
		ssize_t got = read(in, buffer, CHUNK);
		if (got <= 0)
			break;
		write(out, buffer, CHUNK);
	}
	return 0;
}`;

export default {
  title: 'Tiny reads, big reads',
  minutes: 30,
  start: 'snapshot',
  // the size differs from start to start, and no block size divides it
  prepare: `mkdir -p /root/slowcopy
head -c $(( 31001 + 0x$(echo "$NONCE" | cut -c1-3) % 800 * 2 )) /dev/urandom >/root/slowcopy/input
cat >/root/slowcopy/slowcopy.c <<'END'
${source}
END`,
  steps: [count, time, mend],
} satisfies Lab;
