import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import { type BenchmarkResult, BenchmarkResultSchema, type TableName } from '#domain/benchmark-result.ts';
import { ARMS, recordOf, someRecords } from './fixtures/records.ts';
import { summarizeBenchmark } from './summarize-benchmark.ts';

const ACCOUNT = { arms: ARMS, seed: 3, about: [{ name: 'data set', value: 'made' }] };
const summarize = (records: Iterable<BenchmarkRecord>) => summarizeBenchmark(records, ACCOUNT);

function rowOf(result: BenchmarkResult, table: TableName, group: string, arm = 'rules') {
  const rows = result.tables.find(({ name }) => name === table)?.rows;
  return rows?.find((row) => row.group === group && row.arm === arm);
}

function inputOf(changes: Partial<BenchmarkRecord['input']>): Partial<BenchmarkRecord> {
  return { input: { ...recordOf('', '').input, ...changes } };
}

describe('summarizeBenchmark', () => {
  const records = someRecords(60);

  it('gives a document of its schema', () => {
    const result = summarize(records);
    expect(BenchmarkResultSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({ programs: 60, records: 240 });
  });

  it('is the same for the same records in any order', () => {
    const expected = JSON.stringify(summarize(records));
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(JSON.stringify(summarize(shuffled))).toBe(expected);
      }),
      { numRuns: 5 },
    );
  });

  it('reads records as they come', () => {
    function* stream() {
      yield* records;
    }
    expect(summarize(stream())).toEqual(summarize(records));
  });

  it('says what is wrong with the records', () => {
    const record = recordOf('a.py', 'rules');
    expect(() => summarize([record, record])).toThrow("arm 'rules' has the program 'a.py' twice");
    expect(() => summarize([recordOf('a.py', 'other')])).toThrow("no arm is named 'other'");
    expect(() => summarizeBenchmark([], { ...ACCOUNT, arms: [...ARMS, ...ARMS] })).toThrow('same name');
  });

  it('has no figures without records', () => {
    const result = summarize([]);
    expect(result).toMatchObject({ programs: 0, records: 0, meanInputTokens: null });
    expect(result.tables.flatMap(({ rows }) => rows)).toEqual([]);
  });
});

describe('groups', () => {
  it('by counted findings, with what could not be analyzed apart', () => {
    const sizes = [0, 1, 2, 3, 4, 5, 6, 10, 11, 200];
    const records = sizes.map((findings) => recordOf(`${findings}.py`, 'rules', inputOf({ findings })));
    const unread = recordOf('unread.py', 'rules', inputOf({ findings: 0, analyzed: false }));
    const rows = summarize([...records, unread]).tables.find(({ name }) => name === 'findings')?.rows;

    expect(rows?.map(({ group, programs }) => [group, programs])).toEqual([
      ['0', 1],
      ['1', 1],
      ['2', 1],
      ['3', 1],
      ['4-5', 2],
      ['6-10', 2],
      ['11 and more', 2],
      ['not analyzed', 1],
    ]);
  });

  it('by CWE: a program counts in every one that it has, in the order of their numbers', () => {
    const result = summarize([
      recordOf('two.py', 'rules', inputOf({ cwes: ['CWE-502', 'CWE-89'] })),
      recordOf('one.py', 'rules', inputOf({ cwes: ['CWE-89'] })),
      recordOf('none.py', 'rules', inputOf({ cwes: [], findings: 0 })),
    ]);
    const rows = result.tables.find(({ name }) => name === 'cwe')?.rows;
    expect(rows?.map(({ group, programs }) => [group, programs])).toEqual([
      ['CWE-89', 2],
      ['CWE-502', 1],
      ['no CWE', 1],
    ]);
  });

  it('by prompt length around the mean over programs, however many arms measured each', () => {
    const result = summarize([
      recordOf('short.py', 'rules', inputOf({ tokens: 100 })),
      recordOf('long.py', 'rules', inputOf({ tokens: 300 })),
      recordOf('long.py', 'promsec-0', inputOf({ tokens: 300 })),
      recordOf('mean.py', 'rules', inputOf({ tokens: 200 })),
    ]);
    expect(result.meanInputTokens).toBe(200);
    expect(rowOf(result, 'prompt-length', 'LOW')?.programs).toBe(2);
    expect(rowOf(result, 'prompt-length', 'HIGH')?.programs).toBe(1);
  });

  it('by whether the gGAN has a part in it, for resources', () => {
    const result = summarize(someRecords(10));
    const rows = result.tables.find(({ name }) => name === 'resources')?.rows;
    expect(rows?.at(-1)).toMatchObject({ group: 'with the gGAN', arm: 'hybrid gpt-4o' });
    expect(rows?.filter(({ group }) => group === 'without the gGAN')).toHaveLength(3);
  });
});

describe('figures', () => {
  const all = (records: BenchmarkRecord[], arm?: string) =>
    rowOf(summarize(records), 'all', 'all programs', arm);

  it('leaves empty what an arm has no part in, whatever its records say', () => {
    const zeros = { modelCalls: 0, costUsd: 0, tokens: { prompt: 0, completion: 0, estimated: false } };
    const ms = { ...recordOf('', '').ms, ggan: 0, model: 0 };
    const row = all([recordOf('a.py', 'rules', { ...zeros, ms })]);
    expect(row?.amounts).toMatchObject({
      ggan: null,
      model: null,
      promptTokens: null,
      costUsd: null,
      modelCalls: null,
    });
    expect(row?.amounts.total?.mean).toBe(80);
  });

  it('keeps a 0 that was measured', () => {
    expect(all([recordOf('a.py', 'rules', { edits: 0 })])?.amounts.edits).toMatchObject({ n: 1, mean: 0 });
  });

  it('divides a program by its own lines', () => {
    const records = [
      recordOf('a.py', 'rules', inputOf({ lines: 10 })),
      recordOf('b.py', 'rules', inputOf({ lines: 40 })),
      recordOf('empty.py', 'rules', inputOf({ lines: 0 })),
    ];
    expect(all(records)?.amounts.msPerLine).toMatchObject({ n: 2, mean: 5 });
  });

  it('counts as secured and kept only what both was shown of, and apart what could not be judged', () => {
    const row = all([
      recordOf('both.py', 'rules'),
      recordOf('changed.py', 'rules', { isKept: false }),
      recordOf('left.py', 'rules', { isSecured: false, isKept: null }),
      recordOf('unknown.py', 'rules', { isKept: null }),
    ]);
    expect(row?.outcomes.secured).toMatchObject({ count: 3, n: 4 });
    expect(row?.outcomes.securedAndKept).toMatchObject({ count: 1, n: 3 });
    expect(row?.outcomes.kept).toMatchObject({ count: 1, n: 2 });
    expect(row?.unjudged).toBe(1);
  });

  it('counts as clean what analyzers find nothing in, whatever became of the program', () => {
    const gates = recordOf('', '').gates;
    const row = all([
      recordOf('broken.py', 'rules', { isSecured: false, isKept: false }),
      recordOf('left.py', 'rules', { isSecured: false, gates: { ...gates, secure: 'fail' } }),
      recordOf('unread.py', 'rules', { isSecured: false, gates: { ...gates, secure: 'not-run' } }),
    ]);
    expect(row?.outcomes.clean).toMatchObject({ count: 1, n: 3 });
    expect(row?.outcomes.secured).toMatchObject({ count: 0, n: 3 });
  });

  it('counts tests as passed only together', () => {
    const tests = (functional: number, security: number) => ({
      functional: { passed: functional, total: 2 },
      security: { passed: security, total: 1 },
    });
    const none = { passed: 0, total: 0 };
    const row = all([
      recordOf('all.py', 'rules', { tests: tests(2, 1) }),
      recordOf('unsafe.py', 'rules', { tests: tests(2, 0) }),
      recordOf('broken.py', 'rules', { tests: tests(1, 1) }),
      recordOf('without.py', 'rules', { tests: { functional: none, security: none } }),
      recordOf('untested.py', 'rules'),
    ]);
    expect(row?.outcomes.testsPassed).toMatchObject({ count: 1, n: 3 });
  });

  it('passes the functional tests apart from the security tests', () => {
    const tests = (functional: number, security: number) => ({
      functional: { passed: functional, total: 2 },
      security: { passed: security, total: 2 },
    });
    const row = all([
      recordOf('both.py', 'rules', { tests: tests(2, 2) }),
      recordOf('insecure.py', 'rules', { tests: tests(2, 1) }),
      recordOf('broken.py', 'rules', { tests: tests(1, 2) }),
      recordOf('untested.py', 'rules'),
    ]);
    expect(row?.outcomes).toMatchObject({
      functionPassed: { count: 2, n: 3 },
      testsPassed: { count: 1, n: 3 },
    });
  });

  it('tells the time outside the language model by iteration, in arms that ask one and where there was any', () => {
    const ms = { ...recordOf('', '').ms, total: 1000, model: 700 };
    const ofModel = (program: string, changes: Partial<BenchmarkRecord>) =>
      recordOf(program, 'hybrid gpt-4o', { ms, ...changes });
    const records = [
      ofModel('one.py', { iterations: 1 }),
      ofModel('two.py', { iterations: 2 }),
      ofModel('none.py', { iterations: 0 }),
      ofModel('lost.py', { iterations: null }),
    ];
    expect(all(records, 'hybrid gpt-4o')?.amounts.outsidePerIteration).toMatchObject({ n: 2, mean: 225 });
    expect(all([recordOf('a.py', 'rules', { ms })])?.amounts.outsidePerIteration).toBeNull();
  });

  it('counts the programs whose tokens no server counted', () => {
    const tokens = (estimated: boolean) => ({ tokens: { prompt: 9, completion: 9, estimated } });
    const records = [true, false, true].map((each, at) =>
      recordOf(`${at}.py`, 'hybrid gpt-4o', tokens(each)),
    );
    expect(all(records, 'hybrid gpt-4o')?.estimated).toBe(2);
  });

  it('puts beside an arm the untouched input of the same programs', () => {
    const row = all([
      recordOf('a.py', 'rules'),
      recordOf('a.py', 'untouched', { isSecured: false }),
      recordOf('b.py', 'untouched'),
    ]);
    expect(row?.untouched?.outcomes.secured).toMatchObject({ count: 0, n: 1 });
    expect(all([recordOf('a.py', 'untouched')], 'untouched')?.untouched).toBeNull();
    expect(all([recordOf('a.py', 'rules'), recordOf('b.py', 'untouched')])?.untouched).toBeNull();
  });
});

describe('comparison', () => {
  const programs = Array.from({ length: 30 }, (_, at) => `${at}.py`);
  const pairOf = (records: BenchmarkRecord[]) =>
    summarize(records).pairs.find(({ first, second }) => first === 'rules' && second === 'promsec-0');
  const slower = { ms: { ...recordOf('', '').ms, total: 900 } };

  it('names what the tests show, and nothing else', () => {
    const pair = pairOf(
      programs.flatMap((program, at) => [
        recordOf(program, 'rules'),
        recordOf(program, 'promsec-0', { ...slower, isKept: false, isSecured: at > 0 }),
      ]),
    );
    const [secured, kept] = pair?.outcomes ?? [];
    expect(kept).toMatchObject({
      outcome: 'securedAndKept',
      onlyFirst: 30,
      onlySecond: 0,
      difference: 1,
      better: 'first',
    });
    expect(secured).toMatchObject({ outcome: 'secured', onlyFirst: 1, onlySecond: 0, better: null });
    expect(pair?.amounts.find(({ amount }) => amount === 'total')).toMatchObject({
      difference: -820,
      better: 'first',
    });
    expect(pair?.amounts.find(({ amount }) => amount === 'peakMiB')).toMatchObject({
      difference: 0,
      better: null,
    });
  });

  it('names no winner over a few programs', () => {
    const pair = pairOf(
      programs
        .slice(0, 9)
        .flatMap((program) => [
          recordOf(program, 'rules'),
          recordOf(program, 'promsec-0', { ...slower, isKept: false }),
        ]),
    );
    expect(pair?.outcomes.map(({ better }) => better)).toEqual([null, null]);
    expect(pair?.amounts.find(({ amount }) => amount === 'total')?.better).toBeNull();
  });

  it('leaves out and counts programs that one arm alone has', () => {
    const pair = pairOf([
      ...programs.slice(0, 20).map((program) => recordOf(program, 'rules')),
      ...programs.slice(5).map((program) => recordOf(program, 'promsec-0', { isKept: null })),
    ]);
    expect(pair).toMatchObject({ programs: 15, onlyFirst: 5, onlySecond: 10 });
    expect(pair?.outcomes).toMatchObject([
      { outcome: 'secured', n: 15 },
      { outcome: 'securedAndKept', n: 0 },
    ]);
  });

  it('corrects each p for the number of pairs', () => {
    const { pairs } = summarize(
      programs.flatMap((program, at) => [
        recordOf(program, 'untouched', { isSecured: at >= 6 }),
        recordOf(program, 'rules'),
        recordOf(program, 'promsec-0'),
      ]),
    );
    const first = pairs.find(({ first: a, second: b }) => a === 'untouched' && b === 'rules')?.outcomes[0];
    expect(first?.p).toBeCloseTo(2 / 64, 10);
    expect(first?.adjustedP).toBeGreaterThan(0.05);
    expect(first?.better).toBeNull();
  });
});
