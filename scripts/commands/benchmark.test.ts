import { describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import { testContext, testEngine } from './fixtures/test-engine.ts';
import { buildProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

/** Runs the command line in this process, with a benchmark that only notes what it was asked. */
async function sgcode(...args: string[]) {
  const { openEngine } = testEngine();
  const { context, written, benchmarks } = testContext('/typed/in', openEngine);
  let code = -1;
  const program = buildProgram(context, '1.2.3', (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(['benchmark', ...args], { from: 'user' });
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, stderr: error.message, benchmarks };
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode === 0 ? 0 : 2;
  }
  return { code, ...written, benchmarks };
}

describe('sgcode benchmark', () => {
  it('asks for the rules over all programs without options', async () => {
    const { code, benchmarks } = await sgcode('programs');

    expect(code).toBe(0);
    expect(benchmarks).toEqual([
      {
        dataSet: '/typed/in/programs',
        mechanisms: ['rules'],
        outputs: [],
        paperPipeline: null,
        sample: null,
        policy: 'practical',
        analyzers: ['bandit'],
        behavior: 'auto',
        databaseDriver: null,
        jobs: null,
        out: null,
        resume: false,
      },
    ]);
  });

  it('takes every option, and paths from the folder in which it was typed', async () => {
    const { benchmarks } = await sgcode(
      ...['/data/tasks.jsonl', '--mechanisms', 'rules', '--sample', '20', '--seed', '7', '--jobs', '3'],
      ...['--outputs', 'theirs=out/theirs', 'of 2=/data/a=b', '--policy', 'paper', '--analyzers', 'bandit'],
      ...[
        '--behavior',
        'always',
        '--database-driver',
        'psycopg2',
        '--out',
        'results',
        '--resume',
        '--paper-pipeline',
        'out/promsec',
      ],
    );

    expect(benchmarks).toEqual([
      {
        dataSet: '/data/tasks.jsonl',
        mechanisms: ['rules'],
        outputs: [
          { name: 'theirs', folder: '/typed/in/out/theirs' },
          { name: 'of 2', folder: '/data/a=b' },
        ],
        paperPipeline: '/typed/in/out/promsec',
        sample: { size: 20, seed: 7 },
        policy: 'paper',
        analyzers: ['bandit'],
        behavior: 'always',
        databaseDriver: 'psycopg2',
        jobs: 3,
        out: '/typed/in/results',
        resume: true,
      },
    ]);
  });

  it.each<[string[], string]>([
    [[], "missing required argument 'dataset'"],
    [['p', '--mechanisms', 'rules,hybrid'], 'there is no mechanism hybrid; there is: rules, rules-no-ggan'],
    [['p', '--mechanisms', 'rules,'], 'It takes names, by commas.'],
    [['p', '--models', 'gpt-4o'], '--models goes with a mechanism that asks one, and rules asks none'],
    [['p', '--sample', '0'], 'It takes a whole number from 1'],
    [['p', '--seed', '1.5'], 'It takes a whole number from 0'],
    [['p', '--jobs', '65'], 'It takes a whole number from 1 to 64.'],
    [['p', '--outputs', 'theirs'], 'write NAME=FOLDER'],
    [['p', '--outputs', '=folder'], 'write NAME=FOLDER'],
    [['p', '--outputs', 'a|b=folder'], 'write NAME=FOLDER'],
    [['p', '--outputs', 'rules=folder'], 'rules is the name of another arm'],
    [['p', '--outputs', 'a=b', '--outputs', 'a=c'], 'a is the name of another arm'],
    [['p', '--outputs', 'paper-pipeline=b'], 'paper-pipeline is the name of another arm'],
    [['p', '--outputs', 'untouched=b'], 'untouched is the name of another arm'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr, benchmarks } = await sgcode(...args);

    expect([code, benchmarks]).toEqual([2, []]);
    expect(stderr).toContain(message);
  });

  it('explains itself', async () => {
    const { code, ...written } = await sgcode('--help');

    expect(code).toBe(0);
    expect(JSON.stringify(written)).toContain('records.jsonl at once, so it can be stopped at any time');
  });
});
