import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { GganUnavailableError } from '#domain/errors.ts';
import { RiskSchema } from '#domain/risk.ts';
import { graphSpec } from '../graph/graph-spec.ts';

const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** From which figure on a line is flagged, an operator proposed and a flow cut. */
export const ThresholdsSchema = z.object({ line: RiskSchema, operator: RiskSchema, cut: RiskSchema });
export type Thresholds = z.infer<typeof ThresholdsSchema>;

/** What `ggan.json` says of the `ggan.onnx` beside it. */
const DescriptionSchema = z.object({
  version: z.literal(1),
  sha256: Sha256Schema,
  specSha256: Sha256Schema,
  thresholds: ThresholdsSchema,
});

/** `sha256` is that of the model. */
export type ModelFiles = { model: Uint8Array; sha256: string; thresholds: Thresholds };

const WAY_OUT =
  'Restore the files of models/ggan, make them with "npm run train:ggan", or run without the gGAN (--no-ggan).';

/**
 * Reads `ggan.onnx`, `ggan.json` and `graph-spec.json` of a folder and checks that they belong together and fit
 * this code's graphs. Rejects with GganUnavailableError that names the file.
 */
export async function readModelFiles(folder: string): Promise<ModelFiles> {
  // One by one, so that of several missing files the first is named.
  const model = await readModelFile(join(folder, 'ggan.onnx'));
  const description = await readModelFile(join(folder, 'ggan.json'));
  const spec = await readModelFile(join(folder, 'graph-spec.json'));
  const { sha256, specSha256, thresholds } = parseDescription(description, join(folder, 'ggan.json'));
  if (hashOf(model) !== sha256)
    throw unusable(join(folder, 'ggan.onnx'), 'is not the file that ggan.json names');
  if (hashOf(spec) !== specSha256) {
    throw unusable(join(folder, 'graph-spec.json'), 'is not the one that the model was trained with');
  }
  if (JSON.stringify(parseJson(spec)) !== JSON.stringify(graphSpec)) {
    throw unusable(join(folder, 'graph-spec.json'), 'is of another version than the graphs of this program');
  }
  return { model, sha256, thresholds };
}

/** The error for a model that cannot be used, with the way out. */
export function unusable(file: string, why: string, cause?: unknown): GganUnavailableError {
  return new GganUnavailableError(`The gGAN cannot be used: ${file} ${why}. ${WAY_OUT}`, { cause });
}

async function readModelFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unusable(file, 'is missing or cannot be read', error);
  }
}

function parseDescription(bytes: Buffer, file: string): z.infer<typeof DescriptionSchema> {
  const parsed = DescriptionSchema.safeParse(parseJson(bytes));
  if (!parsed.success) throw unusable(file, 'does not describe a model', parsed.error);
  return parsed.data;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
