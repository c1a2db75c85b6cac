import { createHandler } from '#hardening/report/handler.ts';
import { StoresEnvSchema } from '../environments.ts';
import { readEnvironment } from '../read-environment.ts';
import { reportEntry } from '../report-entry.ts';
import { openStores } from '../stores.ts';

const env = readEnvironment(StoresEnvSchema);

export const handler = reportEntry(createHandler(openStores(env)), env.STAGE);
