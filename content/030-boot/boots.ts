/** The kernel of this machine's image; what is typed at GRUB's command line names its files. */
export const RELEASE = '6.12.117-bootable';
