import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readPdf } from '#rendering/pdf/fixtures/read-pdf.ts';
import { SECRET, SHOP } from './harness/programs.ts';
import { finishedRun } from './harness/runs.ts';
import { visits } from './harness/visit.ts';

const { origin, visitor } = visits();
let run: string;

beforeAll(async () => {
  run = await finishedRun(origin, { code: SHOP, path: 'shop.py' });
});

/** Pastes a program into the workbench, as a person does, and waits for its report. */
async function secure(page: Page, code: string): Promise<void> {
  await page.goto('/');
  const editor = page.getByRole('textbox', { name: 'Python code' });
  await editor.click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), code);
  await page.keyboard.press('Control+V');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  // The page of the run gives way to the report as soon as there is one.
  await page.waitForURL(/\/reports\/?\?id=/);
  await page.getByRole('heading', { level: 1, name: /Secured/ }).waitFor();
}

async function makeLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = page.getByRole('region', { name: 'the link', exact: true });
  return (await link.textContent())?.trim() ?? '';
}

describe('a report that is shared', () => {
  it('opens in a fresh browser with secrets masked, until it is revoked', async () => {
    const { page: owner } = await visitor();
    await secure(owner, SHOP);
    expect(await owner.getByRole('heading', { level: 1 }).textContent()).toMatch(
      /Secured: 4 of 4 counted findings fixed/,
    );
    const link = await makeLink(owner);

    const colleague = await visitor();
    await colleague.page.goto(link);

    await colleague.page.getByRole('heading', { level: 1, name: /Secured/ }).waitFor();
    const seen = await colleague.page.locator('main').textContent();
    expect(seen).toContain('Somebody shared this report with you');
    expect(seen).not.toContain(SECRET);
    await colleague.page.getByRole('tab', { name: 'Changes' }).click();
    await colleague.page.locator('.cm-content').first().waitFor();
    expect(await colleague.page.content()).not.toContain(SECRET);
    expect(await colleague.page.getByRole('button', { name: 'Share', exact: true }).count()).toBe(0);

    await owner.getByRole('button', { name: /^Revoke/ }).click();
    await owner.getByText('No link opens this report.').waitFor();
    await colleague.page.reload();

    await colleague.page.getByRole('heading', { name: 'This link opens nothing' }).waitFor();
    colleague.complaints.splice(0, Number.POSITIVE_INFINITY, ...unexpected(colleague.complaints));
  });

  it('asks only the API for what the token opens', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}`);
    const link = await makeLink(page);
    const token = link.split('#')[1] ?? '';
    const colleague = await visitor();
    const asked: string[] = [];
    colleague.page.on('request', (request) => {
      if (JSON.stringify([request.url(), request.headers()]).includes(token))
        asked.push(new URL(request.url()).pathname);
    });

    await colleague.page.goto(link);
    await colleague.page.getByRole('heading', { level: 1, name: /Secured/ }).waitFor();

    expect(token).toMatch(/^[\w-]{43}$/);
    expect(new Set(asked)).toEqual(new Set([`/v1/shared/${token}`]));
  });

  it('is downloaded as a patch and as JSON', async () => {
    const { page } = await visitor();
    await page.goto(`/reports?id=${run}`);

    const patch = await download(page, 'Patch');
    const json = await download(page, 'JSON');

    expect(patch).toContain('+    return yaml.safe_load(text)');
    expect(JSON.parse(json)).toMatchObject({ verdict: 'secured', findings: { before: 4, after: 0 } });
  });

  it('is downloaded as a PDF that says the same, with secrets masked for whoever has the link', async () => {
    const { page: owner } = await visitor();
    await owner.goto(`/reports?id=${run}`);
    const own = await pdfText(owner);
    const link = await makeLink(owner);
    const { page: colleague } = await visitor();
    await colleague.goto(link);
    await colleague.getByRole('heading', { level: 1, name: /Secured/ }).waitFor();

    const shared = await pdfText(colleague);

    for (const text of [own, shared]) {
      expect(text).toContain('Secured:4of4countedfindingsfixed');
      expect(text).toContain('yaml.safe_load');
      expect(text).toContain('B602');
    }
    expect(own).toContain(SECRET);
    expect(shared).not.toContain(SECRET);
  });
});

/** What the downloaded PDF says, without spaces and line ends: where lines break is the layout's affair. */
async function pdfText(page: Page): Promise<string> {
  const bytes = Buffer.from(await download(page, 'PDF', 'latin1'), 'latin1');
  return readPdf(bytes).join('').replace(/\s/g, '');
}

async function download(page: Page, name: string, encoding: BufferEncoding = 'utf8'): Promise<string> {
  await page.getByRole('button', { name: 'Download' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name, exact: true }).click(),
  ]);
  return readFile(await file.path(), encoding);
}

/** The browser itself reports the answer of a link that opens nothing. */
function unexpected(complaints: readonly string[]): string[] {
  return complaints.filter(
    (complaint) => !/console: Failed to load resource.*404.*\/v1\/shared\//.test(complaint),
  );
}
