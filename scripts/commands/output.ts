import type { WriteStream } from 'node:tty';

/** A stream that commands write to. */
export type Output = {
  write(text: string | Uint8Array): void;
  /** A person is looking: lines may be rewritten. */
  isTerminal: boolean;
  /** A terminal that shows colors, and nobody set NO_COLOR. */
  hasColors: boolean;
  /** The reader has gone, as with `| head`: writing is in vain. */
  isClosed(): boolean;
};

/** Wraps a process stream. A reader that goes away is noticed instead of ending the process. */
export function processOutput(stream: NodeJS.WriteStream): Output {
  let isClosed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isClosed = true;
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
  const terminal: Pick<WriteStream, 'hasColors'> | null = stream.isTTY ? stream : null;
  return {
    write(text) {
      if (!isClosed) stream.write(text);
    },
    isTerminal: terminal !== null,
    hasColors: (terminal?.hasColors() ?? false) && !process.env.NO_COLOR,
    isClosed: () => isClosed,
  };
}
