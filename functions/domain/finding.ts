import { z } from 'zod';

/** How bad it is if the finding is true. Bandit's own three-step scale, used for every analyzer. */
export const SeveritySchema = z.enum(['high', 'medium', 'low']);
export type Severity = z.infer<typeof SeveritySchema>;

/** How sure the analyzer is. */
export const ConfidenceSchema = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof ConfidenceSchema>;

/** A weakness of the Common Weakness Enumeration, written `CWE-78`. */
export const CweSchema = z.string().regex(/^CWE-\d{1,5}$/);
export type Cwe = z.infer<typeof CweSchema>;

export const AnalyzerNameSchema = z.enum(['bandit']);
export type AnalyzerName = z.infer<typeof AnalyzerNameSchema>;

/** A half-open span. Lines count from 1, columns from 0 in Unicode code points. */
export const SpanSchema = z.object({
  line: z.int().min(1),
  column: z.int().min(0),
  endLine: z.int().min(1),
  endColumn: z.int().min(0),
});
export type Span = z.infer<typeof SpanSchema>;

export const FindingSchema = z.object({
  analyzer: AnalyzerNameSchema,
  rule: z.string().min(1).max(200),
  cwe: CweSchema.nullable(),
  severity: SeveritySchema,
  confidence: ConfidenceSchema,
  message: z.string().max(2000),
  ...SpanSchema.shape,
  /** Qualified name of the enclosing function or class, '' at module level. */
  definition: z.string(),
  /** The source lines of the statement that holds the finding, cut to 2,000 characters. */
  code: z.string().max(2000),
  /** Stable across edits elsewhere: hash of rule, definition, normalized code and occurrence. */
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
});
export type Finding = z.infer<typeof FindingSchema>;

/** Why code that parses does not compile. */
export const CompileErrorSchema = z.object({
  message: z.string(),
  line: z.int().min(1).nullable(),
  /** A name is used before its `global` or `nonlocal` statement, which stands in `line`. */
  lateGlobal: z.boolean(),
});

/** What one analyzer says about one file. `unanalyzable` is never read as clean. */
export const AnalysisSchema = z.object({
  analyzer: AnalyzerNameSchema,
  version: z.string(),
  status: z.enum(['analyzed', 'unanalyzable']),
  /** Why the file could not be analyzed; null when it was. */
  reason: z.string().nullable(),
  /** Null when the code compiles. */
  compileError: CompileErrorSchema.nullable(),
  findings: z.array(FindingSchema),
});
export type Analysis = z.infer<typeof AnalysisSchema>;

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** Sorts the worst first: severity, then confidence, then place. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    RANK[a.severity] - RANK[b.severity] ||
    RANK[a.confidence] - RANK[b.confidence] ||
    a.line - b.line ||
    a.column - b.column ||
    a.rule.localeCompare(b.rule)
  );
}
