import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Light } from '#domain/gates.ts';
import type { Report } from '#domain/report.ts';
import type { Verdict } from '#domain/verdict.ts';
import { securedReport } from '#rendering/fixtures/reports.ts';
import { listPrograms } from './list-programs.ts';
import { programsTable } from './programs.ts';

function reportWith(verdict: Verdict, surface: Light = 'pass', behavior: Light = 'not-run'): Report {
  const { gates } = securedReport;
  return {
    ...securedReport,
    verdict,
    gates: {
      ...gates,
      surface: { ...gates.surface, light: surface },
      behavior: { ...gates.behavior, light: behavior },
    },
  };
}

function figure(table: string, label: string): string | undefined {
  return table.match(new RegExp(`^${label}\\s{2,}(.+)$`, 'm'))?.[1];
}

describe('programsTable', () => {
  it('counts a program as secured only where no light failed', () => {
    const reports = [
      reportWith('secured'),
      reportWith('secured', 'fail'),
      reportWith('already-secure'),
      reportWith('improved'),
    ];

    const table = programsTable(reports, 12.4);

    expect(figure(table, 'programs')).toBe('4');
    expect(figure(table, 'secured or already secure, all lights that ran on')).toBe('2');
    expect(figure(table, 'untouched input, compiles and no counted finding')).toBe('1');
    expect(figure(table, 'peak memory of Node and worker')).toBe('12 MiB');
  });

  it('tells of how many that were run the behavior stayed the same', () => {
    const reports = (['pass', 'pass', 'fail', 'not-run'] as const).map((light) =>
      reportWith('secured', 'pass', light),
    );

    expect(figure(programsTable(reports, null), 'behavior the same, of those run')).toBe('2 of 3');
  });
});

describe('listPrograms', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sgcode-programs-'));
    for (const name of ['b.py', 'a.py', 'notes.txt']) await writeFile(join(folder, name), '');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('lists the programs by name', async () => {
    expect(await listPrograms(folder)).toEqual([
      { name: 'a.py', file: join(folder, 'a.py') },
      { name: 'b.py', file: join(folder, 'b.py') },
    ]);
  });

  it('says what to name where there is nothing', async () => {
    await expect(listPrograms(join(folder, 'missing'))).rejects.toThrow('--data');
  });
});
