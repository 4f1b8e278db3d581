/*
 * A cgroup for each run, beside the agent inside its delegated unit, so that `cgroup.kill` reaches
 * everything the run has started (cgroup v2, Documentation/admin-guide/cgroup-v2.rst).
 * Outside bootable.slice (tests on a host) there is none, and the process group must do.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static char home[160]; /* the unit's cgroup, or "" */
static char room[200]; /* the present run's cgroup, or "" */

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0) return -1;
	ssize_t n = write(fd, text, strlen(text));
	close(fd);
	return n < 0 ? -1 : 0;
}

static void write_room(const char *name, const char *text)
{
	char path[240];
	if (!*room) return;
	snprintf(path, sizeof path, "%s/%s", room, name);
	write_file(path, text);
}

static void find_home(void)
{
	char text[120] = "";
	int fd = open("/proc/self/cgroup", O_RDONLY | O_CLOEXEC);
	if (fd < 0) return;
	if (read(fd, text, sizeof text - 1) > 0 && !strncmp(text, "0::/bootable.slice/", 19)) {
		text[strcspn(text, "\n")] = 0;
		snprintf(home, sizeof home, "/sys/fs/cgroup%s", text + 3);
	}
	close(fd);
}

/* Removes the rooms that have emptied since: a run may leave processes behind on purpose. */
static void sweep_rooms(void)
{
	DIR *dir = *home ? opendir(home) : NULL;
	if (!dir) return;
	for (struct dirent *e; (e = readdir(dir)); ) {
		char path[sizeof home + sizeof e->d_name];
		if (strncmp(e->d_name, "run-", 4)) continue;
		snprintf(path, sizeof path, "%s/%s", home, e->d_name);
		rmdir(path);
	}
	closedir(dir);
}

static void make_room(void)
{
	static unsigned number;
	*room = 0;
	if (!*home) return;
	sweep_rooms();
	do snprintf(room, sizeof room, "%s/run-%u", home, ++number);
	while (mkdir(room, 0755) && errno == EEXIST);
}
