import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import sheet from '@xterm/xterm/css/xterm.css?url';
import { loadSheet } from './load-sheet.ts';
import { pasted } from './paste.ts';
import { allowStyles } from './policy-styles.ts';
import { wholeLine } from './whole-line.ts';

/** The reader's terminal. The only file that knows what draws it. */
export interface ConsoleTerminal {
  write(data: Uint8Array): void;
  /** Calls `listener` with what the reader types or pastes. */
  typed(listener: (data: string) => void): void;
  /** Calls `listener` with each new size, in cells. */
  resized(listener: (columns: number, rows: number) => void): void;
  readonly size: { readonly columns: number; readonly rows: number };
  /** Makes the screen a list of lines that a screen reader can go through. */
  readable(on: boolean): void;
  /**
   * Calls `listener` after output, and once at first, with the lines that it ended, whole also where they are wrapped, and the one that
   * the cursor stands on. A program that takes all of the screen has no lines. The answer ends it.
   */
  lines(listener: (ended: readonly string[], current: string) => void): () => void;
  /** Back to an empty screen, as after power-on. */
  clear(): void;
  /** Whether the screen must hold what firmware and GRUB draw: they ask no size, and take 80 columns of 24 lines for granted. */
  standard(on: boolean): void;
  /** Of the type, in pixels; set by the reader. */
  fontSize: number;
  focus(): void;
}

export interface TerminalKeys {
  /** F6: the reader wants out, with Shift to the machine's buttons. Every other key belongs to the guest. */
  leave(toButtons: boolean): void;
}

allowStyles();

/** Pixels below which a smaller type keeps lines of output whole. */
const NARROW = 480;
const COLUMNS = 80;
const LINES = 24;
/** Pixels: a smaller type is read by nobody, not even to see GRUB's menu whole. */
const SMALLEST = 6;

const theme: ITheme = {
  background: '#0e1114', foreground: '#d7dcdf', cursor: '#5cc4b0', cursorAccent: '#0e1114', selectionBackground: '#33504b',
  black: '#20262b', red: '#f0958b', green: '#8fce9b', yellow: '#dcae5c', blue: '#8fbfee', magenta: '#c6a0e8', cyan: '#5cc4b0', white: '#c4cace',
  brightBlack: '#7c878f', brightRed: '#f7b2aa', brightGreen: '#aee0b7', brightYellow: '#ecc98a', brightBlue: '#b3d5f5', brightMagenta: '#dbc2f2', brightCyan: '#8fdccd', brightWhite: '#f1f3f4',
};

/** Opens a terminal that fills `host`, for as long as the page lives. */
export async function openTerminal(host: HTMLElement, keys: TerminalKeys): Promise<ConsoleTerminal> {
  await loadSheet(sheet);
  const fontFamily = getComputedStyle(host).getPropertyValue('--mono').trim() || 'monospace';
  let fontSize = host.clientWidth < NARROW ? 11 : 13;
  const terminal = new Terminal({
    fontFamily, theme, fontSize, lineHeight: 1.2, scrollback: 5000, cursorBlink: false,
    // A link printed by the guest opens nothing by itself: the text can be copied.
    linkHandler: { activate: () => undefined },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  // systemd asks a console where its cursor is and waits a third of a second. The answer of an emulated boot comes later, and would
  // be typed into whatever reads then: the login's shell. The guest is told its size over the control line, so nobody answers.
  terminal.parser.registerCsiHandler({ final: 'n' }, () => true);
  terminal.open(host);
  if (terminal.textarea) {
    terminal.textarea.ariaLabel = 'Terminal: F6 leaves it, Shift+F6 to its buttons; Tab belongs to the shell';
    terminal.textarea.setAttribute('aria-description', 'Its button Screen reader has what the machine prints said.');
  }
  host.addEventListener('paste', (event) => takePaste(event, terminal), { capture: true });
  terminal.attachCustomKeyEventHandler((event) => passOn(event, terminal, keys));
  let standard = false;
  const fill = (): void => {
    terminal.options.fontSize = fontSize;
    fit.fit();
    const scale = standard ? Math.min(1, terminal.cols / COLUMNS, terminal.rows / LINES) : 1;
    if (scale === 1) return;
    terminal.options.fontSize = Math.max(SMALLEST, Math.floor(fontSize * scale * 10) / 10);
    fit.fit();
  };
  new ResizeObserver(fill).observe(host);
  fill();
  return {
    write: (data) => terminal.write(data),
    typed: (listener) => void terminal.onData(listener),
    resized: (listener) => void terminal.onResize(({ cols, rows }) => listener(cols, rows)),
    get fontSize() { return fontSize; },
    set fontSize(pixels) {
      fontSize = pixels;
      fill();
    },
    get size() { return { columns: terminal.cols, rows: terminal.rows }; },
    readable(on) {
      terminal.options.screenReaderMode = on;
      // It would say each letter as it comes, above all else; src/ui/live-transcript.ts says whole lines.
      host.querySelector('.xterm-accessibility [aria-live]')?.setAttribute('aria-live', 'off');
    },
    lines: (listener) => followLines(terminal, listener),
    clear: () => terminal.reset(),
    standard(on) {
      if (on === standard) return;
      standard = on;
      fill();
    },
    focus: () => terminal.focus(),
  };
}

function followLines(terminal: Terminal, listener: (ended: readonly string[], current: string) => void): () => void {
  let ended: string[] = [];
  /** The line `above` the cursor's own. */
  const line = (above: number): string | undefined => {
    const { active } = terminal.buffer;
    return active.type === 'normal' ? wholeLine(active, active.baseY + active.cursorY - above) : undefined;
  };
  const tell = (): void => {
    listener(ended, line(0) ?? '');
    ended = [];
  };
  const feeds = terminal.onLineFeed(() => {
    const text = line(1);
    if (text !== undefined) ended.push(text);
  });
  const parsed = terminal.onWriteParsed(tell);
  tell();
  return () => {
    feeds.dispose();
    parsed.dispose();
  };
}

/** True when the key goes to the guest. Copy and paste work as elsewhere; Ctrl+C without a selection interrupts. */
function passOn(event: KeyboardEvent, terminal: Terminal, keys: TerminalKeys): boolean {
  if (event.key === 'F6') {
    event.preventDefault();
    event.stopPropagation();
    if (event.type === 'keydown') keys.leave(event.shiftKey);
    return false;
  }
  if (!event.ctrlKey || event.altKey || event.type !== 'keydown') return true;
  const key = event.key.toLowerCase();
  if (key === 'c' && (event.shiftKey || terminal.hasSelection())) {
    event.preventDefault();
    if (terminal.hasSelection()) void navigator.clipboard.writeText(terminal.getSelection());
    terminal.clearSelection();
    return false;
  }
  // Not passed on, so that the browser pastes, with Shift or without: readline's quoted insert is Ctrl+V's price, and Ctrl+Q does the same.
  return key !== 'v';
}

/** What is pasted, whichever way: by key, by the menu of the right button, by the middle one. Several lines that would run at once are asked about. */
function takePaste(event: ClipboardEvent, terminal: Terminal): void {
  event.preventDefault();
  event.stopPropagation();
  const { text, question } = pasted(event.clipboardData?.getData('text/plain') ?? '', terminal.modes.bracketedPasteMode);
  if (question === undefined || confirm(question)) terminal.paste(text);
}
