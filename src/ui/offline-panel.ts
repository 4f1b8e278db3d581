import { browserCourse, removeOffline, TAKE_OVER } from '../offline/browser.ts';
import type { OfflineCourse, Work } from '../offline/course.ts';
import { OfflineError } from '../offline/error.ts';
import type { SiteList } from '../offline/site-list.ts';
import type { Standing } from '../offline/store.ts';
import worker from '../offline/sw.ts?worker&url';
import { amountsOf, megabytes, offlineView, sum } from './offline-words.ts';
import { ownScripts } from './own-scripts.ts';
import { part } from './part.ts';
import { remember } from './remember.ts';
import { bytesWords } from './state.ts';
import { troubleOf } from './trouble.ts';

/** Takes the course offline, and tells what is stored. The server has rendered all of it but the figures. */
export class OfflinePanel extends HTMLElement {
  readonly #base = new URL(this.dataset['base'] ?? '', location.href).href;
  readonly #take = part(this, 'take') as HTMLButtonElement;
  readonly #whole = this.querySelector<HTMLInputElement>('[value="whole"]');
  #course: OfflineCourse | undefined;
  #list: SiteList | undefined;
  #work: AbortController | undefined;

  connectedCallback(): void {
    ownScripts();
    this.addEventListener('change', () => void this.#show());
    this.#take.addEventListener('click', () => void this.#do(this.#fetch));
    part(this, 'stop').addEventListener('click', () => this.#work?.abort(new DOMException('The reader broke off.', 'AbortError')));
    part(this, 'check').addEventListener('click', () => void this.#do(this.#check));
    part(this, 'remove').addEventListener('click', () => void this.#do(this.#remove));
    void this.#do(this.#open);
  }

  #open = async (_course: OfflineCourse, _work: Work): Promise<string | undefined> => {
    const standing = await this.#standing();
    if (standing && this.#whole) this.#choose(standing.whole);
    part(this, 'press').hidden = true;
    part(this, 'panel').hidden = false;
    return undefined;
  };

  #fetch = async (course: OfflineCourse, work: Work): Promise<string> => {
    const list = (this.#list = await course.offered(work.signal));
    const registration = await registered(this.#base);
    remember('offline', '1');
    // Firefox asks the reader, who may take their time.
    void navigator.storage.persist?.().catch(() => false);
    await course.take(list, this.#isWhole, work);
    registration.waiting?.postMessage(TAKE_OVER);
    const kept = await navigator.storage.persisted?.().catch(() => false);
    return kept ? 'The browser has promised to keep it until you remove it.' : 'The browser may remove it when the disk is full: look here before you travel.';
  };

  #check = async (course: OfflineCourse, work: Work): Promise<string> => {
    const standing = await this.#standing();
    if (!standing) return 'There is no version here to check yet: each file is checked when it comes.';
    const bad = await course.check(standing, work);
    const size = sum(amountsOf(standing.served), standing.whole);
    return bad.length === 0 ? `All ${megabytes(size)} were read back and are as published.` : `${bad.length} of the files were damaged or gone.`;
  };

  #remove = async (): Promise<string> => {
    await removeOffline(this.#base);
    remember('offline', '');
    return 'It is removed, with the pieces of the disk that the machine had kept.';
  };

  get #isWhole(): boolean {
    return this.#whole?.checked ?? false;
  }

  #choose(whole: boolean): void {
    for (const choice of this.querySelectorAll<HTMLInputElement>('[type="radio"]')) choice.checked = (choice.value === 'whole') === whole;
  }

  #standing(): Promise<Standing | undefined> | undefined {
    return this.#course?.standing();
  }

  /** One thing at a time; what it said, or why it failed, stands below the buttons. */
  async #do(act: (course: OfflineCourse, work: Work) => Promise<string | undefined>): Promise<void> {
    if (this.#work) return;
    const work = (this.#work = new AbortController());
    let said;
    try {
      this.#course ??= opened(this.#base);
      this.#busy(true);
      said = await act(this.#course, { signal: work.signal, onProgress: (done, total) => this.#progress(done, total) });
    } catch (error) {
      const { message, remedy } = troubleOf(error);
      said = work.signal.aborted ? 'Broken off. What came so far is stored.' : `${message} ${remedy}`;
      if (error instanceof OfflineError) this.dataset['error'] = error.kind;
    } finally {
      this.#work = undefined;
    }
    await this.#show(said);
  }

  #busy(on: boolean): void {
    if (on) {
      this.dataset['state'] = 'busy';
      delete this.dataset['error'];
      part(this, 'said').textContent = '';
    }
    for (const control of this.querySelectorAll<HTMLInputElement | HTMLButtonElement>('[data-panel] :is(button, input)')) control.disabled = on && !('stop' in control.dataset);
    part(this, 'stop').hidden = !on;
    part(this, 'moving').hidden = !on;
  }

  #progress(done: number, total: number): void {
    const bar = this.querySelector('progress');
    if (bar) [bar.max, bar.value] = [total, done];
    part(this, 'bytes').textContent = bytesWords(done, total);
  }

  /** The figures as they are now, and `said` after what they mean. */
  async #show(said = ''): Promise<void> {
    if (this.#work) return;
    this.#busy(false);
    try {
      const course = (this.#course ??= opened(this.#base));
      const standing = await course.standing();
      // Without the server, what is stored can still be told.
      this.#list ??= await course.offered(new AbortController().signal).catch((error: unknown) => {
        if (standing) return standing.served;
        throw error;
      });
      const list = this.#list;
      const stored = await course.stored(list);
      const size = amountsOf(list);
      for (const name of ['pages', 'machine', 'disk'] as const) {
        part(this, `size-${name}`).textContent = megabytes(size[name]);
        part(this, `stored-${name}`).textContent = megabytes(stored[name]);
      }
      const view = offlineView({ list, standing, stored, whole: this.#isWhole });
      this.#take.disabled = view.take === undefined;
      this.#take.textContent = view.take ?? 'Stored';
      part(this, 'said').textContent = `${said} ${view.sentence}`.trim();
      this.dataset['state'] = view.state;
    } catch (error) {
      const { message, remedy } = troubleOf(error);
      part(this, 'said').textContent = said || `${message} ${remedy}`;
      this.dataset['state'] = 'failed';
    }
  }
}

function opened(base: string): OfflineCourse {
  if ('serviceWorker' in navigator && 'caches' in globalThis && 'locks' in navigator) return browserCourse(base);
  throw new OfflineError('forbidden', 'This browser gives the page no storage for use offline.', 'Open the course over https or from localhost, in a current browser and outside private browsing.');
}

async function registered(base: string): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(worker, { scope: base }).catch((cause: unknown) => {
    throw new OfflineError('forbidden', 'This browser does not let the site keep a service worker, which answers when there is no network.', 'Leave private browsing, or allow this site to store data; then reload the page.', { cause });
  });
  await navigator.serviceWorker.ready;
  return registration;
}
