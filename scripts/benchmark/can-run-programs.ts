import { createLocalTestRunner } from '#ports/test-runner/local-test-runner.ts';
import type { Output } from '../commands/output.ts';
import { UsageError } from '../commands/usage-error.ts';
import type { LocalConfig } from '../local-config.ts';
import type { BenchmarkRequest } from './benchmark-request.ts';
import type { DataSet } from './data-sets/data-set.ts';

/**
 * Whether programs can be sealed off and run on this machine. Where they cannot, it says on stderr what will be
 * missing. Rejects with UsageError where that was asked for by name.
 */
export async function canRunPrograms(
  { behavior }: Pick<BenchmarkRequest, 'behavior'>,
  { kind }: Pick<DataSet, 'kind'>,
  { config, stderr }: { config: LocalConfig; stderr: Output },
): Promise<boolean> {
  const hasTests = kind === 'seccodeplt';
  if (behavior === 'never' && !hasTests) return false;
  const runner = createLocalTestRunner({ python: config.runnerPython, packageDir: config.runnerDir });
  try {
    await runner.describe();
    return true;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RunnerUnavailableError')) throw error;
    const problem = `programs cannot be sealed off on this machine: ${error.message}`;
    if (behavior === 'always') throw new UsageError(problem);
    const missing = [...(behavior === 'auto' ? ['behavior'] : []), ...(hasTests ? ['tests'] : [])];
    stderr.write(`Without ${missing.join(' and ')}: ${problem}\n`);
    return false;
  } finally {
    await runner.close();
  }
}
