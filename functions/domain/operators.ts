import { z } from 'zod';

/**
 * The named rewrites. One list for the worker's rewrites, the plan and the report;
 * a test compares it with what the Python worker registers.
 */
export const OperatorNameSchema = z.enum([
  'parameterize-query',
  'safe-loader',
  'secret-from-env',
  'argv-without-shell',
  'verify-host-key',
  'modern-tls',
  'verify-certificate',
  'strong-key-size',
  'secure-random',
  'replace-weak-hash',
  'hoist-global',
  'request-timeout',
  'debug-off',
  'bind-address',
  'private-temporary-file',
  'temporary-path',
  'private-permissions',
  'safe-extract',
  'weights-only-load',
  'safe-xml-parser',
  'autoescape',
  'escape-markup',
  'explicit-check',
  'logged-exception',
  'visible-source',
  'literal-eval',
  'refuse-weak-hash',
  'escape-html',
  'quote-shell-word',
  'contain-path',
]);
export type OperatorName = z.infer<typeof OperatorNameSchema>;

/** Who asked for a change; `compiler`: Python itself, which does not load the code as it is. */
export const EditSourceSchema = z.enum(['analyzer', 'ggan', 'both', 'compiler']);
export type EditSource = z.infer<typeof EditSourceSchema>;

/**
 * A change of the program's surface that an operator declares and the gates therefore allow.
 * `name` is what changes (a constant, an environment variable, a module, a setting); `definition` is where.
 */
export const DeclaredChangeSchema = z.object({
  kind: z.enum(['constant', 'environment', 'import', 'exception', 'call', 'setting', 'digest', 'message']),
  name: z.string(),
  definition: z.string(),
  detail: z.string(),
});
export type DeclaredChange = z.infer<typeof DeclaredChangeSchema>;

/** An environment variable that the secured program reads. */
export const EnvironmentVariableSchema = z.object({
  name: z.string().regex(/^[A-Z_][A-Z0-9_]*$/),
  /** False where the program keeps a harmless default without it. */
  required: z.boolean(),
});
export type EnvironmentVariable = z.infer<typeof EnvironmentVariableSchema>;
