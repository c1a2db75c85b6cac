import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLocalConfig } from '../local-config.ts';
import { type PaperPipeline, startPaperPipeline } from './paper-pipeline.ts';
import { readTree } from './process-tree.ts';

const VULNERABLE = 'import yaml\nyaml.load(open("a"), Loader=yaml.Loader)\n';
const CLEAN = 'print("nothing")\n';
const config = readLocalConfig({}, '/');

describe("the paper's pipeline, re-created", () => {
  let pipeline: PaperPipeline;
  beforeAll(async () => {
    pipeline = await startPaperPipeline(config);
  });
  afterAll(() => pipeline.close());

  it.each([
    ['one round where the answer is clean', [CLEAN, VULNERABLE], { code: CLEAN, rounds: 1 }],
    ['rounds until an answer is clean', [VULNERABLE, CLEAN, VULNERABLE], { code: CLEAN, rounds: 2 }],
    ['rounds while there are answers', [VULNERABLE, VULNERABLE], { code: VULNERABLE, rounds: 2 }],
    [
      'one round where nothing can read the answer',
      ['def broken(:\n'],
      { code: 'def broken(:\n', rounds: 1 },
    ],
    ['no round without an answer', [], { code: VULNERABLE, rounds: 0 }],
  ])('takes %s, with two analyses each', async (_, answers, expected) => {
    const { analysesMs, ...answer } = await pipeline.secure({ code: VULNERABLE, answers, analysesBefore: 0 });

    expect(answer).toEqual(expected);
    expect(analysesMs).toHaveLength(2 * expected.rounds);
  });

  it('analyzes before the first round as often as it is asked to', async () => {
    const program = { code: VULNERABLE, answers: [CLEAN], analysesBefore: 2 };
    const { analysesMs, rounds } = await pipeline.secure(program);

    expect([rounds, analysesMs.length]).toEqual([1, 4]);
  });

  it('says what is wrong with a program, and goes on', async () => {
    const lone = { code: '\ud800', answers: [CLEAN], analysesBefore: 0 };

    await expect(pipeline.secure(lone)).rejects.toThrow('UnicodeEncodeError');
    await expect(pipeline.secure({ ...lone, code: CLEAN })).resolves.toMatchObject({ rounds: 1 });
  });

  it('ends with its input', async () => {
    const other = await startPaperPipeline(config);
    expect(readTree(other.pid)).not.toBeNull();

    await Promise.all([other.close(), other.close()]);

    expect(readTree(other.pid)).toBeNull();
  });

  it('is refused where it does not start', async () => {
    await expect(startPaperPipeline({ ...config, workerDir: '/nowhere' })).rejects.toThrow('did not start');
  });
});
