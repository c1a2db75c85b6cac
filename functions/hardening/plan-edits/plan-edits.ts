import { countedFindings } from '#domain/acceptance.ts';
import type { EditPlan, PlannedEdit } from '#domain/edit-plan.ts';
import { type Analysis, AnalysisSchema, type Finding } from '#domain/finding.ts';
import type { History } from '#domain/history.ts';
import type { LoopState, PlanOutput, StopReason } from '#domain/loop-state.ts';
import { findRule } from '#domain/policy.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';
import { readHistory } from '../history-blob.ts';
import { runsBehavior } from '../run-programs/runs-behavior.ts';

export type PlanEditsInput = { state: LoopState };

/**
 * Plans the next edits on the best candidate from its counted findings and its compile error, less the edits
 * that were settled before. Asks for the report where nothing is left to try, or the run was told to stop.
 */
export async function planEdits({ state }: PlanEditsInput, services: Stores): Promise<PlanOutput> {
  const started = performance.now();
  const stopped = await stopReason(state, services);
  const analyses = await readAnalyses(services.blobStore, state);
  const history = await readHistory(services.blobStore, state.runId);
  const open = countedFindings(analyses, state.settings.policy);
  const edits = stopped === null ? plannable(analyses, open, history, state.mode) : [];

  const keys = runKeys(state.runId);
  const planKey = keys.plan(state.attempt);
  const editsKey = keys.edits(state.attempt);
  await writeJson(services.blobStore, planKey, { edits } satisfies EditPlan);
  await services.runStore.recordProgress(state.runId, { step: 'PlanEdits', iteration: state.iteration });

  return {
    next: edits.length > 0 ? 'apply' : 'report',
    stopped,
    open: open.length,
    planned: edits.length,
    planKey,
    candidateKey: keys.candidate(state.attempt),
    editsKey,
    gatesKey: keys.gates(state.attempt),
    runsPrograms: state.testsKey !== null || runsBehavior(state.settings),
    checksKey: keys.checks(state.attempt),
    declaredKeys: state.acceptedEditsKey === null ? [editsKey] : [state.acceptedEditsKey, editsKey],
    ms: performance.now() - started,
  };
}

async function stopReason(state: LoopState, { runStore }: Stores): Promise<StopReason | null> {
  if (await runStore.isCancelRequested(state.runId)) return 'cancelled';
  const seconds = (Date.now() - Date.parse(state.startedAt)) / 1000;
  return seconds > state.settings.maxSeconds ? 'out-of-time' : null;
}

function readAnalyses(blobStore: BlobStore, state: LoopState): Promise<Analysis[]> {
  const { analyzers } = state.settings;
  return Promise.all(
    analyzers.map((analyzer) => readJson(blobStore, analysisKey(state.bestKey, analyzer), AnalysisSchema)),
  );
}

function plannable(
  analyses: readonly Analysis[],
  open: readonly Finding[],
  history: History,
  mode: LoopState['mode'],
): PlannedEdit[] {
  const settled = new Set(history.attempts.flatMap((attempt) => attempt.settledEdits));
  const found = open
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .flatMap((finding) => plannedEdit(finding) ?? []);
  const edits = [...mendingEdit(analyses), ...found].filter((edit) => !settled.has(edit.id));
  return mode === 'singly' ? edits.slice(0, 1) : edits;
}

/**
 * The one edit that mends every late `global` of the file. It comes first: Python tells of one at a time, and
 * what touches the same code can wait until the program compiles.
 */
function mendingEdit(analyses: readonly Analysis[]): PlannedEdit[] {
  const error = analyses.find(({ compileError }) => compileError?.lateGlobal)?.compileError;
  if (!error || error.line === null) return [];
  const operator = 'hoist-global';
  return [
    {
      id: operator,
      operator,
      rule: 'late-global',
      cwe: null,
      source: 'compiler',
      line: error.line,
      column: 0,
      endLine: error.line,
      endColumn: 0,
      definition: '',
    },
  ];
}

function plannedEdit(finding: Finding): PlannedEdit | null {
  const operator = findRule(finding.analyzer, finding.rule)?.operator;
  if (!operator) return null;
  const { rule, cwe, line, column, endLine, endColumn, definition, fingerprint } = finding;
  return {
    id: `${operator}:${fingerprint}`,
    operator,
    rule,
    cwe,
    source: 'analyzer',
    line,
    column,
    endLine,
    endColumn,
    definition,
  };
}
