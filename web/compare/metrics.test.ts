import { describe, expect, it } from '@jest/globals';
import { improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import { bestIndex, metricsOf } from './metrics.ts';

const valuesOf = (name: string, reports: Parameters<typeof metricsOf>[0]) =>
  metricsOf(reports).find((metric) => metric.name === name);

describe('reports side by side', () => {
  it('differ where they differ', () => {
    const reports = [securedReport, improvedReport];

    expect(valuesOf('Findings left', reports)).toEqual({
      name: 'Findings left',
      values: [String(securedReport.findings.after), String(improvedReport.findings.after)],
      isDifferent: true,
    });
    expect(valuesOf('Findings before', reports)?.isDifferent).toBe(false);
  });

  it('have no cost where no model was asked, and an unknown one where its price is', () => {
    const asked = { ...securedReport, modelCalls: 2, costUsd: null };

    expect(valuesOf('Cost', [securedReport, asked])?.values).toEqual(['none', 'cost unknown']);
  });

  it('have no best until all are there', () => {
    expect(bestIndex([securedReport, null])).toBeNull();
    expect(bestIndex([improvedReport, securedReport])).toBe(1);
    expect(bestIndex([])).toBeNull();
    expect(bestIndex([securedReport, securedReport])).toBeNull();
  });

  it('are not best with a failing light', () => {
    const { surface } = securedReport.gates;
    const broken = {
      ...securedReport,
      gates: { ...securedReport.gates, surface: { ...surface, light: 'fail' as const } },
    };

    expect(bestIndex([broken, securedReport])).toBe(1);
  });
});
