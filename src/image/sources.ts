/** SOURCES.md: what the image is made of and where its source is. `table`: package, version, source, source version, by tabs. */
export function sourcesPage(release: string, table: string): string {
  const rows = table.trim().split('\n').map((line) => line.split('\t'));
  return `# What node-1 is made of

The disk in this folder is a Debian 13 (trixie) i386 system. It is distributed under the licences of its parts;
each package's licence is inside the image, in \`/usr/share/doc/PACKAGE/copyright\`.

- **Kernel ${release}**: GPL-2.0, built from Debian's package \`linux-source-6.12\` with the configuration in
  \`kernel.config\` beside this file and patches that save boot time; they, and the recipe, are in \`src/image/kernel\` of this project.
  \`perf\` is built from the same source, and files of it lie in \`/usr/src/linux-6.12\` to be read.
- **GRUB in the gap before the first partition**: GPL-3.0-or-later, from Debian's package \`grub-pc-bin\`; \`src/image/disk/memmove.py\`
  replaces one function of its kernel.
- **Firmware**: SeaBIOS and its VGA BIOS (LGPL-3.0), from Debian's package \`seabios\`.
- **Control agent** \`/usr/lib/bootable/agent\`: MIT, source in \`src/image/agent\` of this project, linked with glibc (LGPL-2.1).
- **Bundle** \`/var/lib/bundles/debian-12\`: base-files, bash, coreutils and the libraries they need, of Debian 12 (bookworm) i386.
- **Packages**: unchanged Debian binaries; documentation, translations and parts named in \`src/image/rootfs\` are left out.

The source of every package, in exactly the version below, is in Debian's archive and on snapshot.debian.org:
\`https://snapshot.debian.org/package/SOURCE/VERSION/\`.

| package | version | source | source version |
|---|---|---|---|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
