import { ensureBrowsers } from './browser.ts';
import { tool } from './tool.ts';

/** The labs once more, through their pages. The site has to be built. */
export async function proveBrowser(labs: readonly string[], everywhere: boolean): Promise<boolean> {
  await ensureBrowsers();
  const { code } = await tool('playwright', ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list', 'labs.spec.ts'], {
    LABS: labs.join(','),
    ...(everywhere && { LABS_IN_FIREFOX: 'all' }),
  });
  return code === 0;
}
