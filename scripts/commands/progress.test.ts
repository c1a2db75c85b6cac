import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startProgress } from './progress.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function watch(isTerminal: boolean, total = 1) {
  const written: string[] = [];
  const output = {
    write: (text: string) => void written.push(text.replaceAll('\r\u001b[2K', '')),
    isTerminal,
    hasColors: false,
    isClosed: () => false,
  };
  let time = 0;
  const progress = startProgress(output, total, { maxIterations: 3, now: () => time });
  const wait = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      time += 500;
      jest.advanceTimersByTime(500);
    }
  };
  return { progress, written, wait };
}

const enterAll = (progress: { enter(state: string): void }, ...states: string[]) => {
  for (const state of states) progress.enter(state);
};

describe('progress in a terminal', () => {
  it('names the step, the iteration and the seconds while a model answers', () => {
    const { progress, written, wait } = watch(true);
    progress.start('app.py');
    enterAll(progress, 'Analyze', 'PlanEdits', 'Excerpt', 'Repair');
    wait(2500);
    expect(written).toEqual([
      '1/1  app.py',
      '1/1  app.py  Repair 1/3, 0 s',
      '1/1  app.py  Repair 1/3, 1 s',
      '1/1  app.py  Repair 1/3, 2 s',
    ]);
    enterAll(progress, 'PutBack', 'Verify', 'Decide', 'PlanEdits', 'Excerpt', 'Repair');
    expect(written.slice(4)).toEqual(['1/1  app.py', '1/1  app.py  Repair 2/3, 0 s']);
  });

  it('counts an answer that is asked for again as the same repair, and says when the server is busy', () => {
    const { progress, written, wait } = watch(true);
    progress.start('app.py');
    enterAll(progress, 'Excerpt', 'Repair', 'Repair', 'WaitToRepair');
    wait(1000);
    expect(written.at(-1)).toBe("1/1  app.py  Repair 1/3, the model's server is busy: waiting, 1 s");
  });

  it('counts anew for the next file and stops at the end', () => {
    const { progress, written, wait } = watch(true, 2);
    progress.start('a.py');
    enterAll(progress, 'Excerpt', 'Repair');
    progress.finish('a.py', 'done');
    progress.start('b.py');
    enterAll(progress, 'Generate', 'Excerpt', 'Repair');
    expect(written.slice(-3)).toEqual([
      '2/2  b.py  Generate, 0 s',
      '2/2  b.py',
      '2/2  b.py  Repair 1/3, 0 s',
    ]);
    progress.end();
    const length = written.length;
    wait(5000);
    expect(written).toHaveLength(length);
  });
});

describe('progress in a log', () => {
  it('is a line where a server is to be waited for, and one for each of several files', () => {
    const { progress, written, wait } = watch(false, 2);
    progress.start('a\u202e.py');
    enterAll(progress, 'Excerpt', 'Repair', 'WaitToRepair');
    wait(5000);
    progress.finish('a.py', 'done');
    expect(written).toEqual([
      "a<U+202E>.py: Repair 1/3, the model's server is busy: waiting\n",
      '1/2  done  a.py\n',
    ]);
  });
});
