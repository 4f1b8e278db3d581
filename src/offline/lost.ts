/** The page for when neither the storage nor the network has one. */
export function lost(stored: boolean, base: string): Response {
  const why = stored
    ? 'The server can not be reached, and your browser has removed this page from what was stored for use offline.'
    : 'The server can not be reached, and no version of the course is stored in this browser.';
  return new Response(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<meta http-equiv="content-security-policy" content="default-src 'none'"><title>Not here · Bootable</title>
<main><h1>This page is not here</h1><p>${why}</p><p>Go online, then reload. “Offline” at the foot of <a href="${base}">the front page</a> completes what is stored.</p></main></html>`,
  { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
