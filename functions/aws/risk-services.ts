import { join } from 'node:path';
import { createRiskModel } from '#hardening/plan-edits/risk-model/onnx-risk-model.ts';
import type { RiskModel } from '#ports/risk-model/risk-model.ts';
import type { Stores } from '#ports/services.ts';
import { CodeFolderSchema, RiskEnvSchema } from './environments.ts';
import { readEnvironment } from './read-environment.ts';
import { openStores } from './stores.ts';

/** What the steps use that ask the graph network; its files lie beside the bundle. */
export function openRiskServices(): Stores & { riskModel: RiskModel } {
  const { LAMBDA_TASK_ROOT: folder } = readEnvironment(CodeFolderSchema);
  const riskModel = createRiskModel(join(folder, 'ggan'));
  // It is opened while the environment starts, where the first run does not wait for it.
  riskModel.prepare();
  return { ...openStores(readEnvironment(RiskEnvSchema)), riskModel };
}
