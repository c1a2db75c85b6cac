import { Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import type { ExportedPage } from '../exported-page.ts';
import { acknowledgeCopies } from './deployment-helpers.ts';

/** What the build names by its content. */
const IMMUTABLE = '_next/static/*';

type Publication = { page: ExportedPage; bucket: Bucket; distribution: Distribution };

/** Copies the exported page into its bucket while deploying: first what pages refer to, then the pages. */
export function publishPage(scope: Construct, { page, bucket, distribution }: Publication): void {
  const everything = [Source.asset(page.folder, { exclude: ['csp.json'] })];
  const assets = new BucketDeployment(scope, 'Assets', {
    sources: everything,
    destinationBucket: bucket,
    exclude: ['*'],
    include: [IMMUTABLE],
    // Pages that are open somewhere still ask for the files of the build before.
    prune: false,
    cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    memoryLimit: 512,
  });
  const pages = new BucketDeployment(scope, 'Pages', {
    sources: everything,
    destinationBucket: bucket,
    exclude: [IMMUTABLE],
    prune: false,
    cacheControl: [CacheControl.fromString('public, max-age=0, must-revalidate')],
    memoryLimit: 512,
    distribution,
    distributionPaths: ['/*'],
  });
  pages.node.addDependency(assets);
  acknowledgeCopies(Stack.of(scope), bucket);
}
