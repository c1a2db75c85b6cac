import { visibleLine } from '#rendering/visible-text.ts';
import type { Output } from './output.ts';

/** Says on stderr how far a command is. */
export type Progress = {
  start(path: string): void;
  /** `outcome` is one short phrase. */
  finish(path: string, outcome: string): void;
  end(): void;
};

const CLEAR_LINE = '\r\u001b[2K';

/**
 * A terminal gets one line that is rewritten; a log gets a line per finished file.
 * A single file needs neither in a log.
 */
export function startProgress(output: Output, total: number): Progress {
  let done = 0;
  const figures = () => `${String(done + 1).padStart(String(total).length)}/${total}`;
  if (output.isTerminal) {
    return {
      start: (path) => output.write(`${CLEAR_LINE}${figures()}  ${shorten(visibleLine(path), 70)}`),
      finish: () => {
        done += 1;
      },
      end: () => output.write(CLEAR_LINE),
    };
  }
  return {
    start: () => {},
    finish: (path, outcome) => {
      if (total > 1) output.write(`${figures()}  ${outcome}  ${visibleLine(path)}\n`);
      done += 1;
    },
    end: () => {},
  };
}

/** The end of a path tells files apart, so the beginning is what is cut. */
function shorten(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(1 - width)}`;
}
