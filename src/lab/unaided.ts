/** What a person types at on the way: GRUB's command line and editor, the initramfs's shell, the maintenance prompt, a kernel panic. */
const hands = /grub(?: rescue)?> |screen editing is supported|\(initramfs\) |or press Control-D to continue|Kernel panic - not syncing/;

/** Whether a boot's text (without escape sequences) leads from the firmware to a shell of the node without anybody's help. */
export const unaided = (text: string): boolean => /^\S+@node-1:\S*[#$] /m.test(text) && !hands.test(text);
