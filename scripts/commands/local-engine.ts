import type { LocalConfig } from '../local-config.ts';
import type { Engine } from './command-context.ts';

/** The engine of this machine: local stores, the Python worker, the state machine in this process. */
export async function openLocalEngine(config: LocalConfig): Promise<Engine> {
  // Loaded only now, so that help and wrong usage are answered at once.
  const [
    { openLocalServices },
    { hardenCode },
    { analyzeCode },
    { readJson },
    { runKeys },
    { ReportSchema },
  ] = await Promise.all([
    import('../local-services.ts'),
    import('#hardening/harden-code.ts'),
    import('#ports/worker/analyze-code.ts'),
    import('#ports/json-blob.ts'),
    import('#domain/run-keys.ts'),
    import('#domain/report.ts'),
  ]);
  const services = await openLocalServices(config);
  return {
    harden: (request, options) => hardenCode(services, request, options),
    analyze: (request) => analyzeCode(services, request),
    readReport: (runId) => readJson(services.blobStore, runKeys(runId).report, ReportSchema),
    serve: async () => {
      throw new Error('no server');
    },
    close: () => services.close(),
  };
}
