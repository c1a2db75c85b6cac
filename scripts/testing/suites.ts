import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { countCheck, countJest, countPytest, type TestCounts } from './count-tests.ts';

/** One program that checks something and how its outcome is counted. */
export type Suite = {
  /** What it is called on the command line. */
  name: string;
  title: string;
  /** Suites of one lane run one after the other, lanes side by side. */
  lane: 'first' | 'second';
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  count: (exitCode: number | null, result: string | null) => TestCounts | null;
  /** The file in which it leaves its machine-readable result. */
  resultFile: string | null;
};

type Place = {
  checkout: string;
  resultDir: string;
  /** The browser that drives the web page; null where there is none, and then no suite needs one. */
  chromium: string | null;
};

/** Every suite of the checkout; the folder `resultDir` takes their results and logs. */
export function allSuites(place: Place): Suite[] {
  const packages = ['worker', 'test-runner'].filter((name) =>
    existsSync(join(place.checkout, 'functions', name, 'pyproject.toml')),
  );
  return [
    check(place, 'types', 'TypeScript types', 'first', 'tsc', ['-p', '.']),
    check(place, 'types', 'TypeScript types, infra', 'first', 'tsc', ['-p', 'infra']),
    check(place, 'types', 'TypeScript types, web', 'first', 'tsc', ['-p', 'web']),
    check(place, 'biome', 'Biome', 'first', 'biome', ['check', '--error-on-warnings', '--colors=off', '.']),
    jestSuite(place),
    ...packages.flatMap((name) => pythonSuites(place, name)),
    startSuite(place),
    ...(place.chromium === null ? [] : [browserSuite(place, place.chromium)]),
  ];
}

function check(
  { checkout }: Place,
  name: string,
  title: string,
  lane: Suite['lane'],
  tool: string,
  args: string[],
): Suite {
  const command = join(checkout, 'node_modules', '.bin', tool);
  return { name, title, lane, command, args, cwd: checkout, env: {}, count: countCheck, resultFile: null };
}

function jestSuite({ checkout, resultDir }: Place): Suite {
  const resultFile = join(resultDir, 'jest.json');
  return {
    name: 'jest',
    title: 'Jest',
    lane: 'first',
    command: join(checkout, 'node_modules', '.bin', 'jest'),
    args: ['--ci', '--json', `--outputFile=${resultFile}`],
    cwd: checkout,
    env: { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
    count: (_exitCode, result) => (result === null ? null : countJest(result)),
    resultFile,
  };
}

/** The web page, driven in a browser over the real server. */
function browserSuite({ checkout, resultDir }: Place, chromium: string): Suite {
  const resultFile = join(resultDir, 'browser.json');
  return {
    name: 'browser',
    title: 'Web page in a browser',
    // Jest takes as long as everything else together.
    lane: 'second',
    command: process.execPath,
    args: [
      join(checkout, 'scripts', 'web', 'browser-tests.ts'),
      '--ci',
      '--json',
      `--outputFile=${resultFile}`,
    ],
    cwd: checkout,
    env: { SGCODE_CHROMIUM: chromium },
    count: (_exitCode, result) => (result === null ? null : countJest(result)),
    resultFile,
  };
}

function pythonSuites({ checkout, resultDir }: Place, folder: string): Suite[] {
  const cwd = join(checkout, 'functions', folder);
  const binaries = join(checkout, '.venv', 'bin');
  const resultFile = join(resultDir, `pytest-${folder}.xml`);
  const shared = { lane: 'second', cwd, env: {} } as const;
  const ruff = {
    ...shared,
    name: 'ruff',
    command: join(binaries, 'ruff'),
    count: countCheck,
    resultFile: null,
  };
  return [
    { ...ruff, title: `ruff check, ${folder}`, args: ['check', '.'] },
    { ...ruff, title: `ruff format, ${folder}`, args: ['format', '--check', '.'] },
    {
      ...shared,
      name: 'pytest',
      title: `pytest, ${folder}`,
      command: join(binaries, 'python'),
      args: ['-m', 'pytest', '-q', `--junitxml=${resultFile}`],
      count: (_exitCode, result) => (result === null ? null : countPytest(result)),
      resultFile,
    },
  ];
}

/** What a newcomer types first, up to the evidence, in a state folder of its own. */
function startSuite({ checkout, resultDir }: Place): Suite {
  return {
    name: 'start',
    title: 'npm start without serving',
    lane: 'second',
    command: process.execPath,
    args: [join(checkout, 'scripts', 'bootstrap.mjs'), 'scripts/start.ts', '--no-serve'],
    cwd: checkout,
    env: { SGCODE_HOME: join(resultDir, 'home') },
    count: countCheck,
    resultFile: null,
  };
}
