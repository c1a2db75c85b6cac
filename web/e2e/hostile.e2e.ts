import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { tabs } from '../report/report-address.ts';
import { HOSTILE, HOSTILE_PATH } from './harness/programs.ts';
import { finishedRun } from './harness/runs.ts';
import { visits } from './harness/visit.ts';

const { origin, visitor } = visits();
let run: string;

beforeAll(async () => {
  run = await finishedRun(origin, { code: HOSTILE, path: HOSTILE_PATH });
});

/** What code that came in would have left behind, and what hides in what the page shows. */
async function damage(page: Page): Promise<{ stolen: unknown; foreign: number; hidden: string[] }> {
  return page.evaluate(() => ({
    stolen: Reflect.get(window, 'stolen'),
    foreign: document.querySelectorAll(
      'main img:not(.cm-widgetBuffer), main script, main iframe, main b:has(+ b + b + b)',
    ).length,
    hidden:
      document.querySelector('main')?.textContent?.match(/[\u202a-\u202e\u2066-\u2069\u200b\u{e0041}]/gu) ??
      [],
  }));
}

describe('a program that attacks its reader', () => {
  it.each([...tabs.map((tab) => `tab=${tab}`), 'tab=changes&view=unified'])(
    'is text alone at %s',
    async (place) => {
      const { page } = await visitor();
      await page.goto(`/reports?id=${run}&${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');

      expect(await damage(page)).toEqual({ stolen: undefined, foreign: 0, hidden: [] });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    },
  );

  it('is text alone in the lists of runs, and while it is typed', async () => {
    const { page } = await visitor();
    for (const address of ['/history', `/runs?id=${run}`]) {
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      expect(await damage(page)).toEqual({ stolen: undefined, foreign: 0, hidden: [] });
    }
    await page.goto('/');
    await page.getByRole('textbox', { name: 'Python code' }).click();
    await page.evaluate((text) => navigator.clipboard.writeText(text), HOSTILE);
    await page.keyboard.press('Control+V');
    await page
      .getByText(/finding/i)
      .first()
      .waitFor();

    expect(await damage(page)).toMatchObject({ stolen: undefined, foreign: 0 });
  });

  it('is written out where it hides', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}&tab=changes&view=unified`);
    await page.getByLabel('All lines').check();

    await page.getByText('<U+202E>reversed<U+202C>').first().waitFor();
    await page.getByText(/holds \d+ characters? that would be invisible/).waitFor();
  });

  it('cannot run a script in a page that serves it', async () => {
    const response = await fetch(`${origin}/reports`);
    const policy = response.headers.get('content-security-policy') ?? '';

    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
    expect(scripts).not.toContain('unsafe');
    expect(policy).toMatch(/default-src 'none'/);
  });
});
