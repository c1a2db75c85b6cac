import { describe, expect, it } from '@jest/globals';
import cdk from '../cdk.json' with { type: 'json' };
import { readStageConfig } from './config.ts';

const read = (context: Record<string, unknown>) => readStageConfig((key) => context[key]);
const stages = { dev: {}, prod: { keepsData: true, retentionDays: 90 } };

describe('the settings of a stage', () => {
  it('are those of dev, with every default, where the context says nothing', () => {
    expect(read({ stages })).toMatchObject({
      stage: 'dev',
      keepsData: false,
      retentionDays: 30,
      images: 'auto',
      firewall: false,
      stopped: false,
    });
  });

  it('are those of the stage that is named, and what the command line says goes over them', () => {
    const config = read({
      stages,
      stage: 'prod',
      retentionDays: '7',
      clients: '["ci","lab"]',
      images: 'codebuild',
    });

    expect(config).toMatchObject({
      stage: 'prod',
      keepsData: true,
      retentionDays: 7,
      clients: ['ci', 'lab'],
      images: 'codebuild',
    });
  });

  it('hold for every stage of cdk.json', () => {
    for (const stage of Object.keys(cdk.context.stages)) {
      expect(read({ ...cdk.context, stage }).stage).toBe(stage);
    }
  });

  it.each([
    [{ stages, stage: 'staging' }, 'no stage staging in cdk.json, which has: dev, prod'],
    [{ stages: { dev: { retention: 3 } } }, 'retention'],
    [{ stages, retentionDays: '0' }, 'retentionDays'],
    [{ stages, firewall: 'yes' }, 'firewall'],
    [{ stages, logDays: '10' }, 'logDays'],
    [{ stages, alarmEmail: 'nobody' }, 'alarmEmail'],
    [{ stages, concurrency: '{"wroker": 2}' }, 'wroker'],
    [{ stages: { 'Not A Word': {} }, stage: 'Not A Word' }, 'a short lower-case word'],
  ])('are refused by name when one is wrong: %j', (context, named) => {
    expect(() => read(context)).toThrow(named);
  });
});
