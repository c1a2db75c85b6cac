import { MachineDocumentSchema } from '#domain/loop-state.ts';
import { stepHandler } from '../step-handler.ts';
import { writeReport } from './write-report.ts';

export const createHandler = stepHandler(MachineDocumentSchema, writeReport);
