import { withoutEscapes } from '../base/escapes.ts';

/** Prompts that wait for a command: bash as root or student, GRUB, the initramfs. A reader's own PS1 is not among them. */
const prompts = /(?:^|[\r\n])(\S+@[\w().-]+:\S*[#$]|grub(?: rescue)?>|\(initramfs\)) $/;

/** The prompt at the end of console output, without its last blank; undefined when a program has the console. A prompt that is drawn anew, as after a change of size, stands behind a carriage return. */
export const promptAtEnd = (text: string): string | undefined => prompts.exec(withoutEscapes(text))?.[1];
