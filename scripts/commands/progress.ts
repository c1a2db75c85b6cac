import { visibleLine } from '#domain/report/visible-text.ts';
import type { Output } from './output.ts';
import { createStepWords } from './step-words.ts';

/** Says on stderr how far a command is. */
export type Progress = {
  start(path: string): void;
  /** The run of what was started last has entered a state. */
  enter(state: string): void;
  /** `outcome` is one short phrase. */
  finish(path: string, outcome: string): void;
  end(): void;
};

export type ProgressOptions = {
  /** Repairs are counted out of these. */
  maxIterations?: number;
  /** Milliseconds of a clock that only goes forward. */
  now?: () => number;
};

const CLEAR_LINE = '\r\u001b[2K';
const TICK_MS = 1000;

/**
 * A terminal gets one line that is rewritten, every second while a model is waited for; a log gets a line per
 * finished file, and one where a model's server is to be waited for. A single file needs no line in a log.
 */
export function startProgress(output: Output, total: number, options: ProgressOptions = {}): Progress {
  return output.isTerminal ? terminalProgress(output, total, options) : logProgress(output, total, options);
}

function terminalProgress(
  output: Output,
  total: number,
  { maxIterations = 1, now = () => performance.now() }: ProgressOptions,
): Progress {
  const figures = figuresOf(total);
  let line = '';
  let words = createStepWords(maxIterations);
  let timer: NodeJS.Timeout | null = null;
  const stop = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  return {
    start(path) {
      stop();
      words = createStepWords(maxIterations);
      line = `${CLEAR_LINE}${figures.next()}  ${shorten(visibleLine(path), 70)}`;
      output.write(line);
    },
    enter(state) {
      const wasShown = timer !== null;
      stop();
      const step = words.enter(state);
      if (step === null) {
        if (wasShown) output.write(line);
        return;
      }
      const since = now();
      const show = () => output.write(`${line}  ${step}, ${Math.floor((now() - since) / 1000)} s`);
      show();
      timer = setInterval(show, TICK_MS);
      // A command that has nothing else to do is not kept alive by its progress.
      timer.unref();
    },
    finish() {
      stop();
      figures.count();
    },
    end() {
      stop();
      output.write(CLEAR_LINE);
    },
  };
}

function logProgress(output: Output, total: number, { maxIterations = 1 }: ProgressOptions): Progress {
  const figures = figuresOf(total);
  let words = createStepWords(maxIterations);
  let current = '';
  return {
    start(path) {
      words = createStepWords(maxIterations);
      current = visibleLine(path);
    },
    enter(state) {
      const step = words.enter(state);
      if (step !== null && words.isWait(state)) output.write(`${current}: ${step}\n`);
    },
    finish(path, outcome) {
      if (total > 1) output.write(`${figures.next()}  ${outcome}  ${visibleLine(path)}\n`);
      figures.count();
    },
    end() {},
  };
}

function figuresOf(total: number) {
  let done = 0;
  return {
    next: () => `${String(done + 1).padStart(String(total).length)}/${total}`,
    count: () => {
      done += 1;
    },
  };
}

/** The end of a path tells files apart, so the beginning is what is cut. */
function shorten(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(1 - width)}`;
}
