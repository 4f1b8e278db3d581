import type { Page } from 'playwright/test';

/** Presses Tab until the focus is on `selector`, as a reader without a mouse does. */
export async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`60 times ${key} did not lead to ${selector}`);
}

/** Where the focus stands, and what is wrong with how it is seen there. `at` is undefined outside the page. */
export function focus(page: Page): Promise<{ at: string | undefined; inTerminal: boolean; trouble: string | undefined }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { at: undefined, inTerminal: false, trouble: undefined };
    const inTerminal = element.matches('.xterm-helper-textarea');
    // xterm types into a field of no size: what is seen is the screen round it.
    const seen = (inTerminal ? element.closest('.screen') : element) ?? element;
    const { left, top, width, height } = seen.getBoundingClientRect();
    const places = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].map(([x = 0, y = 0]) => document.elementFromPoint(left + x * width, top + y * height));
    const covered = !places.some((there) => there && (seen.contains(there) || there.contains(seen)));
    const { outlineStyle, outlineWidth } = getComputedStyle(seen);
    const at = `${element.outerHTML.replace(/\n/g, ' ').slice(0, 110)} ${Math.round(left)},${Math.round(top + scrollY)}`;
    const trouble = covered ? 'is covered' : outlineStyle === 'none' || parseFloat(outlineWidth) < 2 ? 'is not to be seen' : undefined;
    return { at, inTerminal, trouble };
  });
}
