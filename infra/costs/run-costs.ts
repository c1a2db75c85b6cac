import { type FunctionName, functions, stateFunctions } from '#aws/functions.ts';
import type { StepName } from '#hardening/steps.ts';
import type { Cost } from './prices.ts';

/** What one run uses, as far as the states that it passes do not say it. */
const USE = {
  /** Billed for a warm step. Not measured on AWS: steps take less than this here, one after the other. */
  stepSeconds: 0.2,
  /** One to start it, five to ask how far it is, one to fetch the report. */
  requests: 7,
  requestSeconds: 0.05,
  /** The run, its idempotency and its quota when it starts; its progress by step, and its outcome. */
  tableWrites: 24,
  tableReads: 20,
  /** Code, plan, edits, findings, gates, history, events, report. */
  blobWrites: 20,
  blobReads: 30,
  /** Machine, functions and API together. */
  logGb: 0.00006,
} as const;

const MB_OF_GB = 1024;

/** The states that a run passes which operators alone secure in one iteration, with one analyzer. */
export const ONE_ITERATION: readonly string[] = [
  ...[
    'IsCodeGiven',
    'Analyze',
    'AnalyzeFile',
    'PlanEdits',
    'IsAnythingPlanned',
    'ApplyEdits',
    'IsCandidateNew',
  ],
  ...['Reanalyze', 'AnalyzeCandidate', 'Verify', 'AreProgramsRun', 'Decide', 'IsDone', 'Report'],
];

/** What `runs` runs cost that pass these states each, the API's part of them included; models are not. */
export function runCosts(states: readonly string[], runs: number): Cost[] {
  const called = states
    .filter((state): state is StepName => state in stateFunctions)
    .map((state) => stateFunctions[state]);
  const stepGbSeconds = called.reduce((sum, name) => sum + gigabytes(name) * USE.stepSeconds, 0);
  const apiGbSeconds = gigabytes('api') * USE.requestSeconds * USE.requests;
  const parts: Cost[] = [
    { what: 'State transitions', quantity: states.length, price: 'transition' },
    { what: 'Functions, time', quantity: stepGbSeconds + apiGbSeconds, price: 'lambdaGbSecond' },
    { what: 'Functions, invocations', quantity: called.length + USE.requests, price: 'lambdaRequest' },
    { what: 'API requests', quantity: USE.requests, price: 'apiRequest' },
    { what: 'Table, writes', quantity: USE.tableWrites, price: 'tableWrite' },
    { what: 'Table, reads', quantity: USE.tableReads, price: 'tableRead' },
    { what: 'Blobs, writes', quantity: USE.blobWrites, price: 'blobWrite' },
    { what: 'Blobs, reads', quantity: USE.blobReads, price: 'blobRead' },
    { what: 'Logs', quantity: USE.logGb, price: 'logGb' },
  ];
  return parts.map((cost) => ({ ...cost, quantity: cost.quantity * runs }));
}

function gigabytes(name: FunctionName): number {
  return functions[name].memoryMb / MB_OF_GB;
}
