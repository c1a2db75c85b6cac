import { z } from 'zod';
import { AnalyzedFileSchema } from '#domain/analyze-output.ts';
import { CodeCheckSchema } from '#domain/code-check.ts';
import { GateResultSchema, GateResultsSchema } from '#domain/gates.ts';
import { KnownModelsSchema, ModelTestSchema } from '#domain/known-models.ts';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { ProblemSchema } from '#domain/problem.ts';
import { FindingCountsSchema, ReportedFindingSchema, ReportSchema } from '#domain/report.ts';
import { RunPageSchema, RunSchema } from '#domain/run.ts';
import { RunEventSchema, RunEventsSchema } from '#domain/run-events.ts';
import { CreatedShareSchema, ShareSchema, SharesSchema } from '#domain/share.ts';
import { plainSchema, type SchemaObject } from './plain-schema.ts';

export const HealthSchema = z.object({ status: z.literal('ok') });

/** What the API answers with, by the name under which the document has it. */
export const answerSchemas = {
  Run: RunSchema,
  RunPage: RunPageSchema,
  RunSettings: RunSettingsSchema,
  RunEvent: RunEventSchema,
  RunEvents: RunEventsSchema,
  Report: ReportSchema,
  ReportedFinding: ReportedFindingSchema,
  FindingCounts: FindingCountsSchema,
  GateResult: GateResultSchema,
  GateResults: GateResultsSchema,
  AnalyzedFile: AnalyzedFileSchema,
  CodeCheck: CodeCheckSchema,
  Share: ShareSchema,
  Shares: SharesSchema,
  CreatedShare: CreatedShareSchema,
  KnownModels: KnownModelsSchema,
  ModelTest: ModelTestSchema,
  Health: HealthSchema,
  Problem: ProblemSchema,
} as const satisfies Record<string, z.ZodType>;
export type AnswerName = keyof typeof answerSchemas;

/** The schemas as JSON Schema, each referring to the others by name. */
export function describeAnswers(): Record<string, SchemaObject> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(answerSchemas)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'output',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plainSchema(schema)]));
}
