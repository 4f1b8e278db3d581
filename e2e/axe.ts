import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type axe from 'axe-core';
import type { Page } from 'playwright/test';

const source = readFileSync(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe has against the page as it is now, a line for each element; also what it can not decide, but for the contrast of letters:
 * over the shapes of a diagram `fadedLetters` decides, and what lies behind the bar or is scrolled out of its box is seen in another
 * state; and whether a sign is a name: the touch keys (↑, ⏎) are named in words.
 */
export async function findings(page: Page): Promise<string[]> {
  // Over the debugger's protocol: the page's policy lets no script in.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const { violations, incomplete } = await page.evaluate(
    (values) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: values, resultTypes: ['violations', 'incomplete'], preload: false }),
    RULES,
  );
  const lines = (results: readonly axe.Result[], what: string): string[] => results.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${what} ${id}: ${help}: ${target.join(' ')} ${html.slice(0, 120)}`));
  return [...lines(violations, 'broken'), ...lines(incomplete.filter(({ id }) => !['color-contrast', 'label-content-name-mismatch'].includes(id)), 'undecided')];
}

/** Letters of the page's diagrams that do not stand out from what is drawn below them (4.5 to 1, WCAG 1.4.3). */
export function fadedLetters(page: Page): Promise<string[]> {
  return page.locator('.drawing text').evaluateAll((letters) => {
    const light = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const value = Number(part) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const below = (text: Element): string => {
      const shape = text.parentElement?.querySelector('path, polygon, ellipse');
      const fill = shape ? getComputedStyle(shape).fill : 'none';
      return text.parentElement?.matches('.node') && fill !== 'none' ? fill : getComputedStyle(document.body).backgroundColor;
    };
    return letters.flatMap((text) => {
      const [dark = 0, bright = 0] = [light(getComputedStyle(text).fill), light(below(text))].sort((a, b) => a - b);
      const contrast = (bright + 0.05) / (dark + 0.05);
      return contrast >= 4.5 ? [] : [`${text.textContent}: ${contrast.toFixed(1)} to 1`];
    });
  });
}
