import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StoreUnavailableError, WorkerLostError } from '#domain/errors.ts';
import { type Report, ReportSchema } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import { readJson } from '#ports/json-blob.ts';
import { createRun } from '#ports/run-store/create-run.ts';
import { canSeal } from '#ports/test-runner/fixtures/real-runner.ts';
import { finalizeRun } from './finalize-run.ts';
import { openRealServices, type RealServices } from './fixtures/real-services.ts';
import { hardenCode } from './harden-code.ts';
import { executeRun, type RunServices } from './local-runner.ts';

const encoder = new TextEncoder();
let services: RealServices;

beforeAll(async () => {
  services = await openRealServices();
});
afterAll(() => services.close());

const VULNERABLE = 'import yaml\n\n\ndef read(text):\n    return yaml.load(text)  # the settings\n';
const UNFIXABLE = 'import pickle\n\n\ndef read(data):\n    return pickle.loads(data)\n';

function harden(code: string, over: Partial<RunServices> = {}, settings = {}): Promise<Report> {
  return hardenCode({ ...services, ...over }, { path: 'app.py', code: encoder.encode(code), settings });
}

/** The states that a run enters, in order. */
async function statesOf(code: string): Promise<string[]> {
  const states: string[] = [];
  await hardenCode(
    services,
    { path: 'app.py', code: encoder.encode(code), settings: {} },
    { onState: (name) => states.push(name) },
  );
  return states;
}

/** The services with a worker whose answers can be watched and replaced. */
function workerThat(answer: (step: string) => void): RunServices['worker'] {
  return {
    ...services.worker,
    run: async (step, input, options) => {
      answer(step);
      return services.worker.run(step, input, options);
    },
  };
}

describe('a run in this process', () => {
  it('tells every state that it enters', async () => {
    const start = ['IsCodeGiven', 'Analyze', 'AnalyzeFile', 'PlanEdits', 'IsAnythingPlanned'];

    expect(await statesOf('x = 1\n')).toEqual([...start, 'Report']);
    expect(await statesOf(VULNERABLE)).toEqual([
      ...start,
      ...['ApplyEdits', 'IsCandidateNew', 'Reanalyze', 'AnalyzeCandidate', 'Verify', 'AreProgramsRun'],
      ...['Decide', 'IsDone', 'Report'],
    ]);
  });

  it('secures a vulnerable program and says what it did', async () => {
    const report = await harden(VULNERABLE);

    expect(report.verdict).toBe('secured');
    expect(report.secured.code).toBe(VULNERABLE.replace('yaml.load(', 'yaml.safe_load('));
    expect(report.original.code).toBe(VULNERABLE);
    expect(report.findings).toMatchObject({ before: 1, after: 0, fixed: 1, introduced: 0 });
    expect(report.edits).toEqual([
      expect.objectContaining({ operator: 'safe-loader', line: 5, cwe: 'CWE-20' }),
    ]);
    const lights = Object.entries(report.gates).map(([name, { light }]) => [name, light]);
    expect(Object.fromEntries(lights)).toEqual({
      parses: 'pass',
      secure: 'pass',
      surface: 'pass',
      honest: 'pass',
      behavior: 'not-run',
      tests: 'not-run',
    });
    expect(await services.runStore.get('local', report.runId)).toMatchObject({
      status: 'finished',
      outcome: { verdict: 'secured', failure: null, cancelled: false },
    });
  });

  it('changes nothing in a program without counted findings', async () => {
    const report = await harden('x = 1\n');

    expect([report.verdict, report.secured.code, report.iterations]).toEqual([
      'already-secure',
      'x = 1\n',
      0,
    ]);
  });

  it('gives back what no operator covers, and says so', async () => {
    const report = await harden(UNFIXABLE);

    expect([report.verdict, report.secured.code]).toEqual(['unchanged', UNFIXABLE]);
    expect(report.reason).toContain('no operator covers');
  });

  it('keeps what it could fix when something is left', async () => {
    const report = await harden(VULNERABLE + UNFIXABLE);

    expect(report.verdict).toBe('improved');
    expect(report.secured.code).toContain('yaml.safe_load(text)');
    expect(report.findings).toMatchObject({ fixed: 1, remaining: 1 });
  });

  it.each([
    ['', 'already-secure'],
    ['def f(:\n', 'failed'],
    ["print 'hello'\n", 'failed'],
    ['x = 1\0\n', 'failed'],
    [`x = ${'1+'.repeat(20_000)}1\n`, 'failed'],
    [`x = ${'('.repeat(2000)}${')'.repeat(2000)}\n`, 'failed'],
  ])('answers bad input %#', async (code, verdict) => {
    const report = await harden(code);

    expect([report.verdict, report.secured.code]).toEqual([verdict, code]);
    if (verdict === 'failed') expect(report.gates.secure.light).not.toBe('pass');
  });

  it('mends a late global statement beside the findings, in one go', async () => {
    const code = `${VULNERABLE}\n\ndef count(text):\n    if total < 9:\n        global total\n        total += 1\n`;

    const report = await harden(code, {}, { ggan: false });

    expect(report.secured.code).toBe(
      code
        .replace('yaml.load(', 'yaml.safe_load(')
        .replace('        global total\n', '')
        .replace('    if total', '    global total\n    if total'),
    );
    expect([report.verdict, report.iterations, report.gates.parses.light]).toEqual(['secured', 1, 'pass']);
    expect(report.edits.map(({ operator, source, cwe }) => [operator, source, cwe])).toEqual([
      ['hoist-global', 'compiler', null],
      ['safe-loader', 'analyzer', 'CWE-20'],
    ]);
    expect(report.reason).toContain('the program compiles now, which it did not before');
  });

  it('mends a late global statement where nothing else is to be done', async () => {
    const report = await harden('def f():\n    x = 1\n    global x\n');

    expect([report.verdict, report.secured.code]).toEqual([
      'hardened',
      'def f():\n    global x\n    x = 1\n',
    ]);
    expect(report.reason).toBe(
      'There was no counted finding; the program compiles now, which it did not before, and every gate that ran passed.',
    );
  });

  it('secures what it can of a program that it cannot make compile', async () => {
    const report = await harden(`${VULNERABLE}\n\ndef f():\n    print(x)\n    global x\n\n\nreturn f\n`);

    expect([report.verdict, report.findings.after, report.gates.parses.light]).toEqual([
      'improved',
      0,
      'fail',
    ]);
    const reason = expect.stringContaining("'return' outside function");
    expect(report.declined).toEqual([expect.objectContaining({ operator: 'hoist-global', reason })]);
  });

  it('keeps a byte order mark, tabs and CRLF where they are', async () => {
    const code = `\uFEFF${VULNERABLE.replaceAll('\n', '\r\n').replaceAll('    ', '\t')}`;

    const report = await harden(code);

    expect(report.secured.code).toBe(code.replace('yaml.load(', 'yaml.safe_load('));
  });

  it('counts findings that a comment would suppress', async () => {
    const report = await harden(VULNERABLE.replace('# the settings', '# nosec'));

    expect(report.findings.before).toBe(1);
  });

  it('tries once more when the worker is lost', async () => {
    let lost = 0;
    const worker = workerThat((step) => {
      if (step === 'verify' && lost++ === 0) throw new WorkerLostError('killed');
    });

    const report = await harden(VULNERABLE, { worker });

    expect([report.verdict, lost]).toEqual(['secured', 2]);
  });

  it.each(['analyze', 'apply-edits', 'verify'])(
    'ends in a report with the input when the step %s fails for good',
    async (failing) => {
      const worker = workerThat((step) => {
        if (step === failing) throw Object.assign(new Error('out of order'), { name: 'WorkerFailedError' });
      });

      const report = await harden(VULNERABLE, { worker });

      expect([report.verdict, report.secured.code]).toEqual(['failed', VULNERABLE]);
      expect(report.reason).toContain('out of order');
      expect((await services.runStore.get(null, report.runId))?.outcome?.failure?.message).toBe(
        'out of order',
      );
    },
  );

  it('keeps the best candidate when a later step fails', async () => {
    let applied = 0;
    const worker = workerThat((step) => {
      if (step === 'apply-edits' && ++applied === 2) throw new Error('out of order');
    });
    const twice = `${VULNERABLE}\n\ndef other(text):\n    return yaml.load(yaml.load(text))\n`;

    const report = await harden(twice, { worker });

    expect(report.verdict).toBe('improved');
    expect(report.secured.code).toContain('yaml.safe_load(');
    expect(report.reason).toContain('ApplyEdits then failed');
  });

  it('makes the program need a package only where the run allows it', async () => {
    const code = 'import xml.dom.minidom as m\n\n\ndef read(text):\n    return m.parseString(text)\n';

    const refused = await harden(code);
    const allowed = await harden(code, {}, { allowedPackages: ['defusedxml'] });

    expect([refused.verdict, refused.declined[0]?.reason]).toEqual([
      'unchanged',
      expect.stringContaining('--allow-package defusedxml'),
    ]);
    expect([allowed.verdict, allowed.edits[0]?.declared[0]?.name]).toEqual(['secured', 'defusedxml']);
    expect(allowed.secured.code).toContain('defusedxml.minidom.parseString(text)');
  });

  it('writes queries for the driver that the run names, and says so', async () => {
    const code = 'def read(cur, name):\n    cur.execute(f"SELECT x FROM t WHERE y = \'{name}\'")\n';

    const unnamed = await harden(code);
    const named = await harden(code, {}, { databaseDriver: 'psycopg2' });

    expect([unnamed.verdict, unnamed.declined[0]?.reason]).toEqual([
      'unchanged',
      expect.stringContaining('name it with --database-driver'),
    ]);
    expect([named.verdict, named.edits[0]?.summary]).toEqual([
      'secured',
      expect.stringContaining('Written for psycopg2, which --database-driver names.'),
    ]);
    expect(named.secured.code).toContain('"SELECT x FROM t WHERE y = %s", (str(name),)');
  });

  it('stops between the steps when it is cancelled', async () => {
    const { run } = await createRun(services, {
      owner: 'local',
      path: 'app.py',
      code: encoder.encode(VULNERABLE),
      settings: {},
    });
    await services.runStore.requestCancel(run.id);

    await executeRun(services, run.id);

    expect(await services.runStore.get(null, run.id)).toMatchObject({
      status: 'finished',
      outcome: { verdict: 'unchanged', cancelled: true, reason: expect.stringContaining('cancelled') },
    });
  });

  it('rejects when the store is full, and the next run works', async () => {
    const blobStore = {
      ...services.blobStore,
      put: async () => {
        throw new StoreUnavailableError('no space left on the disk');
      },
    };

    await expect(harden(VULNERABLE, { blobStore })).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    expect((await harden(VULNERABLE)).verdict).toBe('secured');
  });

  it('says that the report could not be written, and finishes the run all the same', async () => {
    const { putNew } = services.blobStore;
    const blobStore = {
      ...services.blobStore,
      putNew: async (...[key, bytes]: Parameters<typeof putNew>) => {
        if (key.endsWith('report.json')) throw new StoreUnavailableError('no space left on the disk');
        return putNew(key, bytes);
      },
    };

    await expect(harden(VULNERABLE, { blobStore })).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      message: expect.stringContaining('no space left on the disk'),
    });
    expect((await services.runStore.list('local', { limit: 1 })).runs[0]).toMatchObject({
      status: 'finished',
      outcome: { verdict: 'failed', failure: { step: 'Report' } },
    });
  });

  it('secures twenty programs at once', async () => {
    const reports = await Promise.all(Array.from({ length: 20 }, () => harden(VULNERABLE)));

    expect(reports.map(({ verdict }) => verdict)).toEqual(Array(20).fill('secured'));
    expect(new Set(reports.map(({ runId }) => runId)).size).toBe(20);
  });
});

const itSealed = (await canSeal()) ? it : it.skip;

describe('a run whose programs are run', () => {
  const code = `${VULNERABLE}\nAPI_TOKEN = "mon-4f9c1e07b2d84a55"\n\n\ndef header():\n    return API_TOKEN[:3]\n`;
  const hardenWith = (tests: string) =>
    hardenCode(services, {
      path: 'src/app.py',
      code: encoder.encode(code),
      tests: encoder.encode(tests),
      settings: { behavior: 'always' },
    });

  itSealed('is secured where both act the same and every test still passes', async () => {
    const report = await hardenWith('import app\ndef test_header(): assert app.header() == "mon"\n');

    expect([report.verdict, report.gates.behavior.light, report.gates.tests.light]).toEqual([
      'secured',
      'pass',
      'pass',
    ]);
    expect(report.gates.tests.evidence[0]?.message).toBe('1 test passes before and after');
  });

  itSealed('loses only the edit that breaks a test, and says which test', async () => {
    const report = await hardenWith(
      'import app\ndef test_source(): assert "yaml.load(" in open(app.__file__).read()\n',
    );

    expect(report.secured.code).toContain('yaml.load(');
    expect(report.secured.code).toContain('os.environ');
    expect([report.verdict, report.gates.tests.light]).toEqual(['improved', 'pass']);
    expect(report.declined[0]?.reason).toMatch(/passed before, failed after: test_source/);
  });
});

describe('finalizeRun', () => {
  it('reports how far a run came that ended from outside', async () => {
    const { run } = await createRun(services, {
      owner: 'local',
      path: 'app.py',
      code: encoder.encode(VULNERABLE),
      settings: {},
    });
    await services.runStore.markRunning(run.id);

    await finalizeRun(services, run, { reason: 'The process was killed.' });

    expect(await services.runStore.get(null, run.id)).toMatchObject({
      status: 'finished',
      outcome: { verdict: 'failed', reason: expect.stringContaining('The process was killed.') },
    });
  });

  it('keeps the best candidate that the run had come to', async () => {
    const { runId, secured } = await harden(VULNERABLE + UNFIXABLE);
    const run = await services.runStore.get(null, runId);
    if (!run) throw new Error('the run is gone');
    await services.blobStore.delete(runKeys(runId).report);

    await finalizeRun(services, run, { reason: 'The process was killed.' });

    const report = await readJson(services.blobStore, runKeys(runId).report, ReportSchema);
    expect([report.verdict, report.secured.code]).toEqual(['improved', secured.code]);
    expect(report.edits.map(({ operator }) => operator)).toEqual(['safe-loader']);
    expect(report.reason).toContain('The process was killed.');
  });
});
