import { z } from 'zod';
import type { ModelRole } from './model-settings.ts';

/** A user's key for a model's server; whatever an Authorization header can carry. The message quotes nothing of it. */
export const ApiKeySchema = z.string().regex(/^[\x21-\x7e]{1,1000}$/, {
  message: 'It takes 1 to 1,000 printable ASCII characters without spaces.',
});

/** Keys by what their model is for. They travel apart from the settings, which are stored and shown. */
export type ApiKeys = Partial<Record<ModelRole, string>>;
