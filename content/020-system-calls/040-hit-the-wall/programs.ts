/** The three programs, as `prepare` writes them. `__ADDRESS__` and `__NUMBER__` differ from start to start. */
export const mask = `/* Asks the processor to stop listening to interrupts. */
int main(void)
{
	__asm__ volatile("cli");
	return 0;
}`;

export const peek = `/* Touches one byte: peek read|write ADDRESS. Without words it reads where the kernel lives. */
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
	volatile char *byte = (volatile char *)(argc > 2 ? strtoul(argv[2], NULL, 0) : __ADDRESS__UL);

	if (argc > 1 && strcmp(argv[1], "write") == 0)
		*byte = 1;
	else
		(void)*byte;
	return 0;
}`;

export const beyond = `/* Makes a system call whose number nobody has given out. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	long answer = syscall(__NUMBER__);

	printf("%ld: %s\\n", answer, strerror(errno));
	return answer < 0 ? 3 : 0;
}`;

export const folder = '/root/wall';

/** How a refusal comes about. */
export const mechanisms = [
  'the instruction is reserved for ring 0',
  'the page table forbids the access',
  'the kernel has no such call',
] as const;

export const [instruction, page, call] = mechanisms;
