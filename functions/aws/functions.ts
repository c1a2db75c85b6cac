import type { z } from 'zod';
import type { StepName } from '#hardening/steps.ts';
import {
  ApiEnvSchema,
  ModelEnvSchema,
  PdfEnvSchema,
  RiskEnvSchema,
  RunnerEnvSchema,
  RunProgramsEnvSchema,
  StoresEnvSchema,
  WorkerEnvSchema,
} from './environments.ts';

/** What a function may do; what is not named it may not. */
export type Grants = {
  table?: 'read' | 'read-write';
  /** Prefixes of blob keys; with `read-write` also listing and deleting below them. */
  blobs?: Readonly<Record<string, 'read' | 'read-write'>>;
  /** The key of users' keys for models. */
  key?: 'encrypt' | 'decrypt';
  invokes?: readonly string[];
  stateMachine?: 'start';
  sessionSecret?: 'read';
};

type FunctionShape = {
  memoryMb: number;
  /** Ends before the state's own time does, and after the time limits within, so that the inner error is told. */
  timeoutSeconds: number;
  env: z.ZodObject;
  grants: Grants;
};

export type NodeFunction = FunctionShape & {
  runs: 'node';
  /** The file that exports `handler`, from the checkout. */
  entry: string;
  /** Whether it loads `onnxruntime-node`, which comes from the layer and stays out of the bundle. */
  needsOnnxRuntime?: boolean;
  /** Modules that a package imports and that are never called here: their place is empty in the bundle. */
  leavesOut?: readonly string[];
  /** Files that the bundle reads, from the checkout, and where they go beside it. */
  copies?: readonly { from: string; to: string }[];
};

export type ImageFunction = FunctionShape & {
  runs: 'image';
  /** The folder with the Dockerfile, from the checkout. */
  folder: string;
  /** Only one request ever meets an environment: the function has tenants, and each request is one. */
  isolatesRequests?: boolean;
};

/** All that a run leaves, and scratch of analyses and checks outside of runs. */
const RUNS = 'runs/';
const SCRATCH = 'analyses/';
/** Answers that are too large for API Gateway, until they are fetched. */
export const LARGE_ANSWERS = 'answers/';

const stepBlobs = { [RUNS]: 'read-write' } as const;

const gganFiles = [
  { from: 'models/ggan/ggan.onnx', to: 'ggan/ggan.onnx' },
  { from: 'models/ggan/ggan.json', to: 'ggan/ggan.json' },
  { from: 'models/ggan/graph-spec.json', to: 'ggan/graph-spec.json' },
];

/** Whatever reads Python in Node.js has the grammar beside it. */
const grammarFiles = [
  { from: 'node_modules/tree-sitter-python/tree-sitter-python.wasm', to: 'tree-sitter-python.wasm' },
  { from: 'node_modules/web-tree-sitter/web-tree-sitter.wasm', to: 'web-tree-sitter.wasm' },
];

/** The PDF's fonts, of which it embeds the letters that it uses. */
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSansMono.ttf'].map((file) => ({
  from: `node_modules/dejavu-fonts-ttf/ttf/${file}`,
  to: `fonts/${file}`,
}));

/** pdfkit always opens these fonts, by names that its package.json tells; nothing is written in them. */
const pdfkitFiles = [
  'package.json',
  ...['Helvetica', 'HelveticaBold', 'HelveticaOblique', 'HelveticaBoldOblique'].map(
    (font) => `js/standard-fonts/${font}.cjs`,
  ),
  'js/standard-fonts/chunks/standardGlyphNames-DNHAb7rp.cjs',
].map((file) => ({
  from: `node_modules/pdfkit/${file}`,
  to: file,
}));

const risk = {
  runs: 'node',
  memoryMb: 1769,
  timeoutSeconds: 50,
  env: RiskEnvSchema,
  grants: { table: 'read-write', blobs: stepBlobs },
  needsOnnxRuntime: true,
  copies: [...gganFiles, ...grammarFiles],
} as const;

const model = {
  runs: 'node',
  memoryMb: 512,
  timeoutSeconds: 290,
  env: ModelEnvSchema,
  grants: { table: 'read-write', blobs: stepBlobs, key: 'decrypt' },
  copies: grammarFiles,
} as const;

const worker = {
  runs: 'image',
  folder: 'functions/worker',
  memoryMb: 1769,
  timeoutSeconds: 50,
  env: WorkerEnvSchema,
  grants: { blobs: { [RUNS]: 'read-write', [SCRATCH]: 'read-write' } },
} as const;

/** Every Lambda function of the system: what it runs, what it is told and what it may do. Read by the infrastructure. */
export const functions = {
  api: {
    runs: 'node',
    entry: 'functions/aws/entries/api.ts',
    memoryMb: 1024,
    timeoutSeconds: 28,
    env: ApiEnvSchema,
    grants: {
      table: 'read-write',
      blobs: { [RUNS]: 'read-write', [SCRATCH]: 'read-write', [LARGE_ANSWERS]: 'read-write' },
      key: 'encrypt',
      invokes: ['analyzer-bandit', 'worker', 'pdf'],
      stateMachine: 'start',
      sessionSecret: 'read',
    },
  },
  pdf: {
    runs: 'node',
    entry: 'functions/aws/entries/pdf.ts',
    memoryMb: 1769,
    timeoutSeconds: 20,
    env: PdfEnvSchema,
    grants: {},
    copies: [...fontFiles, ...pdfkitFiles],
    // For fonts in WOFF2, which ours are not; a third of the bundle.
    leavesOut: ['brotli/decompress.js'],
  },
  'plan-edits': { ...risk, entry: 'functions/aws/entries/plan-edits.ts' },
  decide: { ...risk, entry: 'functions/aws/entries/decide.ts' },
  generate: { ...model, entry: 'functions/aws/entries/generate.ts' },
  repair: { ...model, entry: 'functions/aws/entries/repair.ts' },
  'run-programs': {
    runs: 'node',
    entry: 'functions/aws/entries/run-programs.ts',
    memoryMb: 512,
    timeoutSeconds: 290,
    env: RunProgramsEnvSchema,
    grants: { table: 'read-write', blobs: stepBlobs, invokes: ['test-runner'] },
  },
  report: {
    runs: 'node',
    entry: 'functions/aws/entries/report.ts',
    memoryMb: 1024,
    timeoutSeconds: 50,
    env: StoresEnvSchema,
    grants: { table: 'read-write', blobs: stepBlobs },
  },
  finalize: {
    runs: 'node',
    entry: 'functions/aws/entries/finalize.ts',
    memoryMb: 512,
    timeoutSeconds: 120,
    env: StoresEnvSchema,
    grants: { table: 'read-write', blobs: stepBlobs },
  },
  'analyzer-bandit': worker,
  worker,
  'test-runner': {
    runs: 'image',
    folder: 'functions/test-runner',
    memoryMb: 1769,
    timeoutSeconds: 90,
    env: RunnerEnvSchema,
    grants: {},
    isolatesRequests: true,
  },
} as const satisfies Record<string, NodeFunction | ImageFunction>;

export type FunctionName = keyof typeof functions;

/** Task state → the function that it calls: fills `${<state>FunctionArn}` in the state machine. */
export const stateFunctions = {
  Generate: 'generate',
  AnalyzeFile: 'analyzer-bandit',
  PlanEdits: 'plan-edits',
  ApplyEdits: 'worker',
  Excerpt: 'worker',
  Repair: 'repair',
  PutBack: 'worker',
  AnalyzeCandidate: 'analyzer-bandit',
  Verify: 'worker',
  RunPrograms: 'run-programs',
  Decide: 'decide',
  Report: 'report',
} as const satisfies Record<StepName, FunctionName>;
