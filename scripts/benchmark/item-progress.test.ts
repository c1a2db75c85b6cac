import { describe, expect, it } from '@jest/globals';
import { startItemProgress, timeWords } from './item-progress.ts';

function progressOn(isTerminal: boolean, counts = { total: 10, done: 2 }) {
  const written: string[] = [];
  let now = 0;
  const output = {
    write: (text: string) => void written.push(text),
    isTerminal,
    hasColors: false,
    isClosed: () => false,
  };
  const progress = startItemProgress(output, counts, () => now);
  const pass = (ms: number) => {
    now += ms;
  };
  return { progress, written, pass };
}

describe('the progress of a benchmark', () => {
  it('rewrites one line of a terminal, with the time left by what it took so far', () => {
    const { progress, written, pass } = progressOn(true);

    progress.start('a.py', 'rules');
    pass(2_000);
    progress.finish('a.py', 'rules', 'Secured');

    expect(written).toEqual(['\r\u001b[2K 2/10  rules  a.py', '\r\u001b[2K 3/10  14 s left  rules  a.py']);
  });

  it('writes into a log every few seconds, and at the end', () => {
    const { progress, written, pass } = progressOn(false);
    for (let count = 0; count < 8; count += 1) {
      progress.start(`${count}.py`, 'rules');
      pass(2_000);
      progress.finish(`${count}.py`, 'rules', 'Secured');
    }

    expect(written).toEqual([
      ' 5/10  10 s left  Secured  rules  2.py\n',
      ' 8/10  4 s left  Secured  rules  5.py\n',
      '10/10  0 s left  Secured  rules  7.py\n',
    ]);
  });

  it('shows names of programs as text that cannot steer a terminal', () => {
    const { progress, written } = progressOn(true);

    progress.start('\u001b[31mred\n.py', 'rules');

    const [, line = ''] = written.join('').split('\r\u001b[2K');
    expect(line).toContain('red');
    expect(line).not.toContain('\u001b');
    expect(line).not.toContain('\n');
  });

  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h 0 min'],
  ])('%d ms are %s', (ms, words) => {
    expect(timeWords(ms)).toBe(words);
  });
});
