/**
 * The driver that fails, written anew at each start: the length of a name moves the address at which it faults, and lines of
 * comment move the line. A label that the table does not hold makes `find` answer with NULL.
 */
export const WRITE = `mkdir -p /root/rackmon && cd /root/rackmon
digit=$(( 0x$(printf %.1s "$NONCE") ))
size=$(( 16 + digit * 4 ))
{
echo '// rackmon: limits of the fans and power supplies of a rack, set through debugfs'
line=0; while [ $line -le $digit ]; do echo "// $(( line + 1 )). change, $(( 2020 + line / 3 ))"; line=$(( line + 1 )); done
cat <<'END'
#include <linux/debugfs.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

END
cat <<END
struct sensor {
	char label[$size];
	int limit;
};
END
cat <<'END'

static struct dentry *folder;
static struct sensor sensors[] = { { "fan1", 80 }, { "fan2", 80 }, { "psu1", 70 } };

static noinline struct sensor *find(const char *label)
{
	for (int i = 0; i < ARRAY_SIZE(sensors); i++)
		if (strcmp(sensors[i].label, label) == 0)
			return &sensors[i];
	return NULL;
}

static noinline void store_limit(struct sensor *sensor, int value)
{
	int safe = clamp(value, 10, 95);

	sensor->limit = safe;
}

static noinline int apply(const char *line)
{
	char label[16];
	int value;

	if (sscanf(line, "%15s %d", label, &value) != 2)
		return -EINVAL;
	store_limit(find(label), value);
	pr_info("limit of %s is now %d\\n", label, value);
	return 0;
}

static ssize_t limit_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char line[32] = "";
	int error;

	if (size >= sizeof(line))
		return -EINVAL;
	if (copy_from_user(line, from, size))
		return -EFAULT;
	error = apply(line);
	return error ? error : size;
}

static const struct file_operations limit_fops = {
	.owner = THIS_MODULE,
	.write = limit_write,
};

static int __init rackmon_init(void)
{
	folder = debugfs_create_dir("rackmon", NULL);
	debugfs_create_file("limit", 0200, folder, NULL, &limit_fops);
	return 0;
}

static void __exit rackmon_exit(void)
{
	debugfs_remove(folder);
}

module_init(rackmon_init);
module_exit(rackmon_exit);
MODULE_DESCRIPTION("Limits of a rack");
MODULE_LICENSE("GPL");
END
} >rackmon.c
printf 'obj-m := rackmon.o\\n\\nall:\\n\\t$(MAKE) -C /lib/modules/$(shell uname -r)/build M=$(CURDIR) modules\\n' >Makefile
echo "fan$(( 3 + 0x$(printf %.2s "$NONCE") % 7 ))" >/root/sensor`;
