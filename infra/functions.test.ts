import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { functions } from '#aws/functions.ts';
import { openDevStack } from './fixtures/dev-stack.ts';

const { dev, own, all, named } = await openDevStack();
const text = (value: unknown) => JSON.stringify(value);

describe('functions', () => {
  it('are those of the registry', () => {
    expect([...own.keys()].sort()).toEqual(Object.keys(functions).sort());
  });

  it('run on arm64, each of them, those that CDK brings along as well', () => {
    const others = all('AWS::Lambda::Function').filter(
      ({ properties }) => text(properties.Architectures) !== '["arm64"]',
    );

    expect(others.map(({ path }) => path)).toEqual([]);
  });

  it('have the size, the time and the runtime of the registry', () => {
    for (const [name, spec] of Object.entries(functions)) {
      expect(named(name).properties).toMatchObject({
        MemorySize: spec.memoryMb,
        Timeout: spec.timeoutSeconds,
        ...(spec.runs === 'node'
          ? { Runtime: 'nodejs24.x', Handler: 'index.handler' }
          : { PackageType: 'Image' }),
      });
    }
  });

  it('are told what their schemas read, and nothing else', () => {
    for (const [name, spec] of Object.entries(functions)) {
      const { Variables = {} } = (named(name).properties.Environment ?? {}) as {
        Variables?: Record<string, unknown>;
      };
      const told = Object.fromEntries(
        Object.entries(Variables).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : text(value),
        ]),
      );

      expect([name, spec.env.strict().safeParse(told).error]).toEqual([name, undefined]);
    }
  });

  it('are bundles of at most 1.5 MB, without the AWS SDK', () => {
    const tooLarge: string[] = [];
    for (const folder of bundles()) {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      const contents = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
      const zipped = contents.reduce((sum, content) => sum + deflateRawSync(content, { level: 9 }).length, 0);
      if (zipped > 1_500_000) tooLarge.push(`${folder}: ${zipped}`);
      // The SDK's own words, which no minifier changes.
      expect(readFileSync(join(folder, 'index.mjs'), 'utf8')).not.toContain('@smithy/middleware-serde');
    }

    expect(tooLarge).toEqual([]);
  });

  it('are bundles that load, each with its handler', async () => {
    const names = Object.values(functions).flatMap(({ env }) => Object.keys(env.shape));
    const program = `for (const file of ${text(bundles().map((folder) => join(folder, 'index.mjs')))}) {
      const { handler } = await import(file);
      console.log(typeof handler);
    }`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      env: {
        AWS_REGION: 'us-east-1',
        LAMBDA_TASK_ROOT: '/var/task',
        ...Object.fromEntries(names.map((name) => [name, '1'])),
      },
    });

    expect(stdout.trim().split('\n')).toEqual(bundles().map(() => 'function'));
  }, 120_000);

  it('load ONNX Runtime from the layer where the registry says so', () => {
    const layered = [...own]
      .filter(([, { properties }]) => properties.Layers !== undefined)
      .map(([name]) => name);

    expect(layered.sort()).toEqual(['decide', 'plan-edits']);
  });

  it('write logs that end one day, but for the sealed one, which writes none', () => {
    const ends = new Map(
      all('AWS::Logs::LogGroup').map(({ id, properties }) => [id, properties.RetentionInDays]),
    );
    const silent = [...own].filter(([, { properties }]) => {
      const { LogGroup } = (properties.LoggingConfig ?? {}) as { LogGroup?: { Ref: string } };
      return typeof ends.get(LogGroup?.Ref ?? '') !== 'number';
    });

    expect(silent.map(([name]) => name)).toEqual(['test-runner']);
  });

  function bundles(): string[] {
    return readdirSync(dev.folder, { withFileTypes: true })
      .filter(
        (entry) => entry.isDirectory() && readdirSync(join(dev.folder, entry.name)).includes('index.mjs'),
      )
      .map(({ name }) => join(dev.folder, name));
  }
});
