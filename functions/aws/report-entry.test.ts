import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { reportEntry } from './report-entry.ts';

let lines: string[];
beforeEach(() => {
  lines = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
});
afterEach(() => void jest.restoreAllMocks());

describe('the last step on AWS', () => {
  it.each([
    ['secured', 0],
    ['failed', 1],
  ])('answers as the step does, and counts a run that is %s', async (verdict, failed) => {
    const handle = reportEntry(async () => ({ verdict }), 'test');

    expect(await handle({})).toEqual({ verdict });

    const [line = ''] = lines;
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'SGCode',
            Dimensions: [['Stage']],
            Metrics: [
              { Name: 'RunsFinished', Unit: 'Count' },
              { Name: 'RunsFailed', Unit: 'Count' },
            ],
          },
        ],
      },
      Stage: 'test',
      RunsFinished: 1,
      RunsFailed: failed,
    });
  });

  it('counts nothing where the step fails, since it is tried again', async () => {
    const handle = reportEntry(() => Promise.reject(new Error('no')), 'test');

    await expect(handle({})).rejects.toThrow('no');
    expect(lines).toEqual([]);
  });
});
