import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { type Zippable, zipSync } from 'fflate';
import { functions, type NodeFunction } from '#aws/functions.ts';
import { bundleFunction } from '#infra/bundle.ts';
import { CHECKOUT } from '#scripts/setup/paths.mjs';

const IMPORTS = 5;
const run = promisify(execFile);

/**
 * How large the bundle of each Lambda function is when zipped, without its layer, and how much processor time of this
 * machine a fresh process takes to import it: the median of five. The handlers are opened too, since that is part of
 * a cold start. Processor time, because what else the machine does must not count.
 */
async function measure(): Promise<void> {
  const workshop = await mkdtemp(join(tmpdir(), 'sgcode-bundles-'));
  try {
    // The AWS SDK and ONNX Runtime come from the runtime and the layer there.
    await symlink(join(CHECKOUT, 'node_modules'), join(workshop, 'node_modules'));
    process.stdout.write('| function | zipped bytes | cold import, CPU ms |\n|---|---:|---:|\n');
    for (const [name, spec] of Object.entries(functions)) {
      if (spec.runs !== 'node') continue;
      const folder = join(workshop, name);
      await mkdir(folder);
      bundleFunction(spec, folder);
      const bytes = zipSync(await filesOf(folder), { level: 9 }).byteLength;
      const ms = await coldImport(spec, folder);
      process.stdout.write(`| ${name} | ${bytes.toLocaleString('en-US')} | ${ms.toFixed(0)} |\n`);
    }
  } finally {
    await rm(workshop, { recursive: true });
  }
}

async function filesOf(folder: string): Promise<Zippable> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Zippable = {};
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name);
    files[relative(folder, file)] = await readFile(file);
  }
  return files;
}

async function coldImport({ env }: NodeFunction, folder: string): Promise<number> {
  // In a file, since code on the command line is given a `require` that modules do not have.
  const program = join(folder, 'import.mjs');
  await writeFile(
    program,
    `const before = process.cpuUsage();
await import('./index.mjs');
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
process.exit();`,
  );
  // A text, a count and a switch alike: opening a handler calls nothing.
  const settings = Object.fromEntries(Object.keys(env.shape).map((name) => [name, '1']));
  const times: number[] = [];
  for (let count = 0; count < IMPORTS; count += 1) {
    const { stdout } = await run(process.execPath, [program], {
      env: { ...settings, PATH: process.env.PATH, AWS_REGION: 'us-east-1', LAMBDA_TASK_ROOT: folder },
    });
    times.push(Number(stdout));
  }
  return times.toSorted((a, b) => a - b)[Math.floor(IMPORTS / 2)] ?? Number.NaN;
}

await measure();
