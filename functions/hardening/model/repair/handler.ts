import { MachineDocumentSchema } from '#domain/loop-state.ts';
import { stepHandler } from '../../step-handler.ts';
import { repair } from './repair.ts';

export const createHandler = stepHandler(MachineDocumentSchema, repair);
