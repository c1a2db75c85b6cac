import { z } from 'zod';
import { AnalyzerNameSchema, CweSchema } from './finding.ts';
import { LightSchema } from './gates.ts';
import { OperatorNameSchema } from './operators.ts';

/**
 * The contract between the state machine and the Python worker: what each worker step is given
 * and what it answers. Code and results travel as blob keys, so both stay a few hundred bytes.
 */

/** The form of a blob key; the worker holds the same. */
export const blobKeyPattern = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\.(py|json)$/;

/** A blob key: lower-case path segments, never made of user text. */
export const BlobKeySchema = z.string().max(200).regex(blobKeyPattern);
export type BlobKey = z.infer<typeof BlobKeySchema>;

const Milliseconds = z.number().min(0);

export const AnalyzeInputSchema = z.object({
  analyzer: AnalyzerNameSchema,
  codeKey: BlobKeySchema,
  /** Where the `Analysis` is written. */
  analysisKey: BlobKeySchema,
});
export const AnalyzeOutputSchema = z.object({
  analyzer: AnalyzerNameSchema,
  status: z.enum(['analyzed', 'unanalyzable']),
  analysisKey: BlobKeySchema,
  ms: Milliseconds,
});
export type AnalyzeInput = z.infer<typeof AnalyzeInputSchema>;
export type AnalyzeOutput = z.infer<typeof AnalyzeOutputSchema>;

/** A package that an operator may make a program need, once it is allowed to. */
export const AllowedPackageSchema = z.enum(['defusedxml']);
export type AllowedPackage = z.infer<typeof AllowedPackageSchema>;
export const AllowedPackagesSchema = z
  .array(AllowedPackageSchema)
  .refine((names) => new Set(names).size === names.length, { message: 'It names a package twice.' });

/** A database driver, by the name of its package, that a run may name; the worker holds the same list. */
export const DatabaseDriverSchema = z.enum([
  'sqlite3',
  'aiosqlite',
  'duckdb',
  'mysqlclient',
  'pymysql',
  'aiomysql',
  'mysql-connector',
  'mariadb',
  'psycopg2',
  'psycopg',
  'aiopg',
  'pg8000',
  'pymssql',
  'pyodbc',
  'oracledb',
  'django',
  'sqlalchemy',
]);
export type DatabaseDriver = z.infer<typeof DatabaseDriverSchema>;

export const ApplyEditsInputSchema = z.object({
  codeKey: BlobKeySchema,
  planKey: BlobKeySchema,
  /** Where the changed code is written; nothing is written when nothing changed. */
  candidateKey: BlobKeySchema,
  /** Where the `Edits` are written, always. */
  editsKey: BlobKeySchema,
  allowedPackages: AllowedPackagesSchema,
  databaseDriver: DatabaseDriverSchema.nullable(),
});
export const ApplyEditsOutputSchema = z.object({
  changed: z.boolean(),
  applied: z.int().min(0),
  declined: z.int().min(0),
  ms: Milliseconds,
});
export type ApplyEditsInput = z.infer<typeof ApplyEditsInputSchema>;
export type ApplyEditsOutput = z.infer<typeof ApplyEditsOutputSchema>;

export const VerifyInputSchema = z.object({
  originalKey: BlobKeySchema,
  candidateKey: BlobKeySchema,
  /** `Edits` accepted before, and of this iteration: what the operators declared. */
  editsKeys: z.array(BlobKeySchema),
  /** Where the `StaticGates` are written. */
  gatesKey: BlobKeySchema,
});
export const VerifyOutputSchema = z.object({
  parses: LightSchema,
  surface: LightSchema,
  honest: LightSchema,
  ms: Milliseconds,
});
export type VerifyInput = z.infer<typeof VerifyInputSchema>;
export type VerifyOutput = z.infer<typeof VerifyOutputSchema>;

export const ExcerptInputSchema = z.object({
  codeKey: BlobKeySchema,
  /** An `EditPlan`: its targets say which parts are wanted, its edits which operators are tried on a copy. */
  planKey: BlobKeySchema,
  /** Where the `Excerpt` is written. */
  excerptKey: BlobKeySchema,
  allowedPackages: AllowedPackagesSchema,
  databaseDriver: DatabaseDriverSchema.nullable(),
});
export const ExcerptOutputSchema = z.object({ parts: z.int().min(0), ms: Milliseconds });
export type ExcerptInput = z.infer<typeof ExcerptInputSchema>;
export type ExcerptOutput = z.infer<typeof ExcerptOutputSchema>;

export const PutBackInputSchema = z.object({
  codeKey: BlobKeySchema,
  /** The `Excerpt` that the model was shown, and its `ModelAnswer`. */
  excerptKey: BlobKeySchema,
  answerKey: BlobKeySchema,
  /** Where the changed code is written; nothing is written unless it changed. */
  candidateKey: BlobKeySchema,
  /** Where the `Edits` are written, always. */
  editsKey: BlobKeySchema,
});
export const PutBackOutputSchema = z.object({
  /** `malformed`: the answer could not be put into the code, for the reason given. */
  outcome: z.enum(['changed', 'unchanged', 'malformed']),
  /** For the next prompt: names what is wrong with the answer; quotes nothing of it. Null unless malformed. */
  reason: z.string().max(500).nullable(),
  ms: Milliseconds,
});
export type PutBackInput = z.infer<typeof PutBackInputSchema>;
export type PutBackOutput = z.infer<typeof PutBackOutputSchema>;

export const DescribeOutputSchema = z.object({
  python: z.string(),
  analyzers: z.array(
    z.object({
      name: AnalyzerNameSchema,
      version: z.string(),
      rules: z.array(z.object({ id: z.string(), name: z.string(), cwe: CweSchema.nullable() })),
    }),
  ),
  operators: z.array(
    z.object({
      name: OperatorNameSchema,
      /** Null where it mends no weakness. */
      cwe: CweSchema.nullable(),
      precondition: z.string(),
      /** What changes for whoever calls or deploys the program; '' for nothing. */
      changes: z.string(),
      /** A snippet before and after. */
      example: z.tuple([z.string(), z.string()]),
    }),
  ),
  databaseDrivers: z.array(DatabaseDriverSchema),
});
export type DescribeOutput = z.infer<typeof DescribeOutputSchema>;

/** Worker step name → what goes in and what comes out. */
export const workerSteps = {
  analyze: { input: AnalyzeInputSchema, output: AnalyzeOutputSchema },
  'apply-edits': { input: ApplyEditsInputSchema, output: ApplyEditsOutputSchema },
  verify: { input: VerifyInputSchema, output: VerifyOutputSchema },
  excerpt: { input: ExcerptInputSchema, output: ExcerptOutputSchema },
  'put-back': { input: PutBackInputSchema, output: PutBackOutputSchema },
  describe: { input: z.object({}), output: DescribeOutputSchema },
} as const;
export type WorkerStepName = keyof typeof workerSteps;
export type WorkerInput<S extends WorkerStepName> = z.input<(typeof workerSteps)[S]['input']>;
export type WorkerOutput<S extends WorkerStepName> = z.output<(typeof workerSteps)[S]['output']>;
