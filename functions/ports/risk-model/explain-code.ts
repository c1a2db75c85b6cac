import type { Explanation } from '#domain/analyzed-file.ts';
import { checkCode } from '#domain/check-code.ts';
import type { RiskModel } from './risk-model.ts';

/**
 * What the gGAN says of a program, without a run. Rejects with InputTooLargeError or InvalidInputError for code
 * that is not taken in, and with GganUnavailableError.
 */
export async function explainCode(
  riskModel: RiskModel,
  { code }: { code: Uint8Array },
): Promise<Explanation> {
  checkCode(code);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(code);
  const assessment = await riskModel.assess(text);
  return 'map' in assessment ? { risk: assessment.map, code: text } : assessment;
}
