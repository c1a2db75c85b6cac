import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { hostileRisk, userServiceRisk } from '#domain/fixtures/risks.ts';
import { riskRun } from './render-risk-sarif.ts';
import { renderSarif } from './render-sarif.ts';

const MessageSchema = z.strictObject({ text: z.string().min(1) });
const LocationSchema = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string() }),
    region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1).optional() }),
  }),
  message: MessageSchema.optional(),
});

/** The parts of a SARIF 2.1.0 run that are written, and nothing else. */
const RunSchema = z.strictObject({
  tool: z.strictObject({
    driver: z.strictObject({
      name: z.literal('sgcode-ggan'),
      supportedTaxonomies: z.array(z.strictObject({ name: z.string() })),
      rules: z.array(
        z.strictObject({
          id: z.string().regex(/^ggan\/[a-z-]+$/),
          name: z.string(),
          shortDescription: MessageSchema,
          defaultConfiguration: z.strictObject({ level: z.literal('none') }),
          properties: z.strictObject({ tags: z.array(z.string()) }),
        }),
      ),
    }),
  }),
  columnKind: z.literal('unicodeCodePoints'),
  taxonomies: z.array(z.object({ name: z.string(), taxa: z.array(z.object({ id: z.string() })) })),
  results: z.array(
    z.strictObject({
      ruleId: z.string(),
      ruleIndex: z.int().min(0),
      kind: z.literal('review'),
      level: z.literal('none'),
      message: MessageSchema,
      locations: z.array(LocationSchema).length(1),
      codeFlows: z
        .array(
          z.strictObject({
            threadFlows: z
              .array(
                z.strictObject({
                  locations: z
                    .array(
                      z.strictObject({
                        location: LocationSchema,
                        importance: z.enum(['important', 'essential']),
                      }),
                    )
                    .min(2),
                }),
              )
              .length(1),
            properties: z.strictObject({ cut: z.number() }),
          }),
        )
        .optional(),
      taxa: z
        .array(z.strictObject({ id: z.string(), toolComponent: z.strictObject({ name: z.literal('CWE') }) }))
        .optional(),
      properties: z.strictObject({
        risk: z.number(),
        cwe: z.string().nullable(),
        operator: z.string().nullable(),
      }),
    }),
  ),
});

const parsed = (files: Parameters<typeof riskRun>[0]) =>
  RunSchema.parse(JSON.parse(JSON.stringify(riskRun(files))));

describe('the SARIF run of the gGAN', () => {
  const run = parsed([{ path: 'src/ä.py', risk: userServiceRisk }]);

  it('has a result to review for every flagged line, under the operator that would be tried', () => {
    expect(run.results.map(({ ruleId, locations }) => [ruleId, lineOf(locations[0])])).toEqual([
      ['ggan/argv-without-shell', 27],
      ['ggan/parameterize-query', 15],
      ['ggan/review', 31],
    ]);
    for (const { ruleId, ruleIndex } of run.results) {
      expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
    expect(run.results[1]).toMatchObject({
      message: {
        text: 'The graph network gives this line a risk of 0.93. It would hand values to the query as parameters. It would cut the way of a value from line 21 to here.',
      },
      taxa: [{ id: '89' }],
      properties: { risk: 0.9321, operator: 'parameterize-query' },
    });
    expect(run.taxonomies[0]?.taxa.map(({ id }) => id)).toEqual(['22', '78', '89']);
  });

  it('tells a flow from source to sink, columns from 1, the cut as essential', () => {
    const [flow] = run.results[1]?.codeFlows ?? [];
    const steps = flow?.threadFlows[0]?.locations ?? [];
    expect(steps.map(({ location, importance }) => [lineOf(location), importance])).toEqual([
      [21, 'important'],
      [12, 'essential'],
      [15, 'important'],
    ]);
    expect(steps[0]?.location.physicalLocation.region.startColumn).toBe(30);
    expect(steps[0]?.location.physicalLocation.artifactLocation.uri).toBe('src/%C3%A4.py');
  });

  it('tells a flow to a line that is not flagged', () => {
    const risk = { ...userServiceRisk, threshold: 1 };
    const { results } = parsed([{ path: 'a.py', risk }]);
    expect(results.map(({ locations }) => lineOf(locations[0]))).toEqual([15, 27]);
  });

  it('holds hostile text as JSON text', () => {
    expect(parsed([{ path: '\ud800\n<x>.py', risk: hostileRisk }]).results).toHaveLength(7);
  });

  it('stands beside those of the analyzers only where a file was assessed', () => {
    const runs = (risk?: typeof userServiceRisk) =>
      JSON.parse(
        renderSarif([{ path: 'a.py', analyses: [], ...(risk ? { risk } : {}) }], 'practical'),
      ).runs.map(({ tool }: { tool: { driver: { name: string } } }) => tool.driver.name);
    expect(runs()).toEqual([]);
    expect(runs(userServiceRisk)).toEqual(['sgcode-ggan']);
  });
});

function lineOf(location: z.infer<typeof LocationSchema> | undefined): number | undefined {
  return location?.physicalLocation.region.startLine;
}
