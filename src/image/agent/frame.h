/*
 * Frames on the control line, both ways (little-endian):
 *
 *   0  0xB0 0x07   magic
 *   2  type        one letter, below
 *   3  header sum  0x5A xor type xor the four bytes that follow: finds false magics early
 *   4  id          u16, the run that the frame belongs to, else 0
 *   6  length      u16, bytes of payload
 *   8  sum         u32, FNV-1a over bytes 2..7 and the payload
 *  12  payload
 *
 * A reader that meets anything else drops one byte and looks for the next magic.
 * src/machine/frame.ts is the other end.
 */
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define PROTOCOL 1

/* host to guest */
#define HELLO 'H'  /* nonce 8 bytes, u16 protocol: forget everything, answer the same nonce */
#define RUN 'R'    /* u32 timeout ms (0: none), u32 length of the script, u8 stdin follows, then its first bytes */
#define SCRIPT 'S' /* more of the script */
#define INPUT 'I'  /* a piece of stdin; empty: end of file */
#define KILL 'K'   /* kill all that the run has started */
#define WAKE 'W'   /* u64 epoch ms (0: leave), u16 columns, u16 rows (0: leave), then 0 or 32 random bytes */

/* guest to host */
#define BORN 'b'   /* boot id, 36 characters: the agent has started */
#define BYE 'g'    /* the agent was told to end: the machine goes down, or the agent restarts */
#define WELCOME 'h' /* nonce, u16 protocol, boot id */
#define ACK 'a'    /* u32 bytes of script or stdin that need no more room */
#define OUT 'o'
#define ERR 'e'
#define EXIT 'x'   /* u16 code, u8: 0 by itself, 1 by KILL, 2 by its timeout */
#define REFUSED 'f' /* text: the run was not started */
#define WOKEN 'w'  /* empty, or text: what could not be set */

#define HEAD 12
#define IN_MAX 1024  /* payload, host to guest */
#define OUT_MAX 4096 /* payload, guest to host */

struct frame {
	uint8_t type;
	uint16_t id, length;
	const uint8_t *data;
};

struct reader {
	uint8_t bytes[2 * (HEAD + IN_MAX)];
	size_t used;
};

static uint16_t get16(const uint8_t *p) { return p[0] | p[1] << 8; }
static uint32_t get32(const uint8_t *p) { return get16(p) | (uint32_t)get16(p + 2) << 16; }
static void put16(uint8_t *p, uint16_t v) { p[0] = v; p[1] = v >> 8; }
static void put32(uint8_t *p, uint32_t v) { put16(p, v); put16(p + 2, v >> 16); }

static uint32_t fnv(uint32_t sum, const uint8_t *p, size_t n)
{
	while (n--) sum = (sum ^ *p++) * 16777619u;
	return sum;
}

static uint32_t frame_sum(const uint8_t *head, const uint8_t *data, size_t n)
{
	return fnv(fnv(2166136261u, head + 2, 6), data, n);
}

static uint8_t head_sum(const uint8_t *head)
{
	return 0x5A ^ head[2] ^ head[4] ^ head[5] ^ head[6] ^ head[7];
}

static void drop(struct reader *r, size_t n)
{
	memmove(r->bytes, r->bytes + n, r->used - n);
	r->used -= n;
}

/* 1: `f` is a whole frame (drop HEAD + f->length when done with it); 0: more bytes are needed. */
static int next_frame(struct reader *r, struct frame *f)
{
	const uint8_t *b = r->bytes;
	size_t skip = 0;

	for (;;) {
		while (skip < r->used && b[skip] != 0xB0) skip++;
		drop(r, skip);
		if (r->used < HEAD) return 0;
		skip = 1;
		uint16_t length = get16(b + 6);
		if (b[1] != 0x07 || b[3] != head_sum(b) || length > IN_MAX) continue;
		if (r->used < HEAD + (size_t)length) return 0;
		if (get32(b + 8) != frame_sum(b, b + HEAD, length)) continue;
		*f = (struct frame){ b[2], get16(b + 4), length, b + HEAD };
		return 1;
	}
}

static int line; /* the control line, non-blocking */

static void write_all(const uint8_t *p, size_t n)
{
	while (n) {
		ssize_t done = write(line, p, n);
		if (done > 0) { p += done; n -= done; continue; }
		if (done < 0 && errno != EAGAIN && errno != EINTR) _exit(1); /* the line was hung up: start afresh */
		poll(&(struct pollfd){ line, POLLOUT, 0 }, 1, -1);
	}
}

/* `length` at most OUT_MAX */
static void send_frame(uint8_t type, uint16_t id, const void *data, size_t length)
{
	static uint8_t b[HEAD + OUT_MAX];

	b[0] = 0xB0; b[1] = 0x07; b[2] = type;
	put16(b + 4, id);
	put16(b + 6, length);
	b[3] = head_sum(b);
	memcpy(b + HEAD, data, length);
	put32(b + 8, frame_sum(b, b + HEAD, length));
	write_all(b, HEAD + length);
}
