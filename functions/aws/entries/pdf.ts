import { join } from 'node:path';
import { createPdfHandler } from '#rendering/pdf/pdf-handler.ts';
import { CodeFolderSchema } from '../environments.ts';
import { readEnvironment } from '../read-environment.ts';

const { LAMBDA_TASK_ROOT: folder } = readEnvironment(CodeFolderSchema);

export const handler = createPdfHandler({ fontFolder: join(folder, 'fonts') });
