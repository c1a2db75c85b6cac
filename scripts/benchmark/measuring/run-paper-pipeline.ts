import type { RunServices } from '#hardening/local-runner.ts';
import { readLocalConfig } from '../../local-config.ts';
import { analysesBefore } from '../arms.ts';
import type { Item, ItemSettings } from '../item-messages.ts';
import { startPaperPipeline } from '../paper-pipeline.ts';
import { watchTree } from '../process-tree.ts';
import type { ArmResult } from './arm-result.ts';
import { judgeOutput } from './judge-code.ts';

const decoder = new TextDecoder();

/**
 * Sends the program through the re-created pipeline of the paper, whose language model answers with the item's
 * output, and judges what comes back as the output of any other system. The time is what a client sees from its
 * request to the answer; the server is started before, and is gone while other arms are measured.
 */
export async function runPaperPipeline(
  services: RunServices,
  item: Item,
  settings: ItemSettings,
): Promise<ArmResult> {
  const { code, output, arm } = item;
  if (output === null) return judgeOutput(services, item, settings);
  const pipeline = await startPaperPipeline(readLocalConfig(process.env, process.cwd()));
  try {
    const use = watchTree({ pid: pipeline.pid });
    const started = performance.now();
    const { rounds, analysesMs } = await pipeline.secure({
      code: decoder.decode(code),
      answers: [decoder.decode(output)],
      analysesBefore: analysesBefore(arm),
    });
    const total = performance.now() - started;
    const resources = use.stop();
    const analysis = analysesMs.reduce((sum, ms) => sum + ms, 0);
    const judged = await judgeOutput(services, item, settings);
    return {
      ...judged,
      iterations: rounds,
      ms: { ...judged.ms, total, analysis, communication: total - analysis },
      resources,
    };
  } finally {
    await pipeline.close();
  }
}
