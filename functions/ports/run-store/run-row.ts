import type { z } from 'zod';
import { type Run, RunSchema } from '#domain/run.ts';
import type { Row } from '../sqlite-database.ts';

/** A row of the table `runs` as a run. Throws where the row does not hold one. */
export function runOfRow(row: Row): Run {
  return RunSchema.parse({
    id: row.id,
    path: row.path,
    settings: json(row.settings),
    input: row.input,
    hasTests: row.has_tests === 1,
    status: row.status,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    progress: json(row.progress),
    cancelRequested: row.cancel_requested === 1,
    outcome: json(row.outcome),
  } satisfies Record<keyof z.input<typeof RunSchema>, unknown>);
}

function json(value: Row[string] | undefined): unknown {
  return typeof value === 'string' ? JSON.parse(value) : null;
}
