import { createHash } from 'node:crypto';
import { Document, Page, renderToBuffer, Text, View } from '@react-pdf/renderer';
import { createElement, type ReactElement } from 'react';
import { verdictSentence } from '#domain/report/verdict-sentence.ts';
import {
  countOf,
  findingFigures,
  formatCost,
  formatMs,
  isRead,
  verdictWords,
} from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { accountPart } from './pdf-account.ts';
import { changesPart, leftToDoPart } from './pdf-changes.ts';
import { findingsPart } from './pdf-findings.ts';
import { loadFonts } from './pdf-fonts.ts';
import { lightsPart } from './pdf-lights.ts';
import { colors, heading, type PdfNode, type Printer, paragraph, styles } from './pdf-parts.ts';
import { printable } from './pdf-text.ts';

/**
 * A report as a PDF of A4 pages, with its fonts in it: the verdict, the lights, findings, changes as a unified diff, cost
 * and provenance. Invisible characters are written out; what is beyond its limits is named as left out. Rejects where
 * the fonts, or the folder of them that is named, cannot be read.
 */
export async function renderPdf(
  report: Report,
  { fontFolder }: { fontFolder?: string } = {},
): Promise<Uint8Array> {
  const printer = await loadFonts(fontFolder);
  return renderToBuffer(pdfDocument(report, printer));
}

function pdfDocument(
  report: Report,
  printer: Printer,
): ReactElement<import('@react-pdf/renderer').DocumentProps> {
  const { label } = verdictWords[report.verdict];
  const path = printable(report.path, printer.sans, 200);
  return createElement(
    Document,
    {
      title: `${label}: ${path}`,
      creator: 'SGCode',
      producer: 'SGCode',
      language: 'en',
      creationDate: new Date(report.createdAt),
      modificationDate: new Date(report.createdAt),
    },
    createElement(
      Page,
      { size: 'A4', style: styles.page },
      createElement(
        View,
        { style: styles.body },
        ...head(report, path, printer),
        ...leftToDoPart(report, printer),
        ...lightsPart(report, printer),
        ...findingsPart(report, printer),
        ...changesPart(report, printer),
        ...accountPart(report, hashes(report), printer),
      ),
      ...feet(report),
    ),
  );
}

function head(report: Report, path: string, printer: Printer): PdfNode[] {
  const { symbol, tone } = verdictWords[report.verdict];
  const { findings, edits, repaired, ms, modelCalls, costUsd, prompt } = report;
  const figures = [
    isRead(report) ? `Counted findings: ${findingFigures(findings)}.` : 'Counted findings: unknown.',
    `${countOf(edits.length, 'edit')}${repaired.length === 0 ? '' : `, ${repaired.length} rewritten by the model`}.`,
    `${formatMs(ms.total)}, ${countOf(modelCalls, 'model call')}, ${formatCost(costUsd)}.`,
  ];
  return [
    paragraph('of', 'SGCode report', printer, 'soft'),
    createElement(Text, { key: 'path', style: styles.title }, path),
    createElement(
      Text,
      { key: 'verdict', style: [styles.verdict, { color: colors[tone] }] },
      printable(`${symbol} ${verdictSentence(report)}`, printer.sans),
    ),
    paragraph('figures', figures.join(' '), printer),
    ...(prompt === null ? [] : [heading('Asked for'), paragraph('prompt', prompt, printer)]),
  ];
}

/** On every page. */
function feet({ runId, createdAt }: Report): PdfNode[] {
  return [
    createElement(
      Text,
      { key: 'run', fixed: true, style: [styles.foot, { left: 40 }] },
      `Run ${runId}, ${createdAt.slice(0, 10)}`,
    ),
    createElement(Text, {
      key: 'page',
      fixed: true,
      style: [styles.foot, { right: 40, width: 120, textAlign: 'right' }],
      render: ({ pageNumber, totalPages }: { pageNumber: number; totalPages: number }) =>
        `Page ${pageNumber} of ${totalPages}`,
    }),
  ];
}

function hashes({ original, secured }: Report): { original: string; secured: string } {
  const sha256 = (code: string) => createHash('sha256').update(code).digest('hex');
  return { original: sha256(original.code), secured: sha256(secured.code) };
}
