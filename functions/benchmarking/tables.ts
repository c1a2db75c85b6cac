import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { BenchmarkRow, BenchmarkTable, Figures } from '#domain/benchmark-result.ts';
import { figuresOf } from './figures.ts';
import { type Grouping, groupingsOf } from './groups.ts';

/** Each arm with its records by program. */
export type ArmRecords = { arm: Arm; records: ReadonlyMap<string, BenchmarkRecord> };

/** The tables of the paper and one over all programs; every arm's figures with the untouched input's beside. */
export function tablesOf(
  arms: readonly ArmRecords[],
  meanInputTokens: number,
  seed: number,
): BenchmarkTable[] {
  const untouched = arms.find(({ arm }) => arm.kind === 'untouched') ?? null;
  const rowsOf = (grouping: Grouping) => groupRows(grouping, arms, untouched, seed);
  const tables = groupingsOf(meanInputTokens).map((grouping) => ({
    name: grouping.table,
    rows: rowsOf(grouping),
  }));
  const overall = tables.find(({ name }) => name === 'all')?.rows ?? [];
  return [...tables, { name: 'resources', rows: resourceRows(arms, overall) }];
}

function groupRows(
  { groupsOf, order }: Grouping,
  arms: readonly ArmRecords[],
  untouched: ArmRecords | null,
  seed: number,
): BenchmarkRow[] {
  const groups = new Map<string, BenchmarkRecord[][]>();
  for (const [place, { records }] of arms.entries()) {
    for (const record of records.values()) {
      for (const group of groupsOf(record)) {
        const byArm = groups.get(group) ?? arms.map(() => []);
        byArm[place]?.push(record);
        groups.set(group, byArm);
      }
    }
  }
  return [...groups]
    .sort(([a], [b]) => order(a, b))
    .flatMap(([group, byArm]) => {
      const beside = untouched === null ? () => null : untouchedFigures(untouched, seed);
      return arms.flatMap(({ arm }, place) => {
        const records = byArm[place] ?? [];
        if (records.length === 0) return [];
        return [
          {
            group,
            arm: arm.name,
            programs: records.length,
            ...figuresOf(arm, records, seed),
            untouched: arm.kind === 'untouched' ? null : beside(records),
          },
        ];
      });
    });
}

/** Figures of the same programs as they went in, worked out once where arms have the same programs of a group. */
function untouchedFigures({ arm, records }: ArmRecords, seed: number) {
  const known = new Map<string, Figures>();
  return (of: readonly BenchmarkRecord[]): Figures | null => {
    const same = of.map(({ program }) => records.get(program)).filter((record) => record !== undefined);
    if (same.length === 0) return null;
    const key = JSON.stringify(same.map(({ program }) => program).sort());
    const figures = known.get(key) ?? figuresOf(arm, same, seed);
    known.set(key, figures);
    return figures;
  };
}

/** The figures over all programs again, arms without the gGAN first: what it adds is seen between the groups. */
function resourceRows(arms: readonly ArmRecords[], overall: readonly BenchmarkRow[]): BenchmarkRow[] {
  const withGgan = new Set(arms.filter(({ arm }) => arm.usesGgan).map(({ arm }) => arm.name));
  const groupOf = (row: BenchmarkRow) => (withGgan.has(row.arm) ? 'with the gGAN' : 'without the gGAN');
  return overall
    .map((row) => ({ ...row, group: groupOf(row) }))
    .sort((a, b) => Number(withGgan.has(a.arm)) - Number(withGgan.has(b.arm)));
}
