import { z } from 'zod';
import { type FunctionName, functions } from '#aws/functions.ts';

const FUNCTION_NAMES = Object.keys(functions) as FunctionName[];

/** What differs from stage to stage. Every setting has a default, so that a stage is named by what it changes. */
export const StageConfigSchema = z.strictObject({
  /** Part of the stack's name: stages live side by side in one account. */
  stage: z.string().regex(/^[a-z][a-z0-9]{0,11}$/, 'a short lower-case word'),
  /** Table and bucket are protected against deletion and outlive the stack. */
  keepsData: z.boolean().default(false),
  /** Days that runs, reports and code are kept. */
  retentionDays: z.int().min(1).max(3650).default(30),
  /** Days that logs are kept; one of the periods that CloudWatch Logs knows. */
  logDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 180, 365]).default(14),
  /** Who builds the images: this machine's Docker, CodeBuild while deploying, or whichever is at hand. */
  images: z.enum(['auto', 'docker', 'codebuild']).default('auto'),
  /** Programs that call the API with a key of their own; the keys are made by API Gateway. */
  clients: z.array(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)).default(['first']),
  /** Requests a second that one client may make, and how many at once. */
  clientRate: z.strictObject({ perSecond: z.number().positive(), burst: z.int().positive() }).default({
    perSecond: 10,
    burst: 20,
  }),
  /** Runs that one owner, a client or a visitor of the page, may start in a day. */
  runsPerDay: z.int().min(1).max(9_999_999).default(200),
  /** Analyses outside of runs that one owner may ask for in a minute: editors ask while a person types. */
  analysesPerMinute: z.int().min(1).max(9_999_999).default(60),
  /** Environments that a function may have at once; a function without a figure shares the account's. */
  concurrency: z.partialRecord(z.enum(FUNCTION_NAMES), z.int().min(0)).default({}),
  /** The kill switch: no function of the stage gets an environment, so nothing runs and nothing is spent. */
  stopped: z.boolean().default(false),
  /** A web firewall before the API: a rate limit and known bad addresses, at about 7 USD a month. */
  firewall: z.boolean().default(false),
  /** AWS X-Ray traces of runs and requests. */
  tracing: z.boolean().default(true),
  /** Where alarms and budget warnings go. */
  alarmEmail: z.email().optional(),
  /** The month's spending that is warned of, in US dollars. */
  monthlyBudgetUsd: z.number().positive().default(10),
  /** Serves the web page; without it there is the API alone. */
  page: z.boolean().default(true),
  /** Where the exported page is, from the checkout. */
  pageFolder: z.string().default('web/out'),
});

export type StageConfig = z.output<typeof StageConfigSchema>;

const StagesSchema = z.record(z.string(), StageConfigSchema.omit({ stage: true }).partial());

/**
 * The settings of the stage that the context names (`-c stage=prod`; `dev` where none is named): its entry of
 * `stages` in cdk.json, and over it each setting that the context holds by its own name (`-c firewall=true`).
 * Throws an error that lists every setting that is wrong.
 */
export function readStageConfig(contextOf: (key: string) => unknown): StageConfig {
  const stage = contextOf('stage') ?? 'dev';
  const stages = StagesSchema.safeParse(contextOf('stages') ?? {});
  if (!stages.success) throw new Error(`stages in cdk.json:\n${z.prettifyError(stages.error)}`);
  const named = Object.entries(stages.data).find(([name]) => name === stage);
  if (!named)
    throw new Error(
      `no stage ${String(stage)} in cdk.json, which has: ${Object.keys(stages.data).join(', ')}`,
    );
  const config = StageConfigSchema.safeParse({ ...named[1], ...overrides(contextOf), stage });
  if (!config.success)
    throw new Error(`the settings of stage ${named[0]}:\n${z.prettifyError(config.error)}`);
  return config.data;
}

function overrides(contextOf: (key: string) => unknown): Record<string, unknown> {
  const settings = Object.keys(StageConfigSchema.shape).filter((name) => name !== 'stage');
  return Object.fromEntries(
    settings.flatMap((name) => {
      const value = contextOf(name);
      return value === undefined ? [] : [[name, fromCommandLine(value)]];
    }),
  );
}

/** What `-c name=value` hands over is text; a number, a switch or a list is meant where it reads as one. */
function fromCommandLine(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
