import { MachineDocumentSchema } from '#domain/loop-state.ts';
import { stepHandler } from '../../step-handler.ts';
import { generate } from './generate.ts';

export const createHandler = stepHandler(MachineDocumentSchema, generate);
