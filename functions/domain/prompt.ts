import { z } from 'zod';

/** What a user asks a program for, where the input of a run is not code. */
export const PromptSchema = z
  .string()
  .max(20_000, { message: 'It has more than 20,000 characters.' })
  .refine((text) => text.trim() !== '', { message: 'It is empty.' })
  .refine((text) => text.isWellFormed(), {
    message: 'It has an unpaired surrogate, half of a character, which UTF-8 cannot hold.',
  });

/** A prompt as it is kept in the blob store. */
export const StoredPromptSchema = z.object({ prompt: PromptSchema });
