import type { Interval, PipelineRatio, Proportion, RatioMeasure } from '#domain/benchmark-result.ts';
import { paperPipelineArms } from '../arms.ts';
import type { ArmFigures, PublishedResult, PublishedRun, RunName } from './published-result.ts';

/** The runs whose time is told, each in one process and in two. */
const WALL_RUNS: readonly { title: string; one: RunName; two: RunName }[] = [
  { title: 'without the behavior check', one: 'one-process', two: 'two-processes' },
  { title: 'with `--behavior always`', one: 'behavior-always', two: 'behavior-always-two' },
];
const PHASES: readonly { phase: string; secondsOf: (run: PublishedRun) => number }[] = [
  { phase: 'from start to tables', secondsOf: ({ seconds }) => seconds },
  { phase: 'the measuring alone', secondsOf: ({ measuringSeconds }) => measuringSeconds },
];
const EMPTY = '';

/** What the README says of the figures, as Markdown. */
export function readmeBlock(result: PublishedResult): string {
  const { dataSet, versions, machine } = result;
  const analyzers = versions.analyzers.map(({ name, version }) => `${name} ${version}`).join(', ');
  return [
    `PromSec's ${dataSet.programs} test programs, of which ${dataSet.notCompiling} do not compile as they come; ` +
      `mechanism \`rules\`, analyzer ${analyzers}, policy \`practical\`, no language model; ` +
      `on ${machine.cores} cores of an ${machine.cpu}, Python ${versions.python}, Node ${versions.node}. ` +
      'In brackets: 95 % intervals.',
    outcomeTable(result),
    "Time and memory beside the paper's pipeline, re-created: a server that starts `bandit` as a process for every " +
      'analysis. Its language model is not counted, and neither is ours:',
    pipelineTable(result),
    wallTable(result),
    analysisTable(result),
  ].join('\n\n');
}

/** What docs/benchmark.md says of where the figures come from, as Markdown. */
export function originBlock(result: PublishedResult): string {
  const { dataSet, answers, runs, startedAt, versions, machine } = result;
  const lines = [
    `- measured: ${startedAt.slice(0, 10)}, SGCode ${versions.sgcode}, commit ${versions.commit ?? 'unknown'}`,
    `- machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryMiB} MiB, ${machine.platform}`,
    `- programs: \`${dataSet.name}\`, sha256 \`${dataSet.sha256}\``,
    `- answers of the pipeline's language model: \`${answers.name}\`, sha256 \`${answers.sha256}\``,
  ];
  const rows = runs.map(({ command, records, recordsSha256, withoutTimesSha256 }) => [
    `\`${command}\``,
    String(records),
    `\`${recordsSha256.slice(0, 16)}\``,
    `\`${withoutTimesSha256.slice(0, 16)}\``,
  ]);
  return [
    lines.join('\n'),
    table(['command', 'records', 'sha256 of records.jsonl', 'without times, in order'], rows),
  ].join('\n\n');
}

function outcomeTable({ runs }: PublishedResult): string {
  const beside = runs.find(({ name }) => name === 'beside-the-pipeline');
  const always = runs.find(({ name }) => name === 'behavior-always');
  const columns = [
    { title: 'untouched', figures: armOf(beside, 'untouched') },
    { title: '`rules`', figures: armOf(beside, 'rules') },
    { title: '`rules --behavior always`', figures: armOf(always, 'rules') },
    {
      title: "PromSec's released outputs, trial 0",
      figures: armOf(beside, paperPipelineArms.asReleased.name),
    },
  ];
  const row = (title: string, cell: (figures: ArmFigures) => string) => [
    title,
    ...columns.map(({ figures }) => (figures === undefined ? EMPTY : cell(figures))),
  ];
  return table(
    ['', ...columns.map(({ title }) => title)],
    [
      row('no counted finding left', ({ clean }) => share(clean)),
      row('secured: compiles too, nothing introduced, surface kept, honest', ({ secured }) => share(secured)),
      row(
        '**secured and kept**: run beside the input, it also did the same',
        ({ securedAndKept }) => `**${share(securedAndKept)}**`,
      ),
      row('did the same, whatever is found in it', ({ kept }) => share(kept)),
      row('secured, and could not be judged', ({ unjudged }) => String(unjudged)),
      row('counted findings left', ({ findings }) => String(findings.after)),
      row('counted findings introduced', ({ findings }) => String(findings.introduced)),
      row('time without a language model, median', ({ ms }) =>
        ms === null ? EMPTY : milliseconds(ms.median),
      ),
      row('the same, 95th percentile', ({ ms }) => (ms === null ? EMPTY : milliseconds(ms.percentile95))),
      row('memory at most', ({ peakMiB }) => (peakMiB === null ? EMPTY : `${peakMiB.toFixed(0)} MiB`)),
    ],
  );
}

const MEASURES: Record<RatioMeasure, { title: string; format: (value: number) => string }> = {
  nonModelTime: { title: 'time', format: milliseconds },
  cpuSeconds: { title: 'processor time', format: (seconds) => milliseconds(seconds * 1000) },
  peakMiB: { title: 'peak memory', format: (value) => `${value.toFixed(0)} MiB` },
};
const PIPELINES: Record<string, string> = {
  [paperPipelineArms.asReleased.name]: 'as its notebook was released, 4 analyses a program',
  [paperPipelineArms.roundsAlone.name]: 'its rounds alone, 2 analyses a program',
};

function pipelineTable({ pipelineRatios }: PublishedResult): string {
  const rows = pipelineRatios.map(({ pipeline, measure, ...ratio }: PipelineRatio) => {
    const { title, format } = MEASURES[measure];
    return [
      `${title}: ${PIPELINES[pipeline] ?? pipeline}`,
      format(ratio.pipelineMedian),
      format(ratio.armMedian),
      times(ratio),
    ];
  });
  return table(['', 'pipeline, median', '`rules`, median', 'ratio, median'], rows);
}

function wallTable({ runs, dataSet }: PublishedResult): string {
  const rows = WALL_RUNS.flatMap(({ title, one, two }) =>
    PHASES.map(({ phase, secondsOf }) => {
      const [alone, both] = [one, two].map((name) => {
        const run = runs.find((each) => each.name === name);
        return run === undefined ? Number.NaN : secondsOf(run);
      });
      const seconds = [alone, both].map((value) => `${value?.toFixed(1)} s`);
      return [`${title}, ${phase}`, ...seconds, ratio((alone ?? Number.NaN) / (both ?? Number.NaN), 2)];
    }),
  );
  const head = [`all ${dataSet.programs} programs`, 'one process', 'two', 'times as fast'];
  return table(head, rows);
}

function analysisTable({ analysis }: PublishedResult): string {
  const { programs, warmWorker, banditCommand, timesFaster } = analysis;
  return table(
    [`analysis of one program, side by side on the same ${programs}`, ''],
    [
      ['request to the warm worker, median', milliseconds(warmWorker)],
      ['`bandit` command, median', milliseconds(banditCommand)],
      ['times faster, median', timesFaster.median.toFixed(0)],
      ['times faster, 5th percentile (large programs)', timesFaster.fifthPercentile.toFixed(0)],
    ],
  );
}

function armOf(run: PublishedRun | undefined, name: string): ArmFigures | undefined {
  return run?.arms.find(({ arm }) => arm === name);
}

/** The first column names the row, the others are figures. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const marks = head.map((_, place) => (place === 0 ? '---' : '--:'));
  return [head, marks, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function share(proportion: Proportion | null): string {
  if (proportion === null) return EMPTY;
  const { count, n, interval } = proportion;
  return `${count} of ${n} [${(interval.low * 100).toFixed(0)} to ${(interval.high * 100).toFixed(0)} %]`;
}

function times({ median, interval }: { median: number; interval: Interval | null }): string {
  const range = interval === null ? '' : ` [${ratio(interval.low)} to ${ratio(interval.high)}]`;
  return `${ratio(median)}${range}`;
}

function ratio(value: number, digits = value < 1 ? 2 : 1): string {
  return value.toFixed(digits);
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}
