import type { BenchmarkRequest } from '../benchmark/benchmark-request.ts';
import type { LocalConfig } from '../local-config.ts';
import type { Output } from './output.ts';

/** Runs a benchmark on this machine, loaded only now, so that help and wrong usage are answered at once. */
export async function runLocalBenchmark(
  request: BenchmarkRequest,
  context: { config: LocalConfig; stdout: Output; stderr: Output; signal: AbortSignal },
): Promise<number> {
  const { runBenchmark } = await import('../benchmark/run-benchmark.ts');
  return runBenchmark(request, context);
}
