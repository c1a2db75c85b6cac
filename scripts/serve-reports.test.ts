import { describe, expect, it } from '@jest/globals';
import { securedReport } from '#domain/fixtures/reports.ts';
import { serveReports } from './serve-reports.ts';

async function served(hasWebPage: boolean, taken: readonly number[] = []) {
  const ports: number[] = [];
  let closed = 0;
  let text = '';
  const engine = {
    serve: async ({ port }: { port: number }) => {
      ports.push(port);
      if (taken.includes(port)) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
      return {
        url: `http://127.0.0.1:${port}`,
        close: async () => {
          closed += 1;
        },
      };
    },
  };
  const output = {
    write: (part: string) => {
      text += part;
    },
  };
  await serveReports(engine, { reports: [securedReport], hasWebPage, output, signal: AbortSignal.abort() });
  return { ports, closed, text };
}

describe('the reports at the end of npm start', () => {
  it('are named at the web page where it is there, else at the API', async () => {
    const { runId } = securedReport;

    expect((await served(true)).text).toContain(`http://127.0.0.1:8787/reports?id=${runId}\n`);
    expect((await served(false)).text).toContain(`/v1/runs/${runId}/report?format=html\n`);
  });

  it('are served at any free port where the usual one is taken, and no longer when that is over', async () => {
    expect(await served(true, [8787])).toMatchObject({ ports: [8787, 0], closed: 1 });
  });
});
