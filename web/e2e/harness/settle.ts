import type { Page } from 'playwright-core';

const LOADING = '[role="status"][aria-label*="loading"], [role="status"][aria-label*="drawn"]';

/** Waits until a screen has what it asked for and nothing is being loaded any more. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator(LOADING).first().waitFor({ state: 'detached' });
}
