import type { LocalConfig } from '../local-config.ts';
import type { ModelAccess } from './command-context.ts';

/** The models that can be reached from this machine, on any server that its user names. */
export async function openLocalModels(config: LocalConfig): Promise<ModelAccess> {
  // Loaded only now, so that help and wrong usage are answered at once.
  const [{ openCodeModel }, { findLocalServers }] = await Promise.all([
    import('../local-code-model.ts'),
    import('#ports/code-model/local-servers.ts'),
  ]);
  const { codeModel, memory } = openCodeModel(config);
  return {
    ...codeModel,
    findLocalServers: () => findLocalServers(),
    learned: (host, model) => memory.lessonFor(host, model),
  };
}
