/** Escape sequences that colour, move or set titles: CSI, OSC, and the two-byte ones. */
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[@-Z\\-_=>78])/g;

/** What a terminal would show as text; the carriage returns, with which readline also breaks long lines, stay. */
export const withoutEscapes = (text: string): string => text.replace(escapes, '');
