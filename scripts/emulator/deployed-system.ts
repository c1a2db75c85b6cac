import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import { type AwsEmulator, startEmulator } from '#ports/fixtures/aws-emulator.ts';
import { readAssembly, type StackAssembly } from './assembly.ts';
import { deploy } from './deploy.ts';
import { createFaults, type Faults } from './faults.ts';
import { localizeFunctions } from './localize-functions.ts';
import { localizeTemplate } from './localize-template.ts';
import { mendValidators } from './mend-api.ts';
import { functionsOfStates } from './state-functions.ts';
import { synthesize } from './synthesize.ts';

/** The whole stack on an emulator of this machine, as it is seen from outside. */
export type DeployedSystem = {
  emulator: AwsEmulator;
  outputs: Outputs;
  /** Where the API answers, up to and without `/v1`. */
  apiUrl: string;
  /** What the clients of the stage send as `x-api-key`, in the order in which the stage names them. */
  apiKeys: string[];
  /** Task state → logical id of the function that it calls. */
  functionOf: Record<string, string>;
  faults: Faults;
  close: () => Promise<void>;
};

const OutputsSchema = z.looseObject({
  ApiUrl: z.string(),
  ClientKeyIds: z.string().transform((ids) => ids.split(',')),
  TableName: z.string(),
  BucketName: z.string(),
  StateMachineArn: z.string(),
  KeyArn: z.string(),
});
export type Outputs = z.infer<typeof OutputsSchema>;

/** What is left of a state machine's waits: they are here to be met, not to be waited for. */
const WAIT_SCALE = 0.1;
const TEMPLATE_SUFFIX = '.template.json';

/**
 * Synthesizes the checkout's stack with these values of context, and deploys it to an emulator that it starts.
 * Throws with the reason where it cannot, and leaves nothing behind.
 */
export async function deploySystem(
  checkout: string,
  context: Record<string, unknown> = {},
): Promise<DeployedSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'sgcode-stack-'));
  const starting = startEmulator({ waitScale: WAIT_SCALE });
  const close = async () => {
    await starting.then(({ close }) => close()).catch(() => {});
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const assembly = join(folder, 'assembly');
    await synthesize(checkout, assembly, { images: 'docker', ...context });
    return { ...(await deployAssembly(assembly, checkout, await starting)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function deployAssembly(
  folder: string,
  checkout: string,
  emulator: AwsEmulator,
): Promise<Omit<DeployedSystem, 'close'>> {
  const places = { checkout, faults: join(folder, 'faults'), apiKeys: join(folder, 'api-keys.json') };
  const assembly = await readAssembly(folder, await stackIn(folder));
  await localizeFunctions(assembly, places);
  localizeTemplate(assembly.template);
  const deployment = await deploy(assembly, emulator);
  await mendValidators(assembly.template, deployment, emulator);
  const outputs = OutputsSchema.parse(deployment.outputs);
  const apiKeys = await keyValues(outputs.ClientKeyIds, emulator);
  const idOf = Object.fromEntries(apiKeys.map((value, index) => [value, outputs.ClientKeyIds[index]]));
  await writeFile(places.apiKeys, JSON.stringify(idOf));
  return {
    emulator,
    outputs,
    apiUrl: localUrl(outputs.ApiUrl, emulator),
    apiKeys,
    functionOf: functionsOfStates(assembly.template),
    faults: createFaults(places.faults),
  };
}

async function stackIn(folder: string): Promise<StackAssembly['name']> {
  const [name, ...others] = (await readdir(folder)).filter((file) => file.endsWith(TEMPLATE_SUFFIX));
  if (name === undefined || others.length > 0) throw new Error(`${folder} holds not one stack`);
  return name.slice(0, -TEMPLATE_SUFFIX.length);
}

/** AWS gives every API a host of its own, the emulator a path: https://ID.execute-api.REGION…/STAGE/ */
function localUrl(apiUrl: string, { endpoint }: AwsEmulator): string {
  const { hostname, pathname } = new URL(apiUrl);
  const [apiId] = hostname.split('.');
  return `${endpoint}/_aws/execute-api/${apiId}${pathname.replace(/\/(v1\/?)?$/, '')}`;
}

async function keyValues(ids: string[], { clientConfig }: AwsEmulator): Promise<string[]> {
  const client = new APIGatewayClient(clientConfig);
  const keys = await Promise.all(
    ids.map((apiKey) => client.send(new GetApiKeyCommand({ apiKey, includeValue: true }))),
  );
  client.destroy();
  return keys.map(({ value = '' }) => value);
}
