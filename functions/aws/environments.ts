import { z } from 'zod';

/** What Lambda functions read from their environment; the infrastructure fills exactly these. */

const TextSchema = z.string().min(1);
const CountSchema = z
  .string()
  .regex(/^[1-9]\d{0,6}$/)
  .transform(Number);

const stores = { STAGE: TextSchema, TABLE_NAME: TextSchema, BUCKET_NAME: TextSchema };

/** Where Lambda unpacks the code of a function; Lambda itself sets it. */
export const CodeFolderSchema = z.object({ LAMBDA_TASK_ROOT: TextSchema });

export const StoresEnvSchema = z.object(stores);
export type StoresEnv = z.infer<typeof StoresEnvSchema>;

/** The steps that call models open users' keys. */
export const ModelEnvSchema = z.object({ ...stores, KEY_ARN: TextSchema });
export type ModelEnv = z.infer<typeof ModelEnvSchema>;

export const RunProgramsEnvSchema = z.object({ ...stores, RUNNER_FUNCTION_NAME: TextSchema });

/** ONNX Runtime tells its maker of its use unless this is set before it is loaded. */
export const RiskEnvSchema = z.object({ ...stores, ORT_DISABLE_TELEMETRY: z.literal('1') });

export const PdfEnvSchema = z.object({ STAGE: TextSchema });

export const ApiEnvSchema = z.object({
  ...stores,
  KEY_ARN: TextSchema,
  STATE_MACHINE_ARN: TextSchema,
  ANALYZER_FUNCTION_NAME: TextSchema,
  WORKER_FUNCTION_NAME: TextSchema,
  PDF_FUNCTION_NAME: TextSchema,
  /** The id of the API key that the edge adds to the page's requests. */
  PAGE_KEY_ID: TextSchema,
  /** The secret that signs browser sessions. */
  SESSION_SECRET_ARN: TextSchema,
  /** How long a new run is kept. */
  RETENTION_DAYS: CountSchema,
  /** Of one owner. */
  RUNS_PER_DAY: CountSchema,
  ANALYSES_PER_MINUTE: CountSchema,
});
export type ApiEnv = z.infer<typeof ApiEnvSchema>;

export const WorkerEnvSchema = z.object({
  BUCKET_NAME: TextSchema,
  /** The address space of the process that parses user code, in MiB. */
  SGCODE_WORKER_MEMORY_MB: CountSchema,
});

/** The runner is told nothing: what it runs could read it. */
export const RunnerEnvSchema = z.object({});
