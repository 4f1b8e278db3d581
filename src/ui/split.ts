import { recall, remember } from './remember.ts';

const STEP = 24;

/** The border between text and terminal: drag it, or arrow keys when it has the focus. */
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
    this.addEventListener('pointerup', () => this.#keep(), { signal });
    this.addEventListener('keydown', (event) => {
      const way = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
      if (!way) return;
      event.preventDefault();
      this.#set(this.#width + way);
      this.#keep();
    }, { signal });
  }

  disconnectedCallback(): void {
    this.#life.abort();
  }

  get #width(): number {
    return innerWidth - this.getBoundingClientRect().left;
  }

  /** Both sides stay wide enough to be used. */
  #set(pixels: number): void {
    const width = Math.round(Math.min(Math.max(pixels, 320), innerWidth * 0.7));
    document.documentElement.style.setProperty('--panel', `${width}px`);
    this.ariaValueNow = String(Math.round((width / innerWidth) * 100));
  }

  #keep(): void {
    remember('panel', String(Math.round(this.#width)));
  }
}

customElements.define('panel-split', PanelSplit);
