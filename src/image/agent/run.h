/* The one script that is being collected or run. */
#include <grp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define SCRIPT_MAX (100 * 1024) /* below MAX_ARG_STRLEN, 128 KiB: it is one argument of sh -c */
#define ABANDON_MS 5000         /* a killed script that sleeps in the kernel is not waited for longer */

enum { IDLE, COLLECTING, RUNNING };

static struct {
	int state;
	uint16_t id;
	uint32_t timeout, length, have;
	int with_input, input_ended;
	pid_t pid;
	int in, out, err;        /* our ends of its pipes, -1 when closed */
	int64_t deadline;        /* monotonic ms, 0: none */
	uint8_t ended_by;        /* as in EXIT */
	uint8_t pending[4 * IN_MAX]; /* stdin not yet in the pipe; the host's window is smaller */
	size_t pending_used;
} run = { .in = -1, .out = -1, .err = -1 };

static char script[SCRIPT_MAX + 1];

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void close_end(int *fd)
{
	if (*fd >= 0) close(*fd);
	*fd = -1;
}

static void forget_run(void)
{
	close_end(&run.in);
	close_end(&run.out);
	close_end(&run.err);
	run.state = IDLE;
	run.pending_used = 0;
	if (*room) rmdir(room);
}

static void refuse(const char *what, int error)
{
	char text[160];
	int n = snprintf(text, sizeof text, error ? "%s: %s" : "%s", what, strerror(error));
	send_frame(REFUSED, run.id, text, n);
	forget_run();
}

static void acknowledge(uint32_t n)
{
	uint8_t b[4];
	put32(b, n);
	send_frame(ACK, run.id, b, 4);
}

static void become_script(int in, int out, int err)
{
	static char *const argv[] = { "sh", "-c", script, NULL };
	static char *const environment[] = {
		"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
		"HOME=/root", "LANG=C.UTF-8", "TERM=dumb", NULL };
	sigset_t none;

	write_room("cgroup.procs", "0");
	write_file("/proc/self/oom_score_adj", "0");
	setpriority(PRIO_PROCESS, 0, 0);
	setsid();
	dup2(in, 0);
	dup2(out, 1);
	dup2(err, 2);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	umask(022);
	if (chdir("/root") && chdir("/")) _exit(127);
	execve("/bin/sh", argv, environment);
	dprintf(2, "cannot execute /bin/sh: %s\n", strerror(errno));
	_exit(127);
}

static void start_script(void)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, err[2] = { -1, -1 };

	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC)) {
		int error = errno;
		close_end(&in[0]); close_end(&in[1]); close_end(&out[0]); close_end(&out[1]);
		return refuse("the guest has no pipe for the script", error);
	}
	run.in = in[1]; run.out = out[0]; run.err = err[0];
	fcntl(run.in, F_SETFL, O_NONBLOCK);
	fcntl(run.out, F_SETFL, O_NONBLOCK);
	fcntl(run.err, F_SETFL, O_NONBLOCK);
	make_room();
	run.pid = fork();
	int error = errno;
	if (run.pid == 0) become_script(in[0], out[1], err[1]);
	close(in[0]); close(out[1]); close(err[1]);
	if (run.pid < 0) return refuse("the guest cannot start another process", error);
	run.state = RUNNING;
	run.ended_by = 0;
	run.deadline = run.timeout ? now_ms() + run.timeout : 0;
	if (!run.with_input) close_end(&run.in);
}

static void end(uint16_t code)
{
	uint8_t b[3];
	put16(b, code);
	b[2] = run.ended_by;
	send_frame(EXIT, run.id, b, 3);
	forget_run();
}

static void kill_script(uint8_t why)
{
	if (run.state == IDLE) return;
	run.ended_by = why;
	if (run.state == COLLECTING) return end(128 + SIGKILL);
	write_room("cgroup.kill", "1");
	kill(-run.pid, SIGKILL);
	kill(run.pid, SIGKILL); /* it may not have its own session yet */
	run.deadline = now_ms() + ABANDON_MS;
}

/* Sends what one read gives; closes the end at end of file. */
static void pump(int *fd, uint8_t type, size_t most)
{
	static uint8_t b[OUT_MAX];
	if (*fd < 0) return;
	ssize_t n = read(*fd, b, most < OUT_MAX ? most : OUT_MAX);
	if (n > 0) send_frame(type, run.id, b, n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR)) close_end(fd);
}

/* What stands in the pipe now, and no more: a process left behind may hold it open and go on writing. */
static void drain(int *fd, uint8_t type)
{
	int left = 0;
	if (*fd < 0 || ioctl(*fd, FIONREAD, &left)) return;
	for (; left > 0 && *fd >= 0; left -= OUT_MAX) pump(fd, type, left);
}

static void finish(uint16_t code)
{
	drain(&run.out, OUT);
	drain(&run.err, ERR);
	end(code);
}

static void reap(void)
{
	int status;
	for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0; )
		if (run.state == RUNNING && pid == run.pid)
			finish(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

static void on_deadline(void)
{
	if (run.ended_by) finish(128 + SIGKILL);
	else kill_script(2);
}

static void feed(void)
{
	ssize_t n = run.in < 0 ? -1 : write(run.in, run.pending, run.pending_used);
	if (n < 0) {
		if (run.in >= 0 && (errno == EAGAIN || errno == EINTR)) return;
		close_end(&run.in); /* the script does not read: the rest is thrown away, as a broken pipe does */
		n = run.pending_used;
	}
	memmove(run.pending, run.pending + n, run.pending_used - n);
	run.pending_used -= n;
	if (n) acknowledge(n);
	if (run.input_ended && !run.pending_used) close_end(&run.in);
}

static void take_input(const uint8_t *p, size_t n)
{
	if (run.state == IDLE || n > sizeof run.pending - run.pending_used) return;
	memcpy(run.pending + run.pending_used, p, n);
	run.pending_used += n;
	if (!n) run.input_ended = 1;
	if (run.state == RUNNING) feed();
}

static void take_script(const uint8_t *p, size_t n)
{
	if (run.state != COLLECTING) return;
	if (n > run.length - run.have) return refuse("the script is longer than announced", 0);
	if (memchr(p, 0, n)) return refuse("a script cannot hold a NUL byte", 0);
	memcpy(script + run.have, p, n);
	run.have += n;
	acknowledge(n);
	if (run.have < run.length) return;
	script[run.have] = 0;
	start_script();
	if (run.state == RUNNING && (run.pending_used || run.input_ended)) feed();
}

static void take_run(uint16_t id, const uint8_t *p, size_t n)
{
	if (n < 9) return;
	if (run.state != IDLE) {
		static const char busy[] = "another script is still running";
		return send_frame(REFUSED, id, busy, sizeof busy - 1);
	}
	run.id = id;
	run.timeout = get32(p);
	run.length = get32(p + 4);
	run.with_input = p[8];
	run.have = run.pending_used = run.input_ended = 0;
	if (run.length > SCRIPT_MAX) return refuse("a script may have at most 102400 bytes: put it into a file and run that", 0);
	run.state = COLLECTING;
	take_script(p + 9, n - 9);
}
