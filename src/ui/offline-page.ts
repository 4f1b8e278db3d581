import { eraseAll } from './erase.ts';
import { OfflinePanel } from './offline-panel.ts';
import { part } from './part.ts';

/** What the two buttons of the page do before their panel is there: `open` shows the figures, `erase` removes everything. */
export function press(act: string | undefined): void {
  const base = new URL(part(document.body, 'base').dataset['base'] ?? '', location.href).href;
  if (act === 'erase') void eraseAll(base);
  else if (!customElements.get('offline-course')) customElements.define('offline-course', OfflinePanel);
}
