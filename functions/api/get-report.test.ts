import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { failedReport, hostileReport, securedReport } from '#domain/fixtures/reports.ts';
import { ReportSchema } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import { api } from './fixtures/api-under-test.ts';
import { eventOf } from './fixtures/requests.ts';

afterEach(() => {
  jest.useRealTimers();
});

describe('GET /v1/runs/{runId}/report', () => {
  async function reported(report = securedReport) {
    const all = api();
    const { id } = await all.createRun();
    await all.finish(id, report);
    return { ...all, id, address: `GET /v1/runs/${id}/report` };
  }

  it('gives the whole report as JSON', async () => {
    const { send, address, id } = await reported();

    const { status, headers, text } = await send(address);

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(ReportSchema.parse(JSON.parse(text))).toEqual({ ...securedReport, runId: id });
  });

  it.each([
    ['json', 'application/json', /^\{/],
    ['sarif', 'application/sarif+json', /"version": "2\.1\.0"/],
    ['html', 'text/html; charset=utf-8', /^<!doctype html>/],
    ['patch', 'text/x-diff; charset=utf-8', /^diff --git a\//],
    ['text', 'text/plain; charset=utf-8', /Secured/],
  ])('is written as %s by name and by Accept', async (format, type, pattern) => {
    const { send, address } = await reported();

    const byName = await send(`${address}?format=${format}`, { headers: { Accept: 'image/png' } });
    const byAccept = await send(address, { headers: { ACCEPT: type } });

    for (const { status, headers, text } of [byName, byAccept]) {
      expect([status, headers['content-type'], headers.vary]).toEqual([200, type, 'accept']);
      expect(text).toMatch(pattern);
    }
  });

  it('lists in SARIF what is left in the secured code', async () => {
    const { send, address } = await reported();

    const { text } = await send(`${address}?format=sarif`);

    const rules = JSON.parse(text).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
    expect([...rules].sort()).toEqual(securedReport.secured.findings.map(({ rule }) => rule).sort());
  });

  it('is readable where the code could not be', async () => {
    const { send, address } = await reported(failedReport);

    for (const format of ['json', 'sarif', 'html', 'patch', 'text']) {
      expect((await send(`${address}?format=${format}`)).status).toBe(200);
    }
  });

  it('gives a browser the page, under a policy that names the page’s style sheet', async () => {
    const { send, address } = await reported(hostileReport);

    const { headers, text } = await send(address, {
      headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
    });

    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(text).not.toContain('<script');
  });

  it('names downloads itself, whatever the file was called', async () => {
    const { send, address } = await reported({ ...securedReport, path: '../"\r\nx: y' });

    const patch = await send(`${address}?format=patch`);
    const json = await send(`${address}?format=json`);

    expect(patch.headers['content-disposition']).toBe('attachment; filename="sgcode.patch"');
    expect(json.headers['content-disposition']).toBe('attachment; filename="sgcode-report.json"');
  });

  it('is not there before the run is finished', async () => {
    const { problem, createRun } = api();
    const { id } = await createRun();

    const { status, detail, headers } = await problem(`GET /v1/runs/${id}/report`);

    expect([status, headers['retry-after']]).toEqual([409, '1']);
    expect(detail).toContain('queued');
  });

  it.each([
    ['?format=pdf', '*/*'],
    ['', 'application/pdf, text/html;q=0.5'],
  ])('comes as bytes where it is asked for as a PDF: %s %s', async (query, accept) => {
    const { handler, address } = await reported();

    const answer = await handler(eventOf(`${address}${query}`, { headers: { accept } }));

    expect([answer.statusCode, answer.headers?.['content-type'], answer.isBase64Encoded]).toEqual([
      200,
      'application/pdf',
      true,
    ]);
    expect(Buffer.from(answer.body, 'base64').toString('utf8')).toBe('%PDF-1.7 \u00ff');
  });

  it.each([
    ['?format=docx', '*/*'],
    ['?format=toString', '*/*'],
    ['', 'application/msword, image/*'],
    ['', '*/*;q=0'],
  ])('is not offered as %s by %s', async (query, accept) => {
    const { problem, address } = await reported();

    const { status, detail } = await problem(`${address}${query}`, { headers: { accept } });

    expect(status).toBe(406);
    expect(detail).toContain('json');
  });

  it('is not shown to somebody else, and not found where it was never written', async () => {
    const { handler, problem, address, id, blobs } = await reported();
    const event = eventOf(address);
    event.requestContext.authorizer = { owner: 'mallory' };

    const foreign = await handler(event);
    blobs.delete(runKeys(id).report);
    const lost = await problem(address);

    expect([foreign.statusCode, lost.status]).toEqual([404, 404]);
  });
});
