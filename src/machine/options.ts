/**
 * The PC, the same for the snapshot's build, for Node and for browsers: a state fits only a machine with
 * exactly these devices. No network card, no ACPI (v86's is partial), the firmware always, for warm reboots.
 */
export const OPTIONS = Object.freeze({
  memory_size: 256 * 1024 * 1024,
  vga_memory_size: 2 * 1024 * 1024,
  uart1: true,
  acpi: false,
  boot_order: 0x132, // hard disk, CD, floppy
  fastboot: true,
  disable_keyboard: true,
  disable_mouse: true,
  disable_speaker: true,
});
