import { z } from 'zod';
import { LoopStateSchema, PlanOutputSchema } from '#domain/loop-state.ts';
import { stepHandler } from '../step-handler.ts';
import { runPrograms } from './run-programs.ts';

export const createHandler = stepHandler(
  z.object({ state: LoopStateSchema, plan: PlanOutputSchema }),
  runPrograms,
);
