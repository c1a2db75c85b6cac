import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** S3 rights as CDK's own grants spell them. */
const READS = ['Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*'];
const WRITES = ['Action::s3:Abort*', 'Action::s3:DeleteObject*'];
const ASSETS = 'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*';

const WRITES_LOGS =
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]';
const READS_PUBLIC_IMAGES =
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonElasticContainerRegistryPublicReadOnly]';

/** What packages put into the stack to do their work while deploying, by the beginnings of the names they give it. */
const HELPERS: Readonly<Record<string, (helper: IConstruct) => Record<string, string>>> = {
  'Custom::CDKBucketDeployment': () => ({
    'AwsSolutions-L1': "CDK's own function, on the runtime that it was tested with.",
    [WRITES_LOGS]: 'It writes its own logs by this.',
    ...wildcards(
      [...READS, ...WRITES, ASSETS, 'Resource::*'],
      "It copies the page's files, and tells the edge.",
    ),
  }),
  ContainerImageBuild: (helper) => ({
    'AwsSolutions-CB4': 'Its outputs are images, which their repository encrypts.',
    [READS_PUBLIC_IMAGES]: 'It reads public base images, and nothing else by this.',
    ...wildcards(
      [...READS, ASSETS, 'Resource::*', ...ownLogs(helper)],
      'It reads the sources and writes its own logs.',
    ),
  }),
  DeployTimeBuildCustomResourceHandler: () => ({
    'AwsSolutions-L1': "The package's own function, on the runtime that it was tested with.",
    [WRITES_LOGS]: 'It writes its own logs by this.',
  }),
};

/** Accepts what cdk-nag reports of helpers that are not ours to change; they are used while deploying only. */
export function acknowledgeHelpers(stack: Stack): void {
  for (const child of stack.node.children) {
    const [, reasonsOf] = Object.entries(HELPERS).find(([name]) => child.node.id.startsWith(name)) ?? [];
    if (reasonsOf) acknowledge(child, reasonsOf(child));
  }
}

/** What a helper that copies into a bucket may do with all that is in it. */
export function acknowledgeCopies(stack: Stack, bucket: IConstruct): void {
  const id = `AwsSolutions-IAM5[Resource::<${logicalId(bucket)}.Arn>/*]`;
  for (const child of stack.node.children) {
    if (child.node.id.startsWith('Custom::CDKBucketDeployment')) {
      acknowledge(child, { [id]: 'The page may have any file.' });
    }
  }
}

/** CodeBuild's default rights: its log group and its report groups. */
function ownLogs(project: IConstruct): string[] {
  const id = logicalId(project);
  const place = '<AWS::Region>:<AWS::AccountId>';
  return [
    `Resource::arn:<AWS::Partition>:codebuild:${place}:report-group/<${id}>-*`,
    `Resource::arn:<AWS::Partition>:logs:${place}:log-group:/aws/codebuild/<${id}>:*`,
  ];
}

function wildcards(findings: readonly string[], reason: string): Record<string, string> {
  return Object.fromEntries(findings.map((finding) => [`AwsSolutions-IAM5[${finding}]`, reason]));
}

/** The name in the template of the resource that a construct is for. */
export function logicalId(construct: IConstruct): string {
  return Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);
}
