import { z } from 'zod';
import { LoopStateSchema } from '#domain/loop-state.ts';
import { stepHandler } from '../step-handler.ts';
import { planEdits } from './plan-edits.ts';

export const createHandler = stepHandler(z.object({ state: LoopStateSchema }), planEdits);
