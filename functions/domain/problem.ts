import { z } from 'zod';

/** One wrong field of a request: where it is and what it should be. */
export const FieldErrorSchema = z.object({ field: z.string(), message: z.string() });
export type FieldError = z.infer<typeof FieldErrorSchema>;

/** What went wrong with a request: a problem document (RFC 9457). */
export const ProblemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** The wrong fields of a request. */
  errors: z.array(FieldErrorSchema).readonly().optional(),
  /** Names this request to whoever runs the server; only where they have to look. */
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof ProblemSchema>;
