import { visibleLine } from '#domain/report/visible-text.ts';
import type { Output } from '../commands/output.ts';

/** Says on stderr how far a benchmark is, and how long it will still take. */
export type ItemProgress = {
  start(program: string, arm: string): void;
  finish(program: string, arm: string, outcome: string): void;
  end(): void;
};

const CLEAR_LINE = '\r\u001b[2K';
/** A log is read later, so it need not be told of every item. */
const LOG_EVERY_MS = 5_000;

/**
 * A terminal gets one line that is rewritten, a log a line every few seconds and one at the end. `done` of `total`
 * were measured before, and say nothing of the time that is left.
 */
export function startItemProgress(
  output: Output,
  { total, done }: { total: number; done: number },
  now: () => number = Date.now,
): ItemProgress {
  const started = now();
  let finished = 0;
  let lastLine = started;
  const figures = () => {
    const count = done + finished;
    const left =
      finished === 0 ? '' : `  ${timeWords(((now() - started) / finished) * (total - count))} left`;
    return `${String(count).padStart(String(total).length)}/${total}${left}`;
  };
  const rewrite = (text: string) =>
    output.write(`${CLEAR_LINE}${figures()}  ${visibleLine(text).slice(0, 60)}`);
  return {
    start: (program, arm) => {
      if (output.isTerminal) rewrite(`${arm}  ${program}`);
    },
    finish: (program, arm, outcome) => {
      finished += 1;
      if (output.isTerminal) {
        rewrite(`${arm}  ${program}`);
      } else if (done + finished === total || now() - lastLine >= LOG_EVERY_MS) {
        lastLine = now();
        output.write(`${figures()}  ${outcome}  ${visibleLine(arm)}  ${visibleLine(program)}\n`);
      }
    },
    end: () => {
      if (output.isTerminal) output.write(CLEAR_LINE);
    },
  };
}

/** A span of time as a person would say it: seconds, then minutes, then hours. */
export function timeWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
