import type { z } from 'zod';
import { type FieldError, InvalidRequestError } from './request-errors.ts';

const MAX_ERRORS = 20;
const MAX_FIELD_CHARACTERS = 100;

/** A part of a request through its schema. Throws InvalidRequestError with every wrong field. */
export function parsePart<S extends z.ZodType>(schema: S, value: unknown, name: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => fieldErrors(issue, name));
  throw new InvalidRequestError(errors.slice(0, MAX_ERRORS));
}

function fieldErrors(issue: z.core.$ZodIssue, name: string): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MAX_ERRORS)
      .map((key) => ({ field: fieldOf([...issue.path, key], name), message: 'There is no such field.' }));
  }
  return [{ field: fieldOf(issue.path, name), message: issue.message }];
}

/** The field's path; names that the caller chose are cut. */
function fieldOf(path: readonly PropertyKey[], name: string): string {
  const field = path.map(String).join('.').slice(0, MAX_FIELD_CHARACTERS).toWellFormed();
  return field === '' ? name : field;
}
