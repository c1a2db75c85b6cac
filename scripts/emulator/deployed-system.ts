import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { synthesize } from '#infra/fixtures/synthesize.ts';
import { type AwsEmulator, startEmulator } from '#ports/fixtures/aws-emulator.ts';
import { createKeyMaker } from './api-keys.ts';
import { readAssembly } from './assembly.ts';
import { deploy } from './deploy.ts';
import { createFaults, type Faults } from './faults.ts';
import { localizeFunctions } from './localize-functions.ts';
import { localizeTemplate } from './localize-template.ts';
import { mendValidators } from './mend-api.ts';
import { functionsOfStates } from './state-functions.ts';

/** The whole stack on an emulator of this machine, as it is seen from outside. */
export type DeployedSystem = {
  emulator: AwsEmulator;
  outputs: Outputs;
  /** Where the API answers, up to and without `/v1`. */
  apiUrl: string;
  /** A new client of the API, with a key of its own; returns what it sends as `x-api-key`. */
  newApiKey: () => Promise<string>;
  /** Task state → logical id of the function that it calls. */
  functionOf: Record<string, string>;
  faults: Faults;
  close: () => Promise<void>;
};

const OutputsSchema = z.looseObject({
  ApiUrl: z.string(),
  TableName: z.string(),
  BucketName: z.string(),
  StateMachineArn: z.string(),
});
export type Outputs = z.infer<typeof OutputsSchema>;

/** As the tests of the infrastructure synthesize it, whose assembly is kept: the page is not what is driven. */
const SETTINGS = { images: 'docker', pageFolder: 'infra/fixtures/nowhere' };
const TEMPLATE_SUFFIX = '.template.json';
/** What is left of a state machine's waits: they are here to be met, not to be waited for. */
const WAIT_SCALE = 0.1;

/**
 * Synthesizes the checkout's stack, and deploys it to an emulator that it starts, with these variables in the place
 * of those that functions are told. Throws with the reason where it cannot, and leaves nothing behind.
 */
export async function deploySystem(
  checkout: string,
  variables: Record<string, string> = {},
): Promise<DeployedSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'sgcode-stack-'));
  const starting = startEmulator({ waitScale: WAIT_SCALE });
  const close = async () => {
    await starting.then(({ close }) => close()).catch(() => {});
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const synthesized = await synthesize(SETTINGS);
    await cp(synthesized.folder, folder, { recursive: true, filter: (path) => !path.endsWith('.cache') });
    return { ...(await deployAssembly(folder, checkout, await starting, variables)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function deployAssembly(
  folder: string,
  checkout: string,
  emulator: AwsEmulator,
  variables: Record<string, string>,
): Promise<Omit<DeployedSystem, 'close'>> {
  const places = { checkout, faults: join(folder, 'faults'), apiKeys: join(folder, 'api-keys.json') };
  const assembly = await readAssembly(folder, await stackIn(folder));
  await localizeFunctions(assembly, { ...places, variables });
  localizeTemplate(assembly.template);
  const deployment = await deploy(assembly, emulator);
  await mendValidators(assembly.template, deployment, emulator);
  const outputs = OutputsSchema.parse(deployment.outputs);
  return {
    emulator,
    outputs,
    apiUrl: localUrl(outputs.ApiUrl, emulator),
    newApiKey: createKeyMaker(assembly.template, deployment, emulator, places.apiKeys),
    functionOf: functionsOfStates(assembly.template),
    faults: createFaults(places.faults),
  };
}

async function stackIn(folder: string): Promise<string> {
  const [name, ...others] = (await readdir(folder)).filter((file) => file.endsWith(TEMPLATE_SUFFIX));
  if (name === undefined || others.length > 0) throw new Error(`${folder} holds not one stack.`);
  return name.slice(0, -TEMPLATE_SUFFIX.length);
}

/** AWS gives every API a host of its own, the emulator a path: https://ID.execute-api.REGION…/STAGE/ */
function localUrl(apiUrl: string, { endpoint }: AwsEmulator): string {
  const { hostname, pathname } = new URL(apiUrl);
  const [apiId] = hostname.split('.');
  return `${endpoint}/_aws/execute-api/${apiId}${pathname.replace(/\/$/, '')}`;
}
