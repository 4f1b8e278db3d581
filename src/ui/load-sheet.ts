/** A style sheet that only what runs needs, once for the page. Rejects as a module that does not come, so that the reader is told the same. */
export function loadSheet(href: string): Promise<void> {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new TypeError('Importing a module style sheet failed'));
    });
    document.head.append(link);
  });
}
