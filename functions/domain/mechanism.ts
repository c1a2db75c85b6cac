import { z } from 'zod';

/**
 * How a run hardens code. Every mechanism is a setting of the one state machine;
 * those that call a model join the list with the states that call it.
 */
export const MechanismSchema = z.enum(['rules']);
export type Mechanism = z.infer<typeof MechanismSchema>;
