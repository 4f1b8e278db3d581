const ours = (name: string): boolean => name.startsWith('bootable');

/** Removes everything the course keeps in this browser; `base` is the site's. Rejects with a sentence when another tab holds on to something. */
export async function eraseAll(base: string): Promise<void> {
  for (const key of Object.keys(localStorage).filter(ours)) localStorage.removeItem(key);
  if ('serviceWorker' in navigator) await (await navigator.serviceWorker.getRegistration(base))?.unregister();
  if ('caches' in globalThis) for (const name of (await caches.keys()).filter(ours)) await caches.delete(name);
  for (const { name = '' } of await indexedDB.databases()) if (ours(name)) await drop(name);
}

function drop(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('Your checkpoints are in use by another tab of the course. Close it, then erase again.'));
  });
}
