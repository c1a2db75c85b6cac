import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { TableName } from '#domain/benchmark-result.ts';

/** The groups of one table, in the order in which they are shown, and those that a program belongs to. */
export type Grouping = {
  table: TableName;
  order: (a: string, b: string) => number;
  groupsOf: (record: BenchmarkRecord) => readonly string[];
};

const NOT_ANALYZED = 'not analyzed';
const NO_CWE = 'no CWE';

/** Counted findings of the input, from which on a group begins. */
const FINDING_GROUPS: readonly (readonly [number, string])[] = [
  [0, '0'],
  [1, '1'],
  [2, '2'],
  [3, '3'],
  [4, '4-5'],
  [6, '6-10'],
  [11, '11 and more'],
];

/** How programs are grouped in each table but that of resources, which goes by arm. */
export function groupingsOf(meanInputTokens: number): readonly Grouping[] {
  const lengths = ['LOW', 'HIGH'];
  const sizes = [...FINDING_GROUPS.map(([, label]) => label), NOT_ANALYZED];
  return [
    { table: 'all', order: () => 0, groupsOf: () => ['all programs'] },
    { table: 'findings', order: byPlaceIn(sizes), groupsOf: (record) => [findingGroup(record)] },
    { table: 'cwe', order: byCweNumber, groupsOf: cweGroups },
    {
      table: 'prompt-length',
      order: byPlaceIn(lengths),
      groupsOf: ({ input }) => [input.tokens > meanInputTokens ? 'HIGH' : 'LOW'],
    },
  ];
}

function findingGroup({ input }: BenchmarkRecord): string {
  if (!input.analyzed) return NOT_ANALYZED;
  return FINDING_GROUPS.findLast(([from]) => input.findings >= from)?.[1] ?? NOT_ANALYZED;
}

function cweGroups({ input }: BenchmarkRecord): readonly string[] {
  if (!input.analyzed) return [NOT_ANALYZED];
  return input.cwes.length === 0 ? [NO_CWE] : [...new Set(input.cwes)];
}

function byPlaceIn(labels: readonly string[]): (a: string, b: string) => number {
  return (a, b) => labels.indexOf(a) - labels.indexOf(b);
}

function byCweNumber(a: string, b: string): number {
  return cweRank(a) - cweRank(b);
}

function cweRank(group: string): number {
  if (group === NO_CWE) return 1e6;
  return group === NOT_ANALYZED ? 1e6 + 1 : Number(group.slice('CWE-'.length));
}
