import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { CHECKOUT } from './paths.mjs';

const ROOMS = [
  'domain',
  'ports',
  'benchmarking',
  'rendering',
  'middleware',
  'hardening',
  'api',
  'aws',
  'scripts',
  'infra',
] as const;

const ALLOWED: Record<string, readonly string[]> = {
  domain: ['domain'],
  ports: ['domain', 'ports'],
  benchmarking: ['domain', 'benchmarking'],
  rendering: ['domain', 'benchmarking', 'rendering'],
  middleware: ['domain', 'middleware'],
  hardening: ['domain', 'ports', 'hardening'],
  api: ['domain', 'ports', 'benchmarking', 'rendering', 'middleware', 'api'],
  aws: ['domain', 'ports', 'rendering', 'middleware', 'hardening', 'api', 'aws'],
};

const ReportSchema = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

type Case = { file: string; code: string; category: string; refused: boolean };

const CASES: Case[] = Object.entries(ALLOWED).flatMap(([from, allowed]) => [
  ...ROOMS.map((to) => ({
    file: `functions/${from}/by-name-${to}.ts`,
    code: `import { thing } from '#${to}/deep/thing.ts';\nthing();\n`,
    category: 'lint/style/noRestrictedImports',
    refused: !allowed.includes(to),
  })),
  ...ROOMS.filter((to) => to !== from).map((to) => ({
    file: `functions/${from}/below/by-path-${to}.ts`,
    code: `export { thing } from '${to === 'scripts' || to === 'infra' ? '../../..' : '../..'}/${to}/thing.ts';\n`,
    category: 'lint/style/noRestrictedImports',
    refused: true,
  })),
  {
    file: `functions/${from}/environment.ts`,
    code: 'export const home = process.env.HOME;\n',
    category: 'lint/style/noProcessEnv',
    refused: true,
  },
]);

const DOMAIN_CASES: Case[] = [
  { module: 'zod', refused: false },
  { module: './beside.ts', refused: false },
  { module: 'node:fs', refused: true },
  { module: 'diff', refused: true },
].map(({ module, refused }, index) => ({
  file: `functions/domain/module-${index}.ts`,
  code: `import { thing } from '${module}';\nthing();\n`,
  category: 'lint/style/noRestrictedImports',
  refused,
}));

const OTHER_CASES: Case[] = [
  {
    file: 'functions/hardening/below/imports-parent.ts',
    code: "import { thing } from '../thing.ts';\nthing();\n",
    category: 'lint/style/noRestrictedImports',
    refused: false,
  },
  {
    file: 'functions/domain/buffer.ts',
    code: "export const bytes = Buffer.from('a');\n",
    category: 'lint/style/noRestrictedGlobals',
    refused: true,
  },
  {
    file: 'functions/hardening/imports-late.ts',
    code: "export const thing = await import('#scripts/thing.ts');\n",
    category: 'lint/style/noRestrictedImports',
    refused: true,
  },
  ...['domain', 'ports', 'rendering', 'api', 'scripts', 'infra'].map((to) => ({
    file: `web/report/by-name-${to}.tsx`,
    code: `import { thing } from '#${to}/deep/thing.ts';\nthing();\n`,
    category: 'lint/style/noRestrictedImports',
    refused: to !== 'domain',
  })),
  ...['functions/domain', 'functions/ports', 'scripts', 'infra'].map((to, index) => ({
    file: `web/report/by-path-${index}.ts`,
    code: `import { thing } from '../../${to}/thing.ts';\nthing();\n`,
    category: 'lint/style/noRestrictedImports',
    refused: true,
  })),
  ...['aws', 'api', 'hardening', 'domain', 'ports', 'rendering', 'middleware', 'scripts'].map((room) => ({
    file: `infra/constructs/by-name-${room}.ts`,
    code: `import { thing } from '#${room}/thing.ts';\nthing();\n`,
    category: 'lint/style/noRestrictedImports',
    refused: !['aws', 'api', 'hardening', 'domain'].includes(room),
  })),
  {
    file: 'infra/constructs/by-path.ts',
    code: "import { thing } from '../../functions/aws/thing.ts';\nthing();\n",
    category: 'lint/style/noRestrictedImports',
    refused: true,
  },
  {
    file: 'scripts/imports-all.ts',
    code: "import { thing } from '#api/thing.ts';\nthing(process.env.HOME);\n",
    category: 'lint/style/noRestrictedImports',
    refused: false,
  },
];

describe('the arrows between rooms', () => {
  let folder: string;
  let refusals: Set<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sgcode-arrows-'));
    const config = z.looseObject({}).parse(JSON.parse(await readFile(join(CHECKOUT, 'biome.json'), 'utf8')));
    await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
    await symlink(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
    for (const { file, code } of [...CASES, ...DOMAIN_CASES, ...OTHER_CASES]) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), code);
    }
    refusals = await lint(folder);
  }, 30_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([...CASES, ...DOMAIN_CASES, ...OTHER_CASES])(
    '$file refused: $refused',
    ({ file, category, refused }) => {
      expect(refusals.has(`${category} ${file}`)).toBe(refused);
    },
  );
});

function lint(folder: string): Promise<Set<string>> {
  return new Promise((resolve, reject) => {
    const biome = join(CHECKOUT, 'node_modules', '.bin', 'biome');
    const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
    execFile(biome, args, { cwd: folder, maxBuffer: 20_000_000 }, (_error, stdout, stderr) => {
      const report = ReportSchema.safeParse(JSON.parse(stdout || 'null'));
      if (!report.success) return reject(new Error(stderr));
      resolve(
        new Set(report.data.diagnostics.map(({ category, location }) => `${category} ${location.path}`)),
      );
    });
  });
}
