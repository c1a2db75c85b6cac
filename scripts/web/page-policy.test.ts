import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { policyFor, writePagePolicy } from './page-policy.ts';

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

describe('the policy of the web page', () => {
  it('names every inline script of the pages by its hash, once, and no script from elsewhere', () => {
    const policy = policyFor([
      '<script src="/a.js" async=""></script><script>one()</script><p>text</p>',
      '<script id="x">one()</script>\n<script>two(\n"<b>")</script>',
    ]);

    const scripts = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ');
    expect(scripts).toEqual(["'self'", ...[hash('one()'), hash('two(\n"<b>")')].sort()]);
  });

  it('lets nothing else in', () => {
    const policy = policyFor(['<p>no script</p>']);

    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(/script-src[^;]*/.exec(policy)?.[0]).not.toMatch(/unsafe|\*|data:|https?:/);
  });

  it('is written beside the pages, those in folders included, and refuses to grow too long for CloudFront', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sgcode-policy-'));
    try {
      await mkdir(join(folder, 'below'));
      await writeFile(join(folder, 'below', 'page.html'), '<script>deep()</script>');

      await writePagePolicy(folder);

      const written = JSON.parse(await readFile(join(folder, 'csp.json'), 'utf8'));
      expect(written.contentSecurityPolicy).toContain(hash('deep()'));

      const many = Array.from({ length: 40 }, (_, n) => `<script>run(${n})</script>`).join('');
      await writeFile(join(folder, 'many.html'), many);
      await expect(writePagePolicy(folder)).rejects.toThrow('CloudFront takes');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
