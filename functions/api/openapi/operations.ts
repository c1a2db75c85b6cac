import { reportFormats } from '../report-formats.ts';
import type { routes } from '../routes.ts';
import type { AnswerName } from './answer-schemas.ts';

/** What the document says of a route beside what its request schemas say. */
export type Operation = {
  /** One line for people. */
  summary: string;
  /** How a program calls it. */
  operationId: string;
  status: 200 | 201 | 202 | 204;
  /** What it answers; left out where there is nothing to answer. */
  answer?: AnswerName;
  /** Media types in which it answers too. */
  also?: readonly string[];
  /** Headers of its answer, and what they say. */
  headers?: Readonly<Record<string, string>>;
  /** A body that it takes. */
  example?: unknown;
};

const reportTypes = Object.values(reportFormats)
  .map(({ mediaType }) => mediaType)
  .filter((type) => type !== 'application/json');

const model = { name: 'gpt-5.1', baseUrl: 'https://api.openai.com/v1' };

/** Every route of the registry, in words. */
export const operations: Readonly<Record<keyof typeof routes, Operation>> = {
  'POST /v1/runs': {
    summary: 'Take a program or a prompt in and start its run.',
    operationId: 'createRun',
    status: 202,
    answer: 'Run',
    headers: {
      location: 'The address of the run.',
      'idempotent-replayed': 'There where an earlier request with the same Idempotency-Key made the run.',
    },
    example: {
      path: 'app.py',
      code: 'import yaml\nsettings = yaml.load(open("settings.yml"))\n',
      settings: { policy: 'practical' },
    },
  },
  'GET /v1/runs': {
    summary: 'List your runs, the newest first.',
    operationId: 'listRuns',
    status: 200,
    answer: 'RunPage',
  },
  'GET /v1/runs/{runId}': {
    summary: 'See how far a run is, and its outcome once it is finished.',
    operationId: 'getRun',
    status: 200,
    answer: 'Run',
  },
  'DELETE /v1/runs/{runId}': {
    summary: 'Remove a run with its code, report and links. One at work is stopped first.',
    operationId: 'deleteRun',
    status: 204,
  },
  'POST /v1/runs/{runId}/cancel': {
    summary: 'Stop a run with its best result so far. Answers 200 where it was finished before.',
    operationId: 'cancelRun',
    status: 202,
    answer: 'Run',
  },
  'GET /v1/runs/{runId}/report': {
    summary: 'Read the report of a finished run, in the form that `format` or Accept asks for.',
    operationId: 'getReport',
    status: 200,
    answer: 'Report',
    also: reportTypes,
  },
  'GET /v1/runs/{runId}/events': {
    summary: 'Follow a run: what it did after the event `after`, and what it has spent.',
    operationId: 'getRunEvents',
    status: 200,
    answer: 'RunEvents',
  },
  'POST /v1/runs/{runId}/checks': {
    summary: 'Judge your own version of the code against the original, without running it.',
    operationId: 'checkCode',
    status: 200,
    answer: 'CodeCheck',
    example: { code: 'import yaml\nsettings = yaml.safe_load(open("settings.yml"))\n', edits: [] },
  },
  'POST /v1/runs/{runId}/shares': {
    summary: 'Make a link that opens this one report. Its token is told here and never again.',
    operationId: 'createShare',
    status: 201,
    answer: 'CreatedShare',
    example: { expiresInDays: 7, showsSecrets: false },
  },
  'GET /v1/runs/{runId}/shares': {
    summary: 'List the links that open a report.',
    operationId: 'listShares',
    status: 200,
    answer: 'Shares',
  },
  'DELETE /v1/shares/{shareId}': {
    summary: 'Revoke a link: from then on it opens nothing.',
    operationId: 'deleteShare',
    status: 204,
  },
  'GET /v1/shared/{token}': {
    summary:
      'Read the report that a link opens. Secrets in its code are masked unless its owner chose otherwise.',
    operationId: 'getSharedReport',
    status: 200,
    answer: 'Report',
    also: reportTypes,
    headers: {
      'sgcode-share-expires': 'Until when the link opens the report.',
      'sgcode-secrets': 'Whether secrets in the code are `masked` or `shown`, or there are `none`.',
    },
  },
  'POST /v1/analyses': {
    summary: 'Analyze a small program at once. Nothing of it is kept.',
    operationId: 'createAnalysis',
    status: 200,
    answer: 'AnalyzedFile',
    example: { path: 'app.py', code: 'eval(input())\n' },
  },
  'GET /v1/models': {
    summary: 'See which servers of models run on this machine, and which prices are known.',
    operationId: 'listModels',
    status: 200,
    answer: 'KnownModels',
  },
  'POST /v1/models/test': {
    summary: 'Ask a model for a few tokens, with the key in the header `sgcode-model-key`.',
    operationId: 'testModel',
    status: 200,
    answer: 'ModelTest',
    example: { model },
  },
  'GET /v1/health': {
    summary: 'Whether runs can be taken in.',
    operationId: 'getHealth',
    status: 200,
    answer: 'Health',
  },
  'GET /v1/openapi.json': {
    summary: 'This document.',
    operationId: 'getOpenApi',
    status: 200,
  },
};
