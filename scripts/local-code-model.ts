import { join } from 'node:path';
import type { CodeModel } from '#ports/code-model/code-model.ts';
import { createOpenAiCodeModel } from '#ports/code-model/openai-code-model.ts';
import { createProfileMemory, type ProfileMemory } from '#ports/code-model/profile-memory.ts';
import type { LocalConfig } from './local-config.ts';

/** A small model on a slow machine takes minutes for a whole file; the step that calls has its own limit. */
const PATIENCE_MS = 270_000;

/**
 * Models on servers that the user of this machine names: his own network and http are allowed. What was learned of a
 * server is kept in the home, so that it is learned once.
 */
export function openCodeModel({ home }: Pick<LocalConfig, 'home'>): {
  codeModel: CodeModel;
  memory: ProfileMemory;
} {
  const memory = createProfileMemory(join(home, 'model-profiles.json'));
  return {
    codeModel: createOpenAiCodeModel({
      isLoopbackAllowed: true,
      isHttpAllowed: true,
      memory,
      limits: { timeoutMs: PATIENCE_MS },
    }),
    memory,
  };
}
