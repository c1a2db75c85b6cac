import { Worker } from 'node:worker_threads';
import { PdfUnavailableError } from '#domain/errors.ts';
import type { PdfRenderer } from './pdf-renderer.ts';

export type ThreadPdfRendererOptions = {
  /** What a thread runs: it is given a report as `workerData` and posts the PDF's bytes. */
  script: URL;
  timeoutMs?: number;
  /** A thread that needs more memory than this is ended. */
  maxMegabytes?: number;
};

/**
 * Renders in a thread of its own, one after the other, so that the server goes on answering meanwhile and a report that
 * is too much ends no more than its thread.
 */
export function createThreadPdfRenderer(options: ThreadPdfRendererOptions): PdfRenderer {
  let last: Promise<unknown> = Promise.resolve();
  return {
    render: (report) => {
      const rendering = last.then(() => renderInThread(report, options));
      last = rendering.catch(() => {});
      return rendering;
    },
  };
}

async function renderInThread(
  report: unknown,
  { script, timeoutMs = 60_000, maxMegabytes = 1024 }: ThreadPdfRendererOptions,
): Promise<Uint8Array> {
  const thread = new Worker(script, {
    workerData: report,
    resourceLimits: { maxOldGenerationSizeMb: maxMegabytes },
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const timer = setTimeout(
    () => reject(new PdfUnavailableError('the PDF took longer than its time limit')),
    timeoutMs,
  );
  thread.once('message', (bytes: unknown) => {
    if (bytes instanceof Uint8Array) resolve(bytes);
    else reject(new PdfUnavailableError('the thread answered with something else than a PDF'));
  });
  thread.once('error', (cause) => reject(new PdfUnavailableError('the PDF could not be made', { cause })));
  thread.once('exit', () => reject(new PdfUnavailableError('the thread ended before it answered')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
