import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Analysis } from '#domain/finding.ts';
import { hostileReport, securedReport } from '#domain/fixtures/reports.ts';
import { type AnalyzedCode, renderSarif } from './render-sarif.ts';

const MessageSchema = z.strictObject({ text: z.string().min(1) });
const UriSchema = z.string().regex(/^[A-Za-z0-9\-._~!'()*%/:]+$/);
const RegionSchema = z.strictObject({
  startLine: z.int().min(1),
  startColumn: z.int().min(1),
  endLine: z.int().min(1).optional(),
  endColumn: z.int().min(1).optional(),
});
const LocationSchema = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: UriSchema }),
    region: RegionSchema.optional(),
  }),
  logicalLocations: z.array(z.strictObject({ fullyQualifiedName: z.string() })).optional(),
});
const LevelSchema = z.enum(['none', 'note', 'warning', 'error']);

/** The parts of SARIF 2.1.0 that are written, and nothing else. */
const SarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          version: z.string(),
          supportedTaxonomies: z.array(z.strictObject({ name: z.string() })),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              name: z.string(),
              shortDescription: MessageSchema,
              helpUri: z.url().optional(),
              defaultConfiguration: z.strictObject({ level: LevelSchema }),
              relationships: z.array(z.unknown()).optional(),
              properties: z.object({ 'security-severity': z.string(), tags: z.array(z.string()) }),
            }),
          ),
        }),
      }),
      columnKind: z.literal('unicodeCodePoints'),
      invocations: z.array(
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(
            z.strictObject({
              level: LevelSchema,
              message: MessageSchema,
              locations: z.array(LocationSchema),
            }),
          ),
        }),
      ),
      taxonomies: z.array(z.object({ name: z.string(), taxa: z.array(z.object({ id: z.string() })) })),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level: LevelSchema,
          message: MessageSchema,
          locations: z.array(LocationSchema).length(1),
          partialFingerprints: z.record(z.string(), z.string()),
          properties: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});

function analysis(part: Partial<Analysis>): Analysis {
  return {
    analyzer: 'bandit',
    version: '1.9.4',
    status: 'analyzed',
    reason: null,
    compileError: null,
    findings: [],
    ...part,
  };
}

const files: AnalyzedCode[] = [
  { path: 'src/ä b/app.py', analyses: [analysis({ findings: securedReport.original.findings })] },
  { path: '/abs/#x.py', analyses: [analysis({ status: 'unanalyzable', reason: 'line 3: invalid syntax' })] },
];

function parsed(given: readonly AnalyzedCode[]) {
  return SarifSchema.parse(JSON.parse(renderSarif(given, 'practical')));
}

describe('renderSarif', () => {
  it('is SARIF 2.1.0 with one run per analyzer', () => {
    const [run] = parsed(files).runs;
    expect(run?.tool.driver).toMatchObject({ name: 'bandit', version: '1.9.4' });
    expect(run?.results).toHaveLength(5);
    expect(parsed([]).runs).toEqual([]);
  });

  it('points every result at its rule', () => {
    const [run] = parsed(files).runs;
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
    const ids = run?.tool.driver.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids?.length);
  });

  it('counts columns from 1, in code points, with the end excluded', () => {
    const [finding] = securedReport.original.findings.filter(({ rule }) => rule === 'B602');
    const result = parsed(files).runs[0]?.results.find(({ ruleId }) => ruleId === 'B602');
    expect(finding).toMatchObject({ line: 27, column: 4, endColumn: 20 });
    expect(result?.locations[0]?.physicalLocation.region).toEqual({
      startLine: 27,
      startColumn: 5,
      endLine: 27,
      endColumn: 21,
    });
  });

  it('carries severity, CWE, fingerprint and whether it counts', () => {
    const [run] = parsed(files).runs;
    const shell = run?.results.find(({ ruleId }) => ruleId === 'B602');
    expect(shell).toMatchObject({ level: 'error', properties: { counted: true, cwe: 'CWE-78' } });
    expect(Object.values(shell?.partialFingerprints ?? {})[0]).toMatch(/^[0-9a-f]{16}$/);
    const rule = run?.tool.driver.rules.find(({ id }) => id === 'B608');
    expect(rule?.properties.tags).toEqual(['security', 'external/cwe/cwe-089']);
    expect(run?.taxonomies[0]?.taxa.map(({ id }) => id)).toContain('89');
    expect(run?.results.find(({ ruleId }) => ruleId === 'B404')?.properties.counted).toBe(false);
  });

  it('says which file could not be analyzed, and that the run is not whole', () => {
    const [run] = parsed(files).runs;
    expect(run?.invocations[0]?.executionSuccessful).toBe(false);
    expect(run?.invocations[0]?.toolExecutionNotifications[0]).toMatchObject({
      message: { text: 'line 3: invalid syntax' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'file:///abs/%23x.py' } } }],
    });
    expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      'src/%C3%A4%20b/app.py',
    );
  });

  it('holds hostile messages and names as JSON text', () => {
    const hostile = {
      path: '\ud800\n<x>.py',
      analyses: [analysis({ findings: hostileReport.original.findings })],
    };
    expect(parsed([hostile]).runs[0]?.results).toHaveLength(1);
  });
});
