import { once } from 'node:events';
import type { Report } from '#domain/report.ts';
import type { Engine } from './commands/command-context.ts';
import type { Output } from './commands/output.ts';

type Serving = {
  reports: readonly Report[];
  /** Whether the web page is there to show them. */
  hasWebPage: boolean;
  output: Pick<Output, 'write'>;
  signal: AbortSignal;
};

const DEFAULT_PORT = 8787;
const ANY_FREE_PORT = 0;

/**
 * Serves until the signal is aborted and says where each report is. Where the usual port is taken, takes any
 * that is free.
 */
export async function serveReports(engine: Pick<Engine, 'serve'>, serving: Serving): Promise<void> {
  const { reports, hasWebPage, output, signal } = serving;
  const server = await engine
    .serve({ port: DEFAULT_PORT })
    .catch((error: unknown) =>
      isPortTaken(error) ? engine.serve({ port: ANY_FREE_PORT }) : Promise.reject(error),
    );
  const pages = reports.map(
    ({ path, runId }) =>
      `  ${path}  ${server.url}${hasWebPage ? `/reports?id=${runId}` : `/v1/runs/${runId}/report?format=html`}`,
  );
  output.write(
    `\nSGCode is served at ${server.url}, on this machine only. The reports:\n${pages.join('\n')}\nPress Ctrl-C to stop.\n`,
  );
  if (!signal.aborted) await once(signal, 'abort');
  await server.close();
}

function isPortTaken(error: unknown): boolean {
  return (
    error instanceof Error && (('code' in error && error.code === 'EADDRINUSE') || isPortTaken(error.cause))
  );
}
