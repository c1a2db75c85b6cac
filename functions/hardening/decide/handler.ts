import { MachineDocumentSchema } from '#domain/loop-state.ts';
import { stepHandler } from '../step-handler.ts';
import { decide } from './decide.ts';

export const createHandler = stepHandler(MachineDocumentSchema, decide);
