import type { WorkerStepName } from '#domain/worker-steps.ts';
import type { Services } from '#ports/services.ts';
import type { StepHandler } from './step-handler.ts';

/** A state that the Python worker runs. */
type WorkerStep = { runs: 'worker'; step: WorkerStepName };

/** A state that a TypeScript handler runs, loaded when it is first needed. */
type NodeStep = {
  runs: 'node';
  load: () => Promise<{ createHandler: (services: Services) => StepHandler }>;
};

/**
 * Task state → what runs it. A test holds this registry and the state machine together.
 */
export const steps = {
  Generate: { runs: 'node', load: () => import('./model/generate/handler.ts') },
  AnalyzeFile: { runs: 'worker', step: 'analyze' },
  PlanEdits: { runs: 'node', load: () => import('./plan-edits/handler.ts') },
  ApplyEdits: { runs: 'worker', step: 'apply-edits' },
  Excerpt: { runs: 'worker', step: 'excerpt' },
  Repair: { runs: 'node', load: () => import('./model/repair/handler.ts') },
  PutBack: { runs: 'worker', step: 'put-back' },
  AnalyzeCandidate: { runs: 'worker', step: 'analyze' },
  Verify: { runs: 'worker', step: 'verify' },
  RunPrograms: { runs: 'node', load: () => import('./run-programs/handler.ts') },
  Decide: { runs: 'node', load: () => import('./decide/handler.ts') },
  Report: { runs: 'node', load: () => import('./report/handler.ts') },
} as const satisfies Record<string, WorkerStep | NodeStep>;

export type StepName = keyof typeof steps;
