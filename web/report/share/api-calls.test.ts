import { execFileSync } from 'node:child_process';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generatedReport, repairedReport } from '#domain/fixtures/repairs.ts';
import { HOSTILE, hostileReport, securedReport } from '#domain/fixtures/reports.ts';
import type { Report } from '#domain/report.ts';
import { apiCalls } from './api-calls.ts';

const ORIGIN = 'http://127.0.0.1:8787';
const PYTHON = join(import.meta.dirname, '..', '..', '..', '.venv', 'bin', 'python');

const withCode = (code: string): Report => ({ ...securedReport, original: { code, findings: [] } });
const wanted = ({ path, original, settings }: Report) => ({ path, code: original.code, settings });
const callIn = (report: Report, language: string) =>
  apiCalls(report, ORIGIN).find((call) => call.language === language)?.code ?? '';

/** What each language makes of the body that the call holds. */
const readings: Record<string, (code: string) => unknown> = {
  curl: (code) => {
    // The shell itself reads the here-document; `cat` stands for curl.
    const script = code.replace(/^curl .* --data-binary @- /, 'cat ');
    return JSON.parse(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }));
  },
  TypeScript: (code) => {
    const [statement = ''] = /^const body = .*$/m.exec(stripTypeScriptTypes(code)) ?? [];
    return JSON.parse(runInNewContext(`${statement} JSON.stringify(body)`));
  },
  Python: (code) => {
    const [statement = ''] = /^BODY = .*$/m.exec(code) ?? [];
    return JSON.parse(execFileSync(PYTHON, ['-c', `${statement}\nprint(BODY)`], { encoding: 'utf8' }));
  },
};

describe.each(Object.entries(readings))('the call in %s', (language, read) => {
  it('asks for the same run', () => {
    expect(read(callIn(securedReport, language))).toEqual(JSON.parse(JSON.stringify(wanted(securedReport))));
  });

  it('keeps every text in its place, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 40 }),
          fc.constantFrom(
            HOSTILE,
            '\nJSON\n',
            '\'\'\'"""',
            '\\u0022',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template would run
            '${process.exit()}',
            '\u2028\u2029',
            "\\'",
          ),
        ),
        (code) => {
          expect(read(callIn(withCode(code), language))).toMatchObject({ code });
        },
      ),
      { numRuns: 12 },
    );
  });

  it('shows nothing that is invisible', () => {
    expect(callIn(hostileReport, language)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it('takes keys for models from the environment', () => {
    expect(callIn(repairedReport, language)).toMatch(/sgcode-model-key.*MODEL_KEY/s);
    expect(callIn(securedReport, language)).not.toContain('MODEL_KEY');
  });

  it('sends the prompt where the program was generated', () => {
    expect(read(callIn(generatedReport, language))).toMatchObject({ prompt: generatedReport.prompt });
    expect(read(callIn(generatedReport, language))).not.toHaveProperty('code');
  });
});
