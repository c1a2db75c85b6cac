import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Resource, resourcesOf, type StackAssembly } from './assembly.ts';

/** What stands in for AWS: this checkout, the folder of the faults that tests leave, and the file of all API keys. */
export type Places = {
  checkout: string;
  faults: string;
  apiKeys: string;
  /** In the place of what the template says, for functions that are told of them. */
  variables?: Record<string, string>;
};

const FunctionSchema = z.looseObject({
  PackageType: z.enum(['Zip', 'Image']).default('Zip'),
  Runtime: z.string().default(''),
  Code: z.looseObject({ S3Key: z.string().optional() }),
  TenancyConfig: z.unknown().optional(),
  ImageConfig: z.looseObject({ Command: z.tuple([z.string()]) }).optional(),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});

/** What the managed runtime of Node has beside the function's code. */
const SDK_SCOPES = ['@aws-sdk', '@smithy'];

const RUNTIMES = fileURLToPath(new URL('./runtime/', import.meta.url));

/**
 * Rewrites every function so that it runs without containers, and with the names of its errors: its own code, handler,
 * environment and role, under a runtime client of ours. What images and layers bring for Graviton is this machine's.
 */
export async function localizeFunctions(assembly: StackAssembly, places: Places): Promise<void> {
  const { template, folder } = assembly;
  const sdk = join(folder, 'sdk', 'node_modules');
  await linkPackages(places.checkout, sdk, SDK_SCOPES);
  const NODE_PATH = [sdk, ...(await linkLayers(assembly, places.checkout))].join(delimiter);

  for (const [id, resource] of resourcesOf(template, 'AWS::Lambda::Function')) {
    const { PackageType, Runtime, Environment } = FunctionSchema.parse(resource.Properties);
    const told = Object.keys(Environment?.Variables ?? {});
    const variables = {
      ...Object.fromEntries(Object.entries(places.variables ?? {}).filter(([name]) => told.includes(name))),
      SGCODE_FAULTS: join(places.faults, id),
      SGCODE_API_KEYS: places.apiKeys,
    };
    if (PackageType === 'Image') {
      await localizeImage(assembly, resource, places.checkout, variables);
    } else if (Runtime.startsWith('nodejs')) {
      await localizeNode(assembly, resource, { ...variables, NODE_PATH });
    }
  }
}

async function linkPackages(checkout: string, folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of names) await symlink(join(checkout, 'node_modules', name), join(folder, name));
}

async function linkLayers(assembly: StackAssembly, checkout: string): Promise<string[]> {
  const folders: string[] = [];
  for (const [id, { Properties }] of resourcesOf(assembly.template, 'AWS::Lambda::LayerVersion')) {
    const { S3Key } = z.looseObject({ S3Key: z.string() }).parse(Properties.Content);
    const brought = join(zippedFolder(assembly, S3Key), 'nodejs', 'node_modules');
    // CDK's own layer, of the AWS command line, is one file.
    if (!existsSync(brought)) continue;
    const packages = await readdir(brought);
    const folder = join(assembly.folder, 'layers', id, 'node_modules');
    await linkPackages(checkout, folder, packages);
    folders.push(folder);
  }
  return folders;
}

async function localizeNode(
  assembly: StackAssembly,
  resource: Resource,
  variables: Record<string, string>,
): Promise<void> {
  const { Code } = FunctionSchema.parse(resource.Properties);
  // Code without an asset is one of CDK's own helpers, inline.
  if (Code.S3Key === undefined) return;
  const runtime = 'node-runtime.mjs';
  await addRuntime(zippedFolder(assembly, Code.S3Key), process.execPath, runtime);
  delete resource.Properties.Layers;
  adopt(resource, { Runtime: 'provided.al2023' }, variables);
}

async function localizeImage(
  assembly: StackAssembly,
  resource: Resource,
  checkout: string,
  variables: Record<string, string>,
): Promise<void> {
  const { Code, ImageConfig, TenancyConfig } = FunctionSchema.parse(resource.Properties);
  const { dockerImages, files } = assembly.assets;
  const uri = JSON.stringify(Code);
  const [hash, image] = Object.entries(dockerImages).find(([name]) => uri.includes(name)) ?? [];
  if (hash === undefined || image === undefined) throw new Error(`there is no image ${uri}`);
  const folder = join(assembly.folder, image.source.directory);
  const isRunner = existsSync(join(folder, 'sgcode_runner'));
  const environment = join(checkout, isRunner ? '.venv-runner' : '.venv');
  await addRuntime(folder, join(environment, 'bin', 'python'), 'python_runtime.py');

  const S3Key = `${hash}.zip`;
  files[hash] = {
    source: { path: image.source.directory, packaging: 'zip' },
    destinations: { here: { bucketName: 'images', objectKey: S3Key } },
  };
  const dockerfile = await readFile(join(folder, image.source.dockerFile ?? 'Dockerfile'), 'utf8');
  const [Handler] = ImageConfig?.Command ?? commandIn(dockerfile);
  delete resource.Properties.PackageType;
  delete resource.Properties.ImageConfig;
  const code = { Code: { S3Bucket: 'images', S3Key }, Runtime: 'provided.al2023', Handler };
  adopt(resource, code, {
    ...variables,
    ...(TenancyConfig === undefined ? {} : { SGCODE_TENANTS: '1' }),
  });
}

async function addRuntime(folder: string, program: string, runtime: string): Promise<void> {
  await copyFile(join(RUNTIMES, runtime), join(folder, runtime));
  const script = `#!/bin/sh\nexec "${program}" "$LAMBDA_TASK_ROOT/${runtime}"\n`;
  await writeFile(join(folder, 'bootstrap'), script, { mode: 0o755 });
}

function adopt(resource: Resource, code: Record<string, unknown>, variables: Record<string, string>): void {
  const { Environment } = FunctionSchema.parse(resource.Properties);
  Object.assign(resource.Properties, code, {
    Environment: { Variables: { ...Environment?.Variables, ...variables } },
  });
}

function commandIn(dockerfile: string): [string] {
  const [, command] = /^CMD\s+(\[.*\])\s*$/m.exec(dockerfile) ?? [];
  return z.tuple([z.string()]).parse(JSON.parse(command ?? 'null'));
}

/** The folder that becomes the object `key`. */
function zippedFolder({ assets, folder }: StackAssembly, key: string): string {
  const file = Object.values(assets.files).find(({ destinations }) =>
    Object.values(destinations).some(({ objectKey }) => objectKey === key),
  );
  if (file === undefined) throw new Error(`no asset becomes ${key}`);
  return join(folder, basename(file.source.path));
}
