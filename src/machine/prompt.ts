/** Escape sequences that colour, move or set titles: CSI, OSC, and the two-byte ones. */
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[@-Z\\-_=>78])/g;

/** What a terminal would show as text; the carriage returns, with which readline also breaks long lines, stay. */
export const withoutEscapes = (text: string): string => text.replace(escapes, '');

/** Prompts that wait for a command: bash as root or student, GRUB, the initramfs. A reader's own PS1 is not among them. */
const prompts = /(?:^|[\r\n])(\S+@[\w-]+:\S*[#$]|grub(?: rescue)?>|\(initramfs\)) $/;

/** The prompt at the end of console output, without its last blank; undefined when a program has the console. A prompt that is drawn anew, as after a change of size, stands behind a carriage return. */
export const promptAtEnd = (text: string): string | undefined => prompts.exec(withoutEscapes(text))?.[1];
