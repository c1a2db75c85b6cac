import { join } from 'node:path';

/** Where training reads and writes; every path is absolute. */
export type TrainingPlaces = {
  checkout: string;
  /** The folder with `repair-pairs` and `seccodeplt`. */
  shared: string;
  /** What training makes and nobody ships: programs, graphs, weights, figures. */
  scratch: string;
};

/** One program of the training, run in the checkout's `models/ggan/training`. */
export type TrainingStep = {
  title: string;
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
};

export const trainingTasks = ['model', 'measure', 'ablate', 'loop', 'cost', 'table', 'test'] as const;
export type TrainingTask = (typeof trainingTasks)[number];

/**
 * The steps of a task, in order. `model`: the file that ships, from the data on. `measure`: what it is measured
 * by, the folds; `ablate`: the same for every variant; `loop`: what the folds' models add to hardening; `cost`:
 * time and memory; `table`: the figures so far; `test`: the training's tests.
 */
export function trainingSteps(task: TrainingTask, places: TrainingPlaces, extra: string[]): TrainingStep[] {
  const { scratch } = places;
  const data = join(scratch, 'data');
  const models = join(scratch, 'models');
  const train = (title: string, command: string, args: string[]) =>
    python(places, title, '.venv-training', ['-m', 'ggan_training', command, ...args, ...extra]);
  const prepared = prepare(places, data);
  const measure = train('Train and judge five folds', 'cross-validate', ['--data', data, '--out', models]);
  switch (task) {
    case 'model':
      return [
        ...prepared,
        measure,
        train('Train on everything', 'fit', ['--data', data, '--out', models]),
        train('Export the model, its thresholds and the folds', 'export', [
          ...['--data', data, '--models', models, '--folds-out', join(scratch, 'folds')],
          ...['--out', join(places.checkout, 'models', 'ggan')],
        ]),
      ];
    case 'measure':
      return [...prepared, measure];
    case 'ablate':
      return [
        ...prepared,
        train('Train and judge every variant', 'ablate', ['--data', data, '--out', models]),
      ];
    case 'loop':
      return [
        script(places, 'Tasks hardened with and without the gGAN', 'measure-loop.ts', [
          ...[places.checkout, places.shared, scratch],
        ]),
      ];
    case 'cost':
      return [
        script(places, 'Time and memory', 'measure-cost.ts', [
          join(places.checkout, 'models', 'ggan'),
          join(places.shared, 'promsec', 'testing'),
        ]),
      ];
    case 'table':
      return [
        python(places, 'Figures', '.venv-training', [
          '-m',
          'ggan_training',
          'table',
          join(models, 'results.json'),
        ]),
      ];
    case 'test':
      return [
        python(places, 'Tests of the training', '.venv-training', [
          ...['-m', 'pytest', '-q', join('tests', 'training'), ...extra],
        ]),
        python(places, 'Tests of the data', '.venv', ['-m', 'pytest', '-q', join('tests', 'data'), ...extra]),
      ];
  }
}

/** The labelled programs, by the worker's own operators, and their graphs, by the product's own code. */
function prepare(places: TrainingPlaces, data: string): TrainingStep[] {
  const dump = (name: string) =>
    script(places, `Graphs of ${name}codes.jsonl`, 'dump-graphs.ts', [
      join(data, `${name}codes.jsonl`),
      join(data, `${name}graphs.jsonl`),
    ]);
  return [
    python(places, 'Labelled programs', '.venv', ['-m', 'ggan_data', '--data', places.shared, '--out', data]),
    python(places, 'Programs to make graphs of', '.venv-training', [
      ...['-m', 'ggan_training', 'codes', '--data', data],
    ]),
    dump(''),
    dump('golden-'),
  ];
}

function script({ checkout }: TrainingPlaces, title: string, file: string, args: string[]): TrainingStep {
  const command = process.execPath;
  return { title, command, args: [join(checkout, 'scripts', 'ggan', file), ...args], cwd: checkout, env: {} };
}

function python(
  { checkout }: TrainingPlaces,
  title: string,
  environment: '.venv' | '.venv-training',
  args: string[],
): TrainingStep {
  const cwd = join(checkout, 'models', 'ggan', 'training');
  const PYTHONPATH = [cwd, join(checkout, 'functions', 'worker')].join(':');
  return {
    title,
    command: join(checkout, environment, 'bin', 'python'),
    args,
    cwd,
    env: { PYTHONPATH, PYTHONUNBUFFERED: '1' },
  };
}
