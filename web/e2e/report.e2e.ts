import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { SHOP } from './harness/programs.ts';
import { finishedRun } from './harness/runs.ts';
import { visits } from './harness/visit.ts';

const { origin, visitor } = visits();
let run: string;

beforeAll(async () => {
  run = await finishedRun(origin, { code: SHOP, path: 'shop.py' });
});

describe('the keyboard alone', () => {
  it('goes from finding to finding, and the address follows', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}`);
    await page.getByRole('tab', { name: 'Findings' }).waitFor();

    const labels = await page
      .locator('article[aria-current]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')));
    const current = (label: unknown) => page.locator(`article[aria-current="true"][aria-label="${label}"]`);

    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await current(labels[1]).waitFor();
    await page.keyboard.press('k');
    await current(labels[0]).waitFor();

    expect(new URL(page.url()).searchParams.get('finding')).toMatch(/^fixed-[0-9a-f]{16}-\d$/);
    await page.reload();
    await current(labels[0]).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(labels[0]);
  });

  it('changes how the changes are shown, and refuses one', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}&tab=changes`);
    await page.locator('.cm-mergeView').waitFor();

    await page.keyboard.press('d');
    await page.locator('.cm-mergeView').waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('view')).toBe('unified');
    await page.keyboard.press('n');
    await page.getByText(/^Change 2 of/).waitFor();
    await page.keyboard.press('x');

    await page.getByRole('region', { name: 'Check of your choice' }).waitFor();
    await page.keyboard.press('x');
    await page.getByRole('region', { name: 'Check of your choice' }).waitFor({ state: 'detached' });
  });

  it('opens the help and every tab, and comes back', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}`);
    await page.getByRole('tab', { name: 'Findings' }).waitFor();

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Findings' }).focus();
    for (const name of ['Changes', 'Charts', 'Explain', 'Cost', 'Provenance']) {
      await page.keyboard.press('ArrowRight');
      await page.locator(`[role="tab"][aria-selected="true"]:has-text("${name}")`).waitFor();
    }

    expect(new URL(page.url()).searchParams.get('tab')).toBe('provenance');
  });

  it('types into fields without moving the report', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}`);
    await page.getByRole('tab', { name: 'Findings' }).waitFor();
    await page.keyboard.press('s');
    await page.getByRole('dialog').getByRole('combobox').focus();

    await page.keyboard.press('j');

    expect(new URL(page.url()).searchParams.get('finding')).toBeNull();
  });
});

describe('single changes', () => {
  it('are refused one by one, checked at once, and saved', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}&tab=changes`);
    const keep = page.getByRole('checkbox', { name: /^Keep \d/ });
    await keep.last().waitFor();
    const check = page.getByRole('region', { name: 'Check of your choice' });

    await keep.last().uncheck();

    await check.getByText(/1 counted finding is left, 0 introduced/).waitFor();
    expect(await check.textContent()).toMatch(/Secure: ✗ fail/);
    await page.locator('.cm-merge-b').getByText('yaml.load(text)').waitFor();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      check.getByRole('button', { name: 'Save this version' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('shop.py');
    const code = await readFile(await saved.path(), 'utf8');
    expect(code).toContain('yaml.load(text)');
    expect(code).not.toContain('shell=True');

    await check.getByRole('button', { name: 'Keep every change again' }).click();
    await check.waitFor({ state: 'detached' });
    expect(await keep.last().isChecked()).toBe(true);
  });
});

describe('what a report says', () => {
  it('leads with the verdict and shows six lights', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}`);

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/Secured: 4 of 4/);
    const lights = page.getByRole('region', { name: 'Checks against the original' }).getByRole('listitem');
    expect(await lights.getByRole('heading').allTextContents()).toEqual([
      'Parses',
      'Secure',
      'Surface',
      'Honest',
      'Behavior',
      'Tests',
    ]);
    expect(await page.title()).toBe('Secured: shop.py · SGCode');
  });

  it('gives the command and the calls that do it again', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}&tab=provenance`);
    await page.getByRole('button', { name: 'Copy the command' }).click();

    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'npm run --silent sgcode -- harden shop.py',
    );
    expect(await page.getByText(/^[0-9a-f]{64}$/).count()).toBe(2);

    await page.keyboard.press('s');
    await page.getByRole('tab', { name: 'As an API call' }).click();
    for (const language of ['curl', 'TypeScript', 'Python']) {
      await page.getByRole('tab', { name: language }).click();
      await page
        .getByRole('region', { name: `the call in ${language}` })
        .getByText(`${origin}`)
        .first()
        .waitFor();
    }
  });

  it('shows what cannot be read aloud as a table, too', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}&tab=charts`);

    const table = page.getByRole('table', { name: 'Counted findings by severity' });

    await table.waitFor();
    expect(await table.locator('tbody :is(th, td)').allTextContents()).toEqual([
      'high',
      '1',
      '0',
      'medium',
      '2',
      '0',
      'low',
      '1',
      '0',
    ]);
    await page.locator('.recharts-surface').first().waitFor();
  });
});
