import type { Report } from '#domain/report.ts';
import { renderSarif } from './render-sarif.ts';

/** SARIF 2.1.0 of what the analyzers say of the secured code. */
export function renderReportSarif({ path, analyzers, secured, settings }: Report): string {
  const analyses = analyzers.map(({ name, version, status, reason }) => ({
    analyzer: name,
    version,
    status,
    reason,
    compileError: null,
    findings: secured.findings.filter(({ analyzer }) => analyzer === name),
  }));
  return renderSarif([{ path, analyses }], settings.policy);
}
