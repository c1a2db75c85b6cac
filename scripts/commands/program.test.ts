import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import { AnalyzeCommandOutputSchema } from '#domain/analyze-output.ts';
import { securedReport } from '#domain/fixtures/reports.ts';
import { ReportSchema } from '#domain/report.ts';
import { readPdf } from '#rendering/pdf/fixtures/read-pdf.ts';
import { InterruptedError } from './command-context.ts';
import { testContext, testEngine } from './fixtures/test-engine.ts';
import { buildProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sgcode-program-'));
  writeFileSync(join(cwd, 'weak.py'), 'yaml.load(f)\n');
  writeFileSync(join(cwd, 'clean.py'), 'x = 1\n');
  writeFileSync(join(cwd, 'bad.py'), '# fail\n');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Runs the command line in this process; wrong usage is exit code 2, as the entry point makes it. */
type Circumstances = { terminal?: boolean; aborted?: boolean; modelFailure?: Error };

async function sgcode(
  args: string[],
  { terminal = false, aborted = false, modelFailure }: Circumstances = {},
) {
  const { calls, openEngine } = testEngine(modelFailure ? { modelFailure } : {});
  const { context, written, controller } = testContext(cwd, openEngine, terminal);
  if (aborted) controller.abort(new InterruptedError(130));
  let code = -1;
  const program = buildProgram(context, '1.2.3', (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) code = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof UsageError) {
      code = 2;
      written.stderr += error.message;
    } else throw error;
  }
  return { code, ...written, calls };
}

describe('help and wrong usage', () => {
  it('teaches on stdout with exit code 0, without opening anything', async () => {
    for (const args of [
      ['--help'],
      ['harden', '--help'],
      ['help', 'analyze'],
      ['report', '-h'],
      ['serve', '-h'],
      ['generate', '-h'],
      ['compare', '-h'],
      ['models', '-h'],
    ]) {
      const { code, stdout, stderr, calls } = await sgcode(args);
      expect([code, stderr, calls.opened]).toEqual([0, '', 0]);
      expect(stdout).toContain('Usage: sgcode');
    }
    expect((await sgcode(['--help'])).stdout).toContain('Exit codes: 0 no counted finding is left');
    expect((await sgcode(['harden', '-h'])).stdout).toMatch(/Models:\n {2}--model <name>/);
    expect((await sgcode(['harden', '-h'])).stdout).toContain('a model repairs only what they leave');
    expect((await sgcode(['--version'])).stdout).toBe('1.2.3\n');
  });

  it.each([
    [[], 'Usage: sgcode'],
    [['generate', 'a web server'], 'writes from a prompt with the general model, which is not set'],
    [['generate'], "missing required argument 'prompt'"],
    [['compare', 'weak.py'], "required option '--mechanisms <names>' not specified"],
    [['compare', 'weak.py', '--mechanisms', 'rules,magic'], 'There is: rules, promsec,'],
    [['compare', 'weak.py', '--mechanisms', 'rules', '--models', 'a', '--model', 'b'], 'cannot be used with'],
    [['harden'], "missing required argument 'path'"],
    [['harden', 'weak.py', '--model', 'x'], 'no server is known for the model x: name one with --base-url'],
    [['harden', 'weak.py', '--max-cost', '-1'], 'It takes US dollars from 0 to 10000'],
    [['harden', 'weak.py', '--max-model-calls', '101'], 'It takes a whole number from 0 to 100.'],
    [
      ['harden', 'weak.py', '--mechanism', 'safecoder'],
      'writes from a prompt; take promsec+safecoder or hybrid',
    ],
    [['harden', 'weak.py', '--behavior', 'sometimes'], 'Allowed choices are auto, always, never'],
    [['harden', 'weak.py', '--mechanism', 'hybrid'], 'repairs with a model, and none is set'],
    [['harden', 'weak.py', '--mechanism', 'magic'], 'Allowed choices are rules, promsec, safecoder,'],
    [['harden', 'weak.py', '--policy', 'strict'], 'Allowed choices are practical, paper.'],
    [['harden', 'weak.py', '--analyzers', 'bandit,semgrep'], 'There is: bandit.'],
    [['harden', 'weak.py', '--allow-package', 'lxml'], 'There is: defusedxml.'],
    [['harden', 'weak.py', '--database-driver', 'MySQLdb'], 'mysqlclient, pymysql, aiomysql,'],
    [['harden', 'weak.py', '--max-iterations', '0'], 'It takes a whole number from 1 to 10.'],
    [['harden', 'weak.py', '--max-seconds', '1e3'], 'It takes a whole number from 1 to 900.'],
    [['harden', 'weak.py', '--out', 'o', '--write'], "cannot be used with option '--write'"],
    [['analyze', 'weak.py', '--format', 'xml'], 'Allowed choices are table, json, sarif.'],
    [['report'], "missing required argument 'run'"],
    [['serve', '--host', '0.0.0.0'], 'Allowed choices are 127.0.0.1.'],
    [['serve', '--port', '65536'], 'It takes a whole number from 0 to 65535.'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr, calls } = await sgcode(args);
    expect(stderr).toContain(message);
    expect([code, stdout, calls.opened]).toEqual([2, '', 0]);
  });

  it('refuses a run that is none', async () => {
    const { code, stderr } = await sgcode(['report', '../../etc/passwd']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is no run')]);
  });
});

describe('harden', () => {
  it.each([
    [[], null],
    [['--database-driver', 'mysql-connector'], 'mysql-connector'],
  ])('%j names the driver of the run', async (options, driver) => {
    const { calls } = await sgcode(['harden', 'weak.py', ...options]);
    expect(calls.databaseDrivers).toEqual([driver]);
  });
});

describe('compare', () => {
  it('lets every mechanism be run beside the original, unless told otherwise', async () => {
    const args = ['compare', 'weak.py', '--mechanisms', 'rules'];
    expect((await sgcode(args)).calls.behavior).toEqual(['always']);
    expect((await sgcode([...args, '--behavior', 'auto'])).calls.behavior).toEqual(['auto']);
  });
});

describe('analyze', () => {
  it('prints a table; 1 with a counted finding, 0 without', async () => {
    const weak = await sgcode(['analyze', 'weak.py']);
    expect(weak.stdout).toMatch(/weak\.py\n {2}medium +B506 CWE-20 +line 32/);
    expect(weak.stdout).toContain('1 file, 1 counted finding, 0 informational');
    expect(weak.code).toBe(1);
    const clean = await sgcode(['analyze', 'clean.py']);
    expect(clean.stdout).toContain('✓ no finding');
    expect(clean.code).toBe(0);
  });

  it('never takes a file that could not be analyzed for clean', async () => {
    const { code, stdout } = await sgcode(['analyze', 'bad.py', '--format', 'json']);
    expect(AnalyzeCommandOutputSchema.parse(JSON.parse(stdout)).files).toEqual([
      { path: 'bad.py', status: 'unanalyzable', reason: 'bandit: the code is not UTF-8', findings: [] },
    ]);
    expect(code).toBe(1);
  });

  it('prints JSON and SARIF alone on stdout', async () => {
    const json = await sgcode(['analyze', '.', '--format', 'json']);
    const { files } = AnalyzeCommandOutputSchema.parse(JSON.parse(json.stdout));
    expect(files.map(({ path, findings }) => [path, findings.length])).toEqual([
      ['bad.py', 0],
      ['clean.py', 0],
      ['weak.py', 1],
    ]);
    const sarif = await sgcode(['analyze', 'weak.py', '--format', 'sarif']);
    expect(JSON.parse(sarif.stdout)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'B506' }] }],
    });
  });
});

describe('analyze --explain', () => {
  it('prints flagged lines and flows after the findings', async () => {
    const { code, stdout } = await sgcode(['analyze', 'weak.py', 'clean.py', '--explain']);
    expect(stdout).toMatch(
      /weak\.py\n {2}medium +B506 .*\n {2}What the graph network says {2}risk of the file 0\.93; 1 of 1 line flagged \(0\.80 or more\)\n/,
    );
    expect(stdout).toMatch(
      /\n {4}line 1 +0\.93 +CWE-502 +would load plain data only\n +yaml\.load\(f\)\n {4}flow +0\.90 +CWE-502 +line 1 f →\[cut\]→ yaml\.load\(f\)\n/,
    );
    expect(stdout).toContain('No line is flagged. The highest risk is 0.04, in line 1.');
    expect(code).toBe(1);
  });

  it('changes no exit code: a risk is no finding', async () => {
    writeFileSync(join(cwd, 'quiet.py'), 'x = 1  # yaml.load\n');
    expect((await sgcode(['analyze', 'quiet.py', '--explain'])).code).toBe(0);
  });

  it('prints every line with its risk as JSON, and null where nothing can be said', async () => {
    const { stdout } = await sgcode(['analyze', 'bad.py', 'weak.py', '--explain', '--format', 'json']);
    const { files } = AnalyzeCommandOutputSchema.parse(JSON.parse(stdout));
    expect(files).toMatchObject([
      {
        path: 'bad.py',
        risk: null,
        threshold: null,
        unassessed: 'the code is not UTF-8',
        lines: [],
        flows: [],
      },
      {
        path: 'weak.py',
        risk: 0.93,
        threshold: 0.8,
        unassessed: null,
        lines: [{ line: 1, risk: 0.93, cwe: 'CWE-502', operator: 'safe-loader' }],
        flows: [{ cut: 0.9, path: [{ line: 1 }, { line: 1 }] }],
      },
    ]);
  });

  it('asks the gGAN only with --explain, and prints nothing of it without', async () => {
    const { stdout, calls } = await sgcode(['analyze', 'weak.py', '--format', 'json']);
    expect(calls.explained).toBe(0);
    expect(Object.keys(JSON.parse(stdout).files[0])).toEqual(['path', 'status', 'reason', 'findings']);
  });

  it('adds a run to review to SARIF', async () => {
    const { stdout } = await sgcode(['analyze', 'weak.py', '--explain', '--format', 'sarif']);
    expect(JSON.parse(stdout).runs).toMatchObject([
      { tool: { driver: { name: 'bandit' } } },
      {
        tool: { driver: { name: 'sgcode-ggan' } },
        results: [{ kind: 'review', ruleId: 'ggan/safe-loader' }],
      },
    ]);
  });

  it('fails where there is no model, instead of saying nothing of it', async () => {
    const modelFailure = new Error('models/ggan/ggan.onnx is missing');
    await expect(sgcode(['analyze', 'weak.py', '--explain'], { modelFailure })).rejects.toThrow(modelFailure);
    expect((await sgcode(['analyze', 'weak.py'], { modelFailure })).code).toBe(1);
  });
});

describe('report', () => {
  it.each([
    ['text', /^examples\/user_service\.py\n✓ Secured/],
    ['html', /^<!doctype html>/],
    ['patch', /^diff --git a\/examples\/user_service\.py b\/examples\/user_service\.py\n/],
  ])('prints %s', async (format, expected) => {
    const { code, stdout } = await sgcode(['report', securedReport.runId, '--format', format]);
    expect(stdout).toMatch(expected);
    expect(code).toBe(0);
  });

  it('prints a PDF to a file, and to no terminal', async () => {
    const args = ['report', securedReport.runId, '--format', 'pdf'];
    const { code, stdout } = await sgcode(args);
    const onTerminal = await sgcode(args, { terminal: true });

    expect(code).toBe(0);
    expect(readPdf(Buffer.from(stdout, 'latin1')).join('\n')).toContain('yaml.safe_load(handle)');
    expect([onTerminal.code, onTerminal.stdout]).toEqual([2, '']);
    expect(onTerminal.stderr).toContain('report.pdf');
  });

  it('prints the whole report as JSON', async () => {
    const { stdout } = await sgcode(['report', securedReport.runId, '--format', 'json']);
    expect(ReportSchema.parse(JSON.parse(stdout))).toEqual(securedReport);
  });

  it('prints what the secured code is left with as SARIF', async () => {
    const { stdout } = await sgcode(['report', securedReport.runId, '--format', 'sarif']);
    const [run] = JSON.parse(stdout).runs;
    expect(run.tool.driver).toMatchObject({ name: 'bandit', version: '1.9.4' });
    expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(
      securedReport.secured.findings.map(({ rule }) => rule),
    );
  });

  it('says that there is none', async () => {
    const { code, stdout, stderr } = await sgcode(['report', 'f'.repeat(32)]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('There is no report of run');
  });
});

describe('serve', () => {
  it('says where, until it is stopped', async () => {
    const { code, stdout, calls } = await sgcode(['serve', '--port', '9000'], { aborted: true });
    expect(stdout).toContain('http://127.0.0.1:9000/');
    expect([code, calls.closed]).toEqual([0, 1]);
  });
});
