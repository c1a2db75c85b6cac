import { constants } from 'node:os';
import { InterruptedError } from './command-context.ts';

/**
 * The first signal asks the command to come to an end: the file at hand is finished and what is done is
 * reported. The second ends the process at once; files are replaced whole, so none is left half written.
 */
export function listenForSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const exitCode = 128 + constants.signals[name];
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCode);
      controller.abort(new InterruptedError(exitCode));
    });
  }
  return controller.signal;
}
