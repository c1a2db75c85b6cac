import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { logicalId } from './deployment-helpers.ts';

type Access = 'read' | 'read-write';
type BlobAccess = { access: Access; mayList: boolean };

const INDEXES = ['gsi1', 'gsi2'] as const;

/** What analyses outside of runs leave, and answers that are too large for API Gateway. */
const SCRATCH = ['analyses/', 'answers/'];

const READ_ITEMS = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:ConditionCheckItem',
];
const WRITE_ITEMS = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
];

/** What a sealed model key is bound to: it opens here, for its run and its host only. */
const SEAL_CONTEXT = ['app', 'run', 'host'];

/** Where runs live: what is known of them in a table, their code and reports in a bucket, users' keys sealed. */
export class Storage extends Construct {
  readonly table: TableV2;
  readonly bucket: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, { keepsData, retentionDays }: StageConfig) {
    super(scope, id);
    const removalPolicy = keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: INDEXES[0],
          partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
          sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
        },
        {
          indexName: INDEXES[1],
          partitionKey: { name: 'gsi2pk', type: AttributeType.STRING },
          sortKey: { name: 'gsi2sk', type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keepsData,
      removalPolicy,
    });

    this.bucket = new Bucket(this, 'Blobs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        // A day longer than the table keeps the run that names them, so that no run loses its report.
        {
          expiration: Duration.days(retentionDays + 1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        ...SCRATCH.map((prefix) => ({ prefix, expiration: Duration.days(1) })),
      ],
      // Large answers are fetched by an address that is signed and expires: that is the right to them.
      cors: [{ allowedMethods: [HttpMethods.GET], allowedOrigins: ['*'] }],
      removalPolicy,
      autoDeleteObjects: !keepsData,
    });
    acknowledge(this.bucket, {
      'AwsSolutions-S1':
        "Only the stage's own functions reach the blobs, and each of their requests is logged.",
    });

    this.key = new Key(this, 'ModelKeys', {
      description: "Seals users' model keys for as long as their runs take",
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.refuseUnboundSeals();
  }

  /** Lets a function read, or read and write, items of the table; never scan it. */
  grantTable(grantee: IFunction, access: Access): void {
    grantee.addToRolePolicy(
      new PolicyStatement({
        actions: access === 'read' ? READ_ITEMS : [...READ_ITEMS, ...WRITE_ITEMS],
        resources: ['', ...INDEXES.map((name) => `/index/${name}`)].map(
          (path) => `${this.table.tableArn}${path}`,
        ),
      }),
    );
  }

  /** Lets a function use the blobs below a prefix. */
  grantBlobs(grantee: IFunction, prefix: string, { access, mayList }: BlobAccess): void {
    const writes = ['s3:PutObject', ...(mayList ? ['s3:DeleteObject'] : [])];
    grantee.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', ...(access === 'read' ? [] : writes)],
        resources: [this.bucket.arnForObjects(`${prefix}*`)],
      }),
    );
    if (mayList) {
      grantee.addToRolePolicy(
        new PolicyStatement({
          actions: ['s3:ListBucket'],
          resources: [this.bucket.bucketArn],
          // If it exists: with this right S3 says that a blob is missing, and is then not asked about a prefix.
          conditions: { StringLikeIfExists: { 's3:prefix': [`${prefix}*`] } },
        }),
      );
    }
    acknowledge(grantee.node.scope ?? grantee, {
      [`AwsSolutions-IAM5[Resource::<${logicalId(this.bucket)}.Arn>/${prefix}*]`]:
        'Blobs are named by run; the prefix is the right.',
    });
  }

  /** Lets a function seal model keys, and not open them. */
  grantSeal(grantee: IFunction): void {
    this.grantKey(grantee, ['kms:Encrypt']);
  }

  /** Lets a function open sealed model keys. */
  grantOpen(grantee: IFunction): void {
    this.grantKey(grantee, ['kms:Decrypt']);
  }

  private grantKey(grantee: IFunction, actions: string[]): void {
    grantee.addToRolePolicy(
      new PolicyStatement({
        actions,
        resources: [this.key.keyArn],
        conditions: {
          StringEquals: { 'kms:EncryptionContext:app': 'sgcode' },
          'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': SEAL_CONTEXT },
        },
      }),
    );
  }

  /** ForAllValues holds for fewer names too: without this, a seal that is bound to no run would be allowed. */
  private refuseUnboundSeals(): void {
    for (const name of SEAL_CONTEXT) {
      this.key.addToResourcePolicy(
        new PolicyStatement({
          sid: `Bound${name}`,
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
          resources: ['*'],
          conditions: { Null: { [`kms:EncryptionContext:${name}`]: 'true' } },
        }),
      );
    }
  }
}
