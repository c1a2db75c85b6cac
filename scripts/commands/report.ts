import { NotFoundError } from '#domain/errors.ts';
import { RunIdSchema } from '#domain/loop-state.ts';
import { visibleLine, visibleText } from '#domain/report/visible-text.ts';
import type { Report } from '#domain/report.ts';
import { renderHtml } from '#rendering/render-html.ts';
import { formatJson } from '#rendering/render-json.ts';
import { renderPatch } from '#rendering/render-patch.ts';
import { renderReportSarif } from '#rendering/render-report-sarif.ts';
import { renderText } from '#rendering/render-text.ts';
import { type CommandContext, withEngine } from './command-context.ts';
import { UsageError } from './usage-error.ts';

export const reportFormats = ['text', 'html', 'pdf', 'json', 'sarif', 'patch'] as const;

export type ReportOptions = { format: (typeof reportFormats)[number]; details?: boolean };

/**
 * Prints the report of a run of this machine. Returns 0, or 1 where there is no such report. Rejects with UsageError for
 * what is no run, and for a PDF that would go to a terminal.
 */
export async function report(run: string, options: ReportOptions, context: CommandContext): Promise<number> {
  if (!RunIdSchema.safeParse(run).success) {
    throw new UsageError(
      `${visibleLine(run)} is no run: a run is 32 digits and letters, as "sgcode harden" prints it at the end`,
    );
  }
  if (options.format === 'pdf' && context.stdout.isTerminal) {
    throw new UsageError('a PDF is no text: write it to a file, as with "> report.pdf"');
  }
  try {
    const found = await withEngine(context, (engine) => engine.readReport(run));
    context.stdout.write(await rendered(found, options, context));
    return 0;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    context.stderr.write(`There is no report of run ${run} on this machine.\n`);
    return 1;
  }
}

async function rendered(
  found: Report,
  { format, details = false }: ReportOptions,
  { stdout }: CommandContext,
): Promise<string | Uint8Array> {
  if (format === 'pdf') return renderedPdf(found);
  if (format === 'html') return renderHtml(found);
  if (format === 'json') return formatJson(found);
  if (format === 'sarif') return renderReportSarif(found);
  if (format === 'text') return renderText(found, { color: stdout.hasColors, details });
  const patch = renderPatch({ path: found.path, before: found.original.code, after: found.secured.code });
  // A patch for `git apply` holds the code's own bytes; a terminal would obey some of them.
  return stdout.isTerminal ? visibleText(patch) : patch;
}

/** Loaded where it is asked for: it takes longer than everything else of this command. */
async function renderedPdf(found: Report): Promise<Uint8Array> {
  const { renderPdf } = await import('#rendering/pdf/render-pdf.ts');
  return renderPdf(found);
}
