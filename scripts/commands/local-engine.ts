import type { LocalConfig } from '../local-config.ts';
import type { Engine, EngineOptions } from './command-context.ts';
import type { Output } from './output.ts';

/** The engine of this machine: local stores, the Python worker, the state machine in this process. */
export async function openLocalEngine(
  config: LocalConfig,
  stderr: Output,
  options: EngineOptions = {},
): Promise<Engine> {
  // Loaded only now, so that help and wrong usage are answered at once.
  const [
    { openLocalServices },
    { hardenCode },
    { analyzeCode },
    { explainCode },
    { readJson },
    { runKeys },
    { ReportSchema },
    { serveLocally },
    { openWebPage },
    { PAGE_FOLDER },
  ] = await Promise.all([
    import('../local-services.ts'),
    import('#hardening/harden-code.ts'),
    import('#ports/worker/analyze-code.ts'),
    import('#ports/risk-model/explain-code.ts'),
    import('#ports/json-blob.ts'),
    import('#domain/run-keys.ts'),
    import('#domain/report.ts'),
    import('../server/local-server.ts'),
    import('../server/web-page.ts'),
    import('../web/build-page.ts'),
  ]);
  const services = await openLocalServices(config, options);
  return {
    harden: (request, options) => hardenCode(services, request, options),
    analyze: (request) => analyzeCode(services, request),
    explain: (request) => explainCode(services.riskModel, request),
    readReport: (runId) => readJson(services.blobStore, runKeys(runId).report, ReportSchema),
    checkRunner: async () => {
      await services.testRunner.describe();
    },
    serve: async ({ port }) =>
      serveLocally(services, {
        port,
        webPage: await openWebPage(PAGE_FOLDER),
        onFailure: ({ requestId, error }) =>
          stderr.write(`request ${requestId} failed: ${tellable(error)}\n`),
      }),
    close: () => services.close(),
  };
}

/** Messages of our own errors hold none of the user's code; of others only the name is told. */
function tellable(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return OWN_ERRORS.has(error.name) ? `${error.name}: ${error.message}` : error.name;
}

const OWN_ERRORS = new Set([
  'GganUnavailableError',
  'SecretUnavailableError',
  'StoreUnavailableError',
  'WorkerFailedError',
  'WorkerLostError',
  'WorkerTimeoutError',
]);
