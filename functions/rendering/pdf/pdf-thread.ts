import { parentPort, workerData } from 'node:worker_threads';
import { ReportSchema } from '#domain/report.ts';
import { renderPdf } from './render-pdf.ts';

// What a thread runs that makes one PDF: it is given the report and posts the bytes.
parentPort?.postMessage(await renderPdf(ReportSchema.parse(workerData)));
