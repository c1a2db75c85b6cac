import { beforeAll, describe, expect, it } from '@jest/globals';
import { CLEAN, SHOP, UNREADABLE } from './harness/programs.ts';
import { finishedRun } from './harness/runs.ts';
import { screens } from './harness/screens.ts';
import { settle } from './harness/settle.ts';
import { violations } from './harness/violations.ts';
import { visits } from './harness/visit.ts';

const { origin, visitor } = visits();
const runs = { shop: '', clean: '', unreadable: '' };

beforeAll(async () => {
  runs.shop = await finishedRun(origin, { code: SHOP, path: 'shop.py' });
  runs.clean = await finishedRun(origin, { code: CLEAN, path: 'double.py' });
  runs.unreadable = await finishedRun(origin, { code: UNREADABLE, path: 'old.py' });
});

/** Every screen, and the reports where there is little to show. */
const addresses = () => ({
  ...screens({ run: runs.shop }),
  'report of a clean program': `/reports?id=${runs.clean}`,
  'report of a file that cannot be read': `/reports?id=${runs.unreadable}`,
});

describe.each(['light', 'dark'] as const)('in %s colors', (colorScheme) => {
  it('axe finds nothing wrong with any screen', async () => {
    const { page } = await visitor({ colorScheme });
    const found: Record<string, string[]> = {};
    for (const [name, address] of Object.entries(addresses())) {
      await page.goto(address);
      await settle(page);
      found[name] = await violations(page);
    }

    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
  });

  it('nor with the dialogs of a report', async () => {
    const { page } = await visitor({ colorScheme });
    await page.goto(`/reports?id=${runs.shop}`);
    await settle(page);
    for (const [button, closing] of [
      ['Share', 'Make a link'],
      ['Keys', 'next finding'],
    ] as const) {
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByRole('dialog').getByText(closing).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});

describe('on a phone', () => {
  it('no screen needs sideways scrolling at 360 pixels', async () => {
    const { page } = await visitor({ width: 360, height: 740 });
    const widths: Record<string, number> = {};
    for (const [name, address] of Object.entries(addresses())) {
      await page.goto(address);
      await settle(page);
      widths[name] = await page.evaluate(() => document.documentElement.scrollWidth);
    }

    expect(widths).toEqual(Object.fromEntries(Object.keys(widths).map((name) => [name, 360])));
  });
});

describe('for whoever wants less motion', () => {
  it('nothing moves for longer than a blink', async () => {
    const { page } = await visitor({ reducedMotion: 'reduce' });
    await page.goto(`/reports?id=${runs.shop}&tab=charts`);
    await settle(page);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('dialog').waitFor();

    const longest = await page.evaluate(() =>
      Math.max(
        0,
        ...document
          .getAnimations()
          .map((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0)),
      ),
    );

    expect(longest).toBeLessThanOrEqual(1);
  });
});

describe('where there is nothing to show', () => {
  it('says what was checked and what was not', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${runs.clean}`);

    const said = page.getByRole('region', { name: 'No counted finding, before or after' });

    expect(await said.textContent()).toMatch(
      /Checked[\s\S]*All rules of bandit[\s\S]*Not checked[\s\S]*authorization/,
    );
  });

  it('does not call a program secure that nobody could read', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${runs.unreadable}`);

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(
      /^✗\s*Failed: No analyzer could read/,
    );
    await page.getByText('Nothing is known: no analyzer could read the code').waitFor();
  });

  it('tells of an address without a report, and of a link that opens nothing', async () => {
    const { page, complaints } = await visitor();
    await page.goto(`/reports?id=${'0'.repeat(32)}`);
    await page.getByRole('heading', { name: 'No report at this address' }).waitFor();
    await page.goto(`/r#${'x'.repeat(43)}`);
    await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor();
    await page.goto('/r');
    await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor();

    // The browser itself reports the answers of 404.
    expect(complaints.splice(0).filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });

  it('says that the server does not answer, and shows the report when it does again', async () => {
    const { page, context, complaints } = await visitor();
    await page.goto('/history');
    await page.goto('/reports');
    await context.route('**/v1/**', (route) => route.abort());
    await page.goto(`/reports?id=${runs.shop}`);
    await page.getByRole('alert').getByText('SGCode does not answer').waitFor();

    await context.unroute('**/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: /Secured/ }).waitFor();

    expect(complaints.splice(0).filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([]);
  });
});
