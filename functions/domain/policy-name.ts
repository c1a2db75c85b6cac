import { z } from 'zod';

/** `practical`: what a reviewer would act on. `paper`: every finding, as the SGCode paper counted. */
export const PolicyNameSchema = z.enum(['practical', 'paper']);
export type PolicyName = z.infer<typeof PolicyNameSchema>;
