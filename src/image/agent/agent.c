/*
 * The control agent: does what the host asks over a serial line (frame.h), never touches the
 * reader's terminal. One script at a time; between scripts it costs nothing.
 * Build: gcc -m32 -Os -static -o agent agent.c     Use: agent /dev/ttyS1
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#define _TIME_BITS 64
#include "frame.h"
#include "cgroup.h"
#include "run.h"
#include "wake.h"
#include <sys/mman.h>
#include <sys/signalfd.h>

#define PATIENCE_MS 500 /* half a frame and then silence is no frame */

static char boot_id[36];

static void welcome(const uint8_t *nonce, size_t n)
{
	uint8_t b[8 + 2 + sizeof boot_id];

	if (n < 8) return;
	/* the host knows nothing of a run that is still here: it was restored, or has started again */
	kill_script(1);
	if (run.state == RUNNING) forget_run();
	memcpy(b, nonce, 8);
	put16(b + 8, PROTOCOL);
	memcpy(b + 10, boot_id, sizeof boot_id);
	send_frame(WELCOME, 0, b, sizeof b);
}

static void obey(const struct frame *f)
{
	int mine = run.state != IDLE && f->id == run.id;

	switch (f->type) {
	case HELLO: welcome(f->data, f->length); break;
	case RUN: take_run(f->id, f->data, f->length); break;
	case SCRIPT: if (mine) take_script(f->data, f->length); break;
	case INPUT: if (mine) take_input(f->data, f->length); break;
	case KILL: if (mine) kill_script(1); break;
	case WAKE: wake(f->data, f->length); break;
	}
}

static void listen_to(struct reader *r)
{
	struct frame f;
	ssize_t n = read(line, r->bytes + r->used, sizeof r->bytes - r->used);

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) _exit(1); /* hung up: start afresh */
	if (n > 0) r->used += n;
	while (next_frame(r, &f)) {
		obey(&f);
		drop(r, HEAD + f.length);
	}
}

static int open_line(const char *path)
{
	struct termios t;
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0 || tcgetattr(fd, &t)) return -1;
	cfmakeraw(&t);
	t.c_cflag |= CLOCAL | CREAD;
	cfsetspeed(&t, B115200);
	return tcsetattr(fd, TCSANOW, &t) ? -1 : fd;
}

static int patience(const struct reader *r)
{
	int64_t wait = r->used ? PATIENCE_MS : -1;

	if (run.state == RUNNING && run.deadline) {
		int64_t left = run.deadline - now_ms();
		if (left < 0) left = 0;
		if (wait < 0 || left < wait) wait = left;
	}
	return wait > 1000000 ? 1000000 : wait;
}

int main(int argc, char **argv)
{
	static struct reader reader;
	struct signalfd_siginfo signals;
	sigset_t set;

	if (argc != 2 || (line = open_line(argv[1])) < 0) {
		dprintf(2, "usage: agent TTY (%s)\n", strerror(errno));
		return 2;
	}
	mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT); /* an answer must not wait for a page of ours to be read back */
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	int signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	int id_fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	if (signal_fd < 0 || id_fd < 0 || read(id_fd, boot_id, sizeof boot_id) != sizeof boot_id) return 1;
	close(id_fd);
	find_home();
	send_frame(BORN, 0, boot_id, sizeof boot_id);

	for (;;) {
		struct pollfd fds[] = {
			{ line, POLLIN, 0 }, { signal_fd, POLLIN, 0 }, { run.out, POLLIN, 0 }, { run.err, POLLIN, 0 },
			{ run.pending_used ? run.in : -1, POLLOUT, 0 } };
		int n = poll(fds, 5, patience(&reader));

		if (n == 0 && reader.used) drop(&reader, 1);
		if (n == 0 && run.state == RUNNING && run.deadline && now_ms() >= run.deadline) on_deadline();
		if (n <= 0) continue;
		if (fds[2].revents) pump(&run.out, OUT, OUT_MAX);
		if (fds[3].revents) pump(&run.err, ERR, OUT_MAX);
		if (fds[4].revents) feed();
		if (fds[0].revents) listen_to(&reader);
		while (fds[1].revents && read(signal_fd, &signals, sizeof signals) == sizeof signals) {
			if (signals.ssi_signo == SIGTERM) { send_frame(BYE, 0, "", 0); return 0; }
			reap();
		}
	}
}
