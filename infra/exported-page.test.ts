import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHECKOUT } from './checkout.ts';
import { allowFetching, readExportedPage } from './exported-page.ts';

let empty: string;
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'sgcode-page-'));
});
afterAll(() => rm(empty, { recursive: true, force: true }));

describe('the exported page', () => {
  it('is its pages by name, without the one for what is not there, and its policy', () => {
    const page = readExportedPage(join(CHECKOUT, 'infra/fixtures/page'));

    expect(page?.pages).toEqual(['history', 'index']);
    expect(page?.contentSecurityPolicy).toContain("'sha256-AAAA'");
  });

  it('is null where nothing was built', () => {
    expect(readExportedPage(empty)).toBeNull();
    expect(readExportedPage(join(empty, 'nowhere'))).toBeNull();
  });

  it('is not published without its policy', async () => {
    await writeFile(join(empty, 'index.html'), '<!doctype html>');

    expect(() => readExportedPage(empty)).toThrow('csp.json');
  });
});

describe('one more place that the page may fetch from', () => {
  it('is added to what it may fetch from already', () => {
    expect(allowFetching("default-src 'none'; connect-src 'self'; img-src data:", 'https://b.example')).toBe(
      "default-src 'none'; connect-src 'self' https://b.example; img-src data:",
    );
  });

  it('is said beside itself where the policy says nothing of fetching', () => {
    expect(allowFetching("default-src 'self';", 'https://b.example')).toBe(
      "default-src 'self'; connect-src 'self' https://b.example",
    );
  });
});
