import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { graphSpec } from '../graph/graph-spec.ts';
import { readModelFiles } from './model-files.ts';
import { createRiskModel } from './onnx-risk-model.ts';

const SPEC = JSON.stringify(graphSpec);
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-ggan-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Three files that belong together, but for what is given. */
async function write(over: { model?: string; spec?: string; description?: object | string } = {}) {
  const spec = over.spec ?? SPEC;
  const description = {
    version: 1,
    sha256: hash('a model'),
    specSha256: hash(spec),
    thresholds: { line: 0.5, operator: 0.5, cut: 0.5 },
    ...(typeof over.description === 'object' ? over.description : {}),
  };
  await writeFile(join(folder, 'ggan.onnx'), over.model ?? 'a model');
  await writeFile(join(folder, 'graph-spec.json'), spec);
  await writeFile(
    join(folder, 'ggan.json'),
    typeof over.description === 'string' ? over.description : JSON.stringify(description),
  );
}

describe('readModelFiles', () => {
  it('reads files that belong together', async () => {
    await write();

    expect((await readModelFiles(folder)).thresholds).toEqual({ line: 0.5, operator: 0.5, cut: 0.5 });
  });

  it.each([
    ['a model that was changed', { model: 'another model' }, /ggan\.onnx is not the file/],
    ['a description that is cut off', { description: '{"version": 1' }, /ggan\.json does not describe/],
    [
      'a threshold out of range',
      { description: { thresholds: { line: 2, operator: 0, cut: 0 } } },
      /ggan\.json/,
    ],
    [
      'a vocabulary that was changed',
      { description: { specSha256: hash('x') } },
      /graph-spec\.json is not the one/,
    ],
    ['a vocabulary of another version', { spec: '{"version": 2}' }, /graph-spec\.json is of another version/],
  ])('refuses %s, and says what to do', async (_what, over, message) => {
    await write(over);

    const refused = readModelFiles(folder);

    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({
      name: 'GganUnavailableError',
      message: expect.stringContaining('--no-ggan'),
    });
  });

  it('names the file that is missing', async () => {
    await expect(readModelFiles(folder)).rejects.toThrow(/ggan\.onnx is missing/);
  });
});

describe('createRiskModel', () => {
  it('tells everyone who asks that the model is no model', async () => {
    await write();
    const model = createRiskModel(folder);

    await expect(model.assess('x = 1\n')).rejects.toThrow(/ggan\.onnx cannot be opened/);
    await expect(model.assess('x = 2\n')).rejects.toMatchObject({ name: 'GganUnavailableError' });
  });
});
