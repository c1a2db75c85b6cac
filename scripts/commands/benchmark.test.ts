import { describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import type { ModelAccess } from './command-context.ts';
import { testContext, testEngine } from './fixtures/test-engine.ts';
import { buildProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

const SERVERS = [{ name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', models: ['qwen:latest', 'llama'] }];
const noModels: ModelAccess = {
  complete: () => Promise.reject(new Error('no model is to be asked')),
  list: async () => [],
  findLocalServers: async () => [],
  learned: () => ({}),
};
const withoutModels = {
  models: [],
  calls: null,
  budget: { maxCalls: 12, maxTokens: 200_000, maxCostUsd: null },
  maxIterations: 3,
  maxSeconds: 300,
};

/** Runs the command line in this process, with a benchmark that only notes what it was asked. */
async function sgcode(...args: string[]) {
  const { openEngine } = testEngine();
  const { context: base, written, benchmarks } = testContext('/typed/in', openEngine);
  const env = { MODEL_KEY: 'sk-0123456789abcdef', EMPTY_KEY: '' };
  const context = {
    ...base,
    env,
    openModels: async () => ({ ...noModels, findLocalServers: async () => SERVERS }),
  };
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
        ...withoutModels,
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
        ...withoutModels,
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
    [
      ['p', '--mechanisms', 'rules,magic'],
      'there is no mechanism magic; there is: rules, rules-no-ggan, promsec',
    ],
    [['p', '--mechanisms', 'safecoder'], 'there is no mechanism safecoder'],
    [['p', '--mechanisms', 'rules,'], 'It takes names, by commas.'],
    [
      ['p', '--mechanisms', 'rules', '--models', 'gpt-4o'],
      '--models goes with a mechanism that asks one, and rules asks none',
    ],
    [
      ['p', '--mechanisms', 'rules,promsec,hybrid-no-ggan'],
      'promsec, hybrid-no-ggan asks a language model: name it with --model',
    ],
    [['p', '--model', 'a', '--models', 'b,c'], "option '--model <name>' cannot be used with"],
    [['p', '--base-url', 'http://localhost/v1'], '--base-url goes with --model'],
    [['p', '--max-tokens', '5'], '--max-tokens goes with --model'],
    [['p', '--records', 'calls.jsonl'], '--records goes with --model'],
    [
      ['p', '--model', 'a', '--base-url', 'http://me:secret@host/v1'],
      '--base-url: It takes an http or https address',
    ],
    [['p', '--model', 'a', '--base-url', 'http://h/v1', '--api-key-env', 'NO_KEY'], 'NO_KEY is not set'],
    [
      ['p', '--model', 'a', '--base-url', 'http://h/v1', '--api-key-env', 'EMPTY_KEY'],
      'EMPTY_KEY is not set',
    ],
    [['p', '--model', 'a', '--base-url', 'http://h/v1', '--max-cost', '1'], '--max-cost cannot be held'],
    [
      ['p', '--models', 'a?,a!', '--base-url', 'http://h/v1'],
      'two models would make an arm of the name hybrid@a_',
    ],
    [
      ['p', '--model', 'a', '--base-url', 'http://h/v1', '--outputs', 'hybrid@a=b'],
      'hybrid@a is the name of another',
    ],
    [['p', '--model', 'unheard-of'], 'no server is known for the model unheard-of'],
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

  it('asks for each mechanism with each model, and hands on where the key is, not what it is', async () => {
    const { code, benchmarks } = await sgcode(
      ...['programs', '--mechanisms', 'promsec,rules', '--models', 'a,b', '--base-url', 'https://h/v1/'],
      ...['--api-key-env', 'MODEL_KEY', '--records', 'kept/calls.jsonl', '--max-iterations', '2'],
      ...['--max-seconds', '900', '--max-model-calls', '8', '--max-tokens', '5000'],
    );

    expect(code).toBe(0);
    const settings = (name: string) => ({ name, baseUrl: 'https://h/v1', template: 'chat' });
    expect(benchmarks).toMatchObject([
      {
        mechanisms: ['promsec', 'rules'],
        models: ['a', 'b'].map((name) => ({ settings: settings(name), apiKeyVariable: 'MODEL_KEY' })),
        calls: '/typed/in/kept/calls.jsonl',
        maxIterations: 2,
        maxSeconds: 900,
        budget: { maxCalls: 8, maxTokens: 5000, maxCostUsd: null },
      },
    ]);
    expect(JSON.stringify(benchmarks)).not.toContain('sk-0123456789abcdef');
  });

  it('takes the hybrid where a model is named, and finds the server of one of this machine', async () => {
    const { benchmarks, stderr } = await sgcode('programs', '--model', 'qwen');

    expect(benchmarks).toMatchObject([
      {
        mechanisms: ['hybrid'],
        models: [
          { settings: { name: 'qwen:latest', baseUrl: 'http://127.0.0.1:11434/v1' }, apiKeyVariable: null },
        ],
      },
    ]);
    expect(stderr).toContain('Using qwen:latest on Ollama');
  });

  it('explains itself', async () => {
    const { code, ...written } = await sgcode('--help');

    expect(code).toBe(0);
    expect(JSON.stringify(written)).toContain('records.jsonl at once, so it can be stopped at any time');
  });
});
