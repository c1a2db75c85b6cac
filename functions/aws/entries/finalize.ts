import { StoresEnvSchema } from '../environments.ts';
import { finalizeEntry } from '../finalize-entry.ts';
import { readEnvironment } from '../read-environment.ts';
import { openStores } from '../stores.ts';

const env = readEnvironment(StoresEnvSchema);

export const handler = finalizeEntry(openStores(env), env.STAGE);
