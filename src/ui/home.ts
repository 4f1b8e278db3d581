/** The front page's address, which knows the path under which the site is served: the bar of each page links to it. */
export const home = (): URL => new URL(document.querySelector<HTMLAnchorElement>('.wordmark')?.href ?? '/', location.href);

/** The id of this page in the course, as its address has it: `node`, `node/evidence`; '' on the front page. */
export const pageId = (): string => location.pathname.slice(home().pathname.length).replace(/\/$/, '');
