/**
 * The kernel's parameters, in order. Blanks inside double quotes do not part a token.
 * Source: Documentation/admin-guide/kernel-parameters.rst.
 */
export const cmdlineTokens = (cmdline: string): string[] => cmdline.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
