import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AwsEmulator } from '#ports/fixtures/aws-emulator.ts';
import type { StackAssembly } from './assembly.ts';
import { zipFolder } from './zip-folder.ts';

const ACCOUNT = '000000000000';
const MAX_DEPLOY_MS = 60_000;

/** What a deployed stack says of itself: its outputs, and the physical id of every resource by its logical one. */
export type Deployment = { outputs: Record<string, string>; ids: Record<string, string> };

/**
 * Deploys a localized assembly as CloudFormation does, without the `cdk` command and its bootstrap stack.
 * Throws with the events that failed where the stack is not created.
 */
export async function deploy(assembly: StackAssembly, { clientConfig }: AwsEmulator): Promise<Deployment> {
  const cloudFormation = new CloudFormationClient(clientConfig);
  const s3 = new S3Client(clientConfig);
  try {
    await upload(assembly, s3, clientConfig.region);
    const template = { Bucket: 'templates', Key: `${assembly.name}.json` };
    await s3.send(new CreateBucketCommand({ Bucket: template.Bucket }));
    await s3.send(new PutObjectCommand({ ...template, Body: JSON.stringify(assembly.template) }));
    await cloudFormation.send(
      new CreateStackCommand({
        StackName: assembly.name,
        TemplateURL: `${clientConfig.endpoint}/${template.Bucket}/${template.Key}`,
        Capabilities: ['CAPABILITY_IAM'],
      }),
    );
    const outputs = await created(assembly.name, cloudFormation);
    return { outputs, ids: await physicalIds(assembly.name, cloudFormation) };
  } finally {
    cloudFormation.destroy();
    s3.destroy();
  }
}

async function upload({ assets, folder, name }: StackAssembly, s3: S3Client, region: string): Promise<void> {
  const values: Record<string, string> = { AccountId: ACCOUNT, Region: region };
  const fill = (text: string) => text.replaceAll(/\$\{AWS::(\w+)\}/g, (_all, name) => values[name] ?? '');
  const buckets = new Set<string>();
  for (const { source, destinations } of Object.values(assets.files)) {
    if (source.path === `${name}.template.json`) continue;
    const path = join(folder, source.path);
    const Body = source.packaging === 'zip' ? await zipFolder(path) : await readFile(path);
    for (const { bucketName, objectKey } of Object.values(destinations)) {
      const Bucket = fill(bucketName);
      if (!buckets.has(Bucket)) await s3.send(new CreateBucketCommand({ Bucket }));
      buckets.add(Bucket);
      await s3.send(new PutObjectCommand({ Bucket, Key: fill(objectKey), Body }));
    }
  }
}

async function created(
  StackName: string,
  cloudFormation: CloudFormationClient,
): Promise<Record<string, string>> {
  const deadline = performance.now() + MAX_DEPLOY_MS;
  while (performance.now() < deadline) {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const { StackStatus, Outputs = [] } = Stacks?.[0] ?? {};
    if (StackStatus === 'CREATE_COMPLETE') {
      return Object.fromEntries(
        Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
      );
    }
    if (StackStatus !== 'CREATE_IN_PROGRESS') break;
    await sleep(50);
  }
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
  const reasons = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.includes('FAILED')).map(
    ({ LogicalResourceId, ResourceType, ResourceStatusReason }) =>
      `${LogicalResourceId} (${ResourceType}): ${ResourceStatusReason}`,
  );
  throw new Error(`The stack was not created:\n${reasons.join('\n')}`);
}

async function physicalIds(StackName: string, client: CloudFormationClient): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of page.StackResourceSummaries ?? []) {
      ids[LogicalResourceId] = PhysicalResourceId;
    }
  }
  return ids;
}
