import { describe, expect, it } from '@jest/globals';
import { generatedReport, hostileRepairedReport, repairedReport } from '#domain/fixtures/repairs.ts';
import { securedReport } from '#domain/fixtures/reports.ts';
import { generatedLimit, partName, repairedLimit } from '#domain/report/model-words.ts';
import type { Report } from '#domain/report.ts';
import { renderHtml } from './render-html.ts';
import { formatJson, hardenedFile, hardenOutput } from './render-json.ts';
import { renderText } from './render-text.ts';

const plain = { color: false };

function withLights(
  report: Report,
  lights: Partial<Record<'behavior' | 'tests', 'pass' | 'fail' | 'not-run'>>,
): Report {
  const gates = { ...report.gates };
  for (const name of ['behavior', 'tests'] as const) {
    gates[name] = { ...gates[name], light: lights[name] ?? gates[name].light };
  }
  return { ...report, gates };
}

describe('a report on code that a model touched', () => {
  it('names mechanism, model and host, calls, tokens and an unknown price in text', () => {
    const text = renderText(repairedReport, plain);
    expect(text).toContain('mechanism hybrid, model qwen2.5-coder:7b at 127.0.0.1:11434');
    expect(text).toContain('2 model calls, tokens 1,234 in, 567 out (estimated), cost unknown, run ');
    expect(text).toContain('repair 9.1 s');
  });

  it('lists what the model rewrote and why', () => {
    expect(renderText(repairedReport, plain)).toContain(
      [
        'Rewritten by the model',
        '  line 12  find_user: B608 (CWE-89)',
        '  line 9  a statement of the module: secret-from-env at the word of the graph network (CWE-798)',
      ].join('\n'),
    );
    expect(renderText(securedReport, plain)).not.toContain('Rewritten');
    expect(partName({ name: 'module' })).toBe('the file');
  });

  it('says the same as a page', () => {
    const page = renderHtml(repairedReport);
    expect(page).toContain('<caption>Rewritten by the model</caption>');
    expect(page).toContain('<bdi>find_user</bdi></th><td class="text">B608 (CWE-89)</td>');
    expect(page).toContain('<dt>Model</dt><dd><bdi>qwen2.5-coder:7b at 127.0.0.1:11434</bdi></dd>');
    expect(page).toContain('<dd>1,234 in, 567 out (estimated)</dd>');
    expect(page).toContain('<th scope="row">repair</th><td class="figure">9.1 s</td>');
    expect(page).toContain('<dt>Cost</dt><dd>cost unknown</dd>');
    expect(page).toContain('of models 12 calls, 200,000 tokens');
    expect(renderHtml(securedReport)).not.toContain('of models');
  });

  it('names the models in the figures, by host alone', () => {
    const output = hardenOutput(repairedReport.settings, [hardenedFile(repairedReport)]);
    expect(output.models).toEqual({
      general: { name: 'qwen2.5-coder:7b', host: '127.0.0.1:11434' },
      safecoder: null,
    });
    expect(output.files[0]?.repairs).toEqual([
      { name: 'find_user', line: 12, cwes: ['CWE-89'], source: 'analyzer' },
      { name: 'module:1', line: 9, cwes: ['CWE-798'], source: 'ggan' },
    ]);
    expect(formatJson(output)).not.toContain('/v1');
  });

  it('says what was and was not checked of it', () => {
    expect(repairedLimit(repairedReport)).toContain('was run beside the original');
    expect(repairedLimit(withLights(repairedReport, { behavior: 'not-run' }))).toContain(
      'by reading it only',
    );
    expect(repairedLimit(securedReport)).toBeNull();
    const details = renderText(repairedReport, { ...plain, details: true });
    expect(details).toContain('Code that a model rewrote was run beside the original');
  });
});

describe('a report on a generated program', () => {
  it('shows what was asked for and, where wanted, the program', () => {
    const text = renderText(generatedReport, { ...plain, code: true });
    expect(text).toMatch(
      /\nAsked for\n {2}A web server that looks users up by name\.\n {2}It can ping hosts\.\n/,
    );
    expect(text).toContain(`\nProgram\n${generatedReport.secured.code.trimEnd()}\n`);
    expect(renderText(generatedReport, plain)).not.toContain('\nProgram\n');
    expect(text).toContain('generate 5.6 s');
    expect(renderHtml(generatedReport)).toContain('<h2 id="prompt">Asked for</h2>');
  });

  it('shows a long prompt in part, unless all is asked for', () => {
    const report = { ...generatedReport, prompt: 'line\n'.repeat(20) };
    expect(renderText(report, plain)).toContain('and 8 more lines');
    expect(renderText(report, { ...plain, details: true })).not.toContain('more lines');
  });

  it.each([
    ['not-run', 'nothing proves that it does what was asked: no tests were run'],
    ['fail', 'nothing proves that it does what was asked: your tests do not pass'],
    ['pass', 'your tests pass before and after; nothing proves what they do not try'],
  ] as const)('says beside the lights what proves it, tests %s', (tests, words) => {
    const report = withLights(generatedReport, { tests });
    expect(renderText(report, plain)).toContain(words);
    expect(renderHtml(report).match(new RegExp(words, 'g'))).toHaveLength(2);
  });

  it('says nothing of the kind of code that came in', () => {
    expect(generatedLimit(repairedReport)).toBeNull();
    expect(renderText(repairedReport, plain)).not.toContain('what was asked');
    expect(renderHtml(repairedReport)).not.toContain('Asked for');
  });

  it('writes hostile prompts and names out', () => {
    const text = renderText(hostileRepairedReport, { ...plain, details: true, code: true });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    const page = renderHtml(hostileRepairedReport);
    expect(page).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(page).not.toContain('<script>');
  });
});
