import { part } from './part.ts';

const ours = (name: string): boolean => name.startsWith('bootable');

/** Removes everything the course keeps in this browser, and says so; `base` is the site's. */
export async function eraseAll(base: string): Promise<void> {
  const said = part(document.body, 'erased');
  try {
    for (const key of Object.keys(localStorage).filter(ours)) localStorage.removeItem(key);
    if ('serviceWorker' in navigator) await (await navigator.serviceWorker.getRegistration(base))?.unregister();
    if ('caches' in globalThis) for (const name of (await caches.keys()).filter(ours)) await caches.delete(name);
    for (const { name = '' } of await indexedDB.databases()) if (ours(name)) await drop(name);
    said.textContent = 'Nothing of the course is left in this browser. A page that is open in another tab may write again.';
  } catch (error) {
    said.textContent = error instanceof Error ? error.message : String(error);
  }
}

function drop(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('Your checkpoints are in use by another tab of the course. Close it, then erase again.'));
  });
}
