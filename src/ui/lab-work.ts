import type { Lab } from '../lab/lab.ts';
import type { BootMachine } from './boot.ts';
import type { LabSession } from './lab-session.ts';
import { returning } from './returning.ts';

/** Fetches a lab by its id (`module/lab`). Where labs lie is the site's knowledge. */
export type LabSource = (id: string) => Promise<Lab>;

/** A lab's panel before it is worked in: fetches the code behind it when the reader boots, answers, or has been here before. */
export class LabWork extends HTMLElement {
  #session: Promise<LabSession | undefined> | undefined;

  begin(source: LabSource): void {
    const session = () => (this.#session ??= this.#open(source));
    // The two scripts of the page run in an order of their own.
    void customElements.whenDefined('boot-machine').then(() => {
      const boot = document.querySelector<BootMachine>('boot-machine');
      if (!boot) return;
      boot.prepare = async (view) => (await session())?.begin(view);
      boot.resume = async (view, scene) => (await session())?.resume(view, scene);
    });
    for (const step of document.querySelectorAll('lab-step')) {
      for (const button of step.querySelectorAll<HTMLButtonElement>('[data-check], [data-type-in]')) {
        button.disabled = button.hidden = false;
        button.addEventListener('click', async () => (await session())?.clicked(button));
      }
      step.addEventListener('focusin', () => void session(), { once: true });
    }
    if (returning()) void session();
  }

  async #open(source: LabSource): Promise<LabSession | undefined> {
    try {
      const id = this.dataset['lab'] ?? '';
      const [code, lab] = await Promise.all([import('./lab-session.ts'), source(id)]);
      return code.openSession(this, id, lab);
    } catch {
      this.dataset['state'] = 'failed';
      const notice = this.querySelector('[data-notice]');
      if (notice) notice.textContent = 'The checks of this lab did not arrive: check the connection, then reload the page. Your progress is kept.';
      return undefined;
    }
  }
}
