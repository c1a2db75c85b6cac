import { describe, expect, it } from '@jest/globals';
import { failedReport, securedReport } from '#domain/fixtures/reports.ts';
import { type Report, ReportSchema } from '#domain/report.ts';
import { CreatedShareSchema, MAX_SHARES, SharesSchema } from '#domain/share.ts';
import { hashToken } from '#ports/share-store/share-token.ts';
import { api, NO_RUN } from './fixtures/api-under-test.ts';

const SECRET = 'hunter2';

async function sharedRun(body: unknown = {}, report: Report = securedReport) {
  const served = api();
  const { id: runId } = await served.createRun();
  await served.finish(runId, report);
  const { text } = await served.send(`POST /v1/runs/${runId}/shares`, { body });
  return { ...served, runId, share: CreatedShareSchema.parse(JSON.parse(text)) };
}

/** As somebody who owns nothing. */
const stranger = { requestContext: { requestId: 'request-2' } };

describe('a link to a report', () => {
  it('opens it for whoever has the token, as JSON or in any other form', async () => {
    const { handler, runId, share } = await sharedRun();
    const open = (headers = {}, query = {}) =>
      handler({
        ...stranger,
        httpMethod: 'GET',
        path: `/v1/shared/${share.token}`,
        headers,
        queryStringParameters: query,
      });

    const json = await open();
    const html = await open({ accept: 'text/html' });
    const patch = await open({}, { format: 'patch' });

    expect(ReportSchema.parse(JSON.parse(json.body)).runId).toBe(runId);
    expect(json.headers).toMatchObject({
      'sgcode-share-expires': share.expiresAt,
      'sgcode-secrets': 'masked',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect([html.statusCode, html.headers?.['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(patch.body).toContain('--- a/');
  });

  it('opens nothing else with it', async () => {
    const { send, share, createRun, finish } = await sharedRun();
    const other = await createRun({ code: 'y = 2\n' });
    await finish(other.id);

    for (const path of [`/v1/runs/${share.token}`, `/v1/shared/${share.id}`, `/v1/shared/${other.id}`]) {
      expect((await send(`GET ${path}`)).status).toBe(404);
    }
  });

  it('is stored without its token, which is told once', async () => {
    const { send, runId, share } = await sharedRun({ expiresInDays: 30 });

    const { text } = await send(`GET /v1/runs/${runId}/shares`);

    const { token, path, ...listed } = share;
    expect(SharesSchema.parse(JSON.parse(text))).toEqual({ shares: [listed] });
    expect(text).not.toContain(token);
    expect(path).toBe(`/r#${token}`);
    expect(Date.parse(share.expiresAt) - Date.parse(share.createdAt)).toBe(30 * 86_400_000);
  });

  it('gives one and the same answer for an unknown, a revoked, a malformed token and a deleted run', async () => {
    const revoked = await sharedRun();
    const deleted = await sharedRun();
    await revoked.send(`DELETE /v1/shares/${revoked.share.id}`);
    await deleted.send(`DELETE /v1/runs/${deleted.runId}`);

    const answers = [
      await revoked.send(`GET /v1/shared/${revoked.share.token}?format=nothing`),
      await deleted.send(`GET /v1/shared/${deleted.share.token}`),
      await revoked.send(`GET /v1/shared/${'A'.repeat(43)}`),
      await revoked.send('GET /v1/shared/x'),
    ];

    expect(answers[0]?.status).toBe(404);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('is removed with its run, and opens nothing of one that has expired', async () => {
    const deleted = await sharedRun();
    const expired = await sharedRun();

    await deleted.send(`DELETE /v1/runs/${deleted.runId}`);
    await expired.services.runStore.delete('alice', expired.runId);

    expect(await deleted.services.shareStore.find(hashToken(deleted.share.token))).toBeNull();
    expect((await expired.send(`GET /v1/shared/${expired.share.token}`)).status).toBe(404);
  });

  it('is made, seen and revoked by the owner of the run alone', async () => {
    const { handler, runId, share } = await sharedRun();
    const asBob = async (httpMethod: string, path: string) => {
      const answer = await handler({
        httpMethod,
        path,
        headers: { 'content-type': 'application/json' },
        body: '{}',
        requestContext: { requestId: 'r', authorizer: { owner: 'bob' } },
      });
      return answer.statusCode;
    };

    expect(await asBob('POST', `/v1/runs/${runId}/shares`)).toBe(404);
    expect(await asBob('GET', `/v1/runs/${runId}/shares`)).toBe(404);
    expect(await asBob('DELETE', `/v1/shares/${share.id}`)).toBe(404);
    expect(await asBob('GET', `/v1/shared/${share.token}`)).toBe(200);
  });

  it('needs a finished run, a sane lifetime, and room', async () => {
    const { problem, createRun } = api();
    const { id } = await createRun();
    const full = await sharedRun();
    for (let n = 1; n < MAX_SHARES; n += 1)
      await full.send(`POST /v1/runs/${full.runId}/shares`, { body: {} });

    expect((await problem(`POST /v1/runs/${id}/shares`, { body: {} })).status).toBe(409);
    expect((await problem(`POST /v1/runs/${NO_RUN}/shares`, { body: {} })).status).toBe(404);
    expect((await full.problem(`POST /v1/runs/${full.runId}/shares`, { body: {} })).status).toBe(409);
    for (const expiresInDays of [0, 91, 1.5, '7']) {
      const { status, errors } = await problem(`POST /v1/runs/${id}/shares`, { body: { expiresInDays } });
      expect([status, errors?.[0]?.field]).toEqual([400, 'expiresInDays']);
    }
  });

  it.each(['json', 'html', 'sarif', 'patch', 'text'])('masks secrets in the form %s', async (format) => {
    const { send, share } = await sharedRun();

    const { status, text, headers } = await send(`GET /v1/shared/${share.token}?format=${format}`);

    expect([status, headers['sgcode-secrets']]).toEqual([200, 'masked']);
    expect(text).not.toContain(SECRET);
  });

  it('says that there was nothing to mask', async () => {
    const { send, share } = await sharedRun({}, failedReport);

    const { headers } = await send(`GET /v1/shared/${share.token}`);

    expect(headers['sgcode-secrets']).toBe('none');
  });

  it('shows secrets where the owner chose so', async () => {
    const { send, share } = await sharedRun({ showsSecrets: true });

    const { text, headers } = await send(`GET /v1/shared/${share.token}`);

    expect(headers['sgcode-secrets']).toBe('shown');
    expect(text).toContain(SECRET);
  });
});
