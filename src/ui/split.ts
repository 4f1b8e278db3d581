import { recall, remember } from './remember.ts';

const STEP = 24;

const NARROWEST = 320;
/** Of the window: both sides stay wide enough to be used. */
const WIDEST = 0.7;

/** The border between text and terminal: drag it; arrow keys, Home and End when it has the focus; a double click lets the page choose again. */
class PanelSplit extends HTMLElement {
  #life = new AbortController();

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const kept = Number(recall('panel'));
    if (kept > 0) this.#set(kept);
    this.addEventListener('pointerdown', (event) => this.setPointerCapture(event.pointerId), { signal });
    this.addEventListener('pointermove', (event) => {
      if (this.hasPointerCapture(event.pointerId)) this.#set(innerWidth - event.clientX);
    }, { signal });
    for (const end of ['pointerup', 'pointercancel']) this.addEventListener(end, () => this.#keep(), { signal });
    this.addEventListener('dblclick', () => this.#reset(), { signal });
    this.addEventListener('keydown', (event) => {
      const width = { ArrowLeft: this.#width + STEP, ArrowRight: this.#width - STEP, Home: NARROWEST, End: innerWidth }[event.key];
      if (width === undefined) return;
      event.preventDefault();
      this.#set(width);
      this.#keep();
    }, { signal });
    // A width that was chosen in a larger window would leave no room for the text.
    addEventListener('resize', () => { if (recall('panel')) this.#set(Number(recall('panel'))); }, { signal });
    this.#tell();
  }

  disconnectedCallback(): void {
    this.#life.abort();
  }

  get #width(): number {
    return innerWidth - this.getBoundingClientRect().left;
  }

  #set(pixels: number): void {
    const width = Math.round(Math.max(Math.min(pixels, innerWidth * WIDEST), NARROWEST));
    document.documentElement.style.setProperty('--panel', `${width}px`);
    this.#tell();
  }

  #tell(): void {
    const share = (width: number): string => String(Math.round((width / innerWidth) * 100));
    [this.ariaValueMin, this.ariaValueNow, this.ariaValueMax] = [share(NARROWEST), share(this.#width), share(innerWidth * WIDEST)];
  }

  #reset(): void {
    document.documentElement.style.removeProperty('--panel');
    remember('panel', '');
    this.#tell();
  }

  #keep(): void {
    remember('panel', String(Math.round(this.#width)));
  }
}

customElements.define('panel-split', PanelSplit);
