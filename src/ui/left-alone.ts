import { realTimers } from '../base/timers.ts';
import type { Rest } from '../lab/rest.ts';
import { Away } from './away.ts';
import type { BootMachine } from './boot.ts';
import type { MachineView } from './machine-view.ts';
import { part } from './part.ts';
import { Sleep } from './sleep.ts';

/** Where a machine waits for its reader and for nothing else. */
const WAITS: ReadonlySet<Rest> = new Set(['shell', 'grub', 'rescue', 'initramfs', 'maintenance', 'bare', 'panic']);
/** What the page shows while a check, a lab's preparation or a block's commands are under way. */
const UNDER_WAY = 'lab-work[data-state="preparing"], lab-step[data-state="checking"], lab-step[data-typing], .run[aria-busy="true"], [data-covered]';

/** Pauses the machine of a hidden tab once it waits for its reader, and sets the guest's clock right when the reader or the laptop is back. */
export function mindLeftAlone(element: BootMachine, view: MachineView): void {
  const { machine } = view;
  const runs = (): boolean => ['ready', 'booting'].includes(machine.state.get().kind);
  const say = (sentence: string): void => { part(element, 'status').textContent = sentence; };
  // A machine that is not ready is told the time when it is.
  const setClock = (): void => void (machine.state.get().kind === 'ready' && machine.guest.setClock().catch(() => undefined));
  const away = new Away(realTimers, {
    busy: () => !runs() || view.paused || !WAITS.has(view.progress.rest ?? 'menu') || document.querySelector(UNDER_WAY) !== null,
    pause: () => view.pause(),
    goOn(stood) {
      if (!view.paused) return; // a restart or a checkpoint set it going
      view.goOn();
      setClock();
      const minutes = Math.round(stood / 60_000);
      say(`The machine stood still for ${minutes < 1 ? 'less than a minute' : `${minutes} minute${minutes === 1 ? '' : 's'}`} while this tab was hidden. It runs, and its clock is right again.`);
    },
  });
  machine.console.read(() => away.printed());
  const look = (): void => away.hidden(document.visibilityState === 'hidden');
  document.addEventListener('visibilitychange', look);
  look();

  const sleep = new Sleep(Date.now, () => performance.now());
  const wake = (): void => {
    if (machine.state.get().kind !== 'ready' || view.paused || !sleep.look()) return;
    setClock();
    say('The computer slept, and the machine with it. It runs, and its clock is right again.');
  };
  view.typed(wake);
  addEventListener('focus', wake);
  document.addEventListener('visibilitychange', wake);
}
