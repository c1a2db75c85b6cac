import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { RestApiOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CHECKOUT } from '../checkout.ts';
import type { StageConfig } from '../config.ts';
import { allowFetching, type ExportedPage, NO_CONTENT, readExportedPage } from '../exported-page.ts';
import { acknowledge } from './acknowledge.ts';
import type { Api } from './api.ts';
import type { Entrance } from './entrance.ts';
import { publishPage } from './publish-page.ts';
import type { Storage } from './storage.ts';

type SiteProps = { config: StageConfig; storage: Storage; entrance: Entrance; api: Api };

/** The web page at the edge, and its path to the API. */
export class Site extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    const { pageFolder } = props.config;
    const page = readExportedPage(join(CHECKOUT, pageFolder));
    if (!page) {
      Annotations.of(this).addWarningV2(
        'sgcode:no-page',
        `The page is missing: ${pageFolder} is not built, so that only the API is deployed. node scripts/web/build-page.ts builds it.`,
      );
    }
    const bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    this.distribution = this.makeDistribution(bucket, page, props);
    if (page) publishPage(this, { page, bucket, distribution: this.distribution });
    acknowledge(bucket, { 'AwsSolutions-S1': 'It holds the public page and nothing else.' });
    acknowledge(this.distribution, {
      'AwsSolutions-CFR1': 'Everybody may read the page.',
      'AwsSolutions-CFR2': 'The firewall of a stage is before its API; the page is static files.',
      'AwsSolutions-CFR3':
        'Access logs of the page would hold the addresses of its readers, and nothing needs them.',
      'AwsSolutions-CFR4':
        "CloudFront's own certificate allows no other choice; a domain's own certificate would.",
    });
  }

  private makeDistribution(
    bucket: Bucket,
    page: ExportedPage | null,
    { storage, entrance, api }: SiteProps,
  ): Distribution {
    const pages = `const PAGES = ${JSON.stringify(page?.pages ?? [])};\n`;
    return new Distribution(this, 'Distribution', {
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        compress: true,
        responseHeadersPolicy: this.securityHeaders(page, storage),
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: this.edge('PageRequest', 'page-request.js', pages),
          },
          {
            eventType: FunctionEventType.VIEWER_RESPONSE,
            function: this.edge('PageResponse', 'page-response.js'),
          },
        ],
      },
      additionalBehaviors: {
        '/v1/*': {
          origin: new RestApiOrigin(api.rest, {
            // Written over whatever key the visitor sent: here everybody is the page.
            customHeaders: { 'x-api-key': entrance.pageKeyValue.secretValue.unsafeUnwrap() },
            readTimeout: Duration.seconds(30),
          }),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          functionAssociations: [
            {
              eventType: FunctionEventType.VIEWER_REQUEST,
              function: this.edge('ApiRequest', 'api-request.js'),
            },
          ],
        },
      },
    });
  }

  private securityHeaders(page: ExportedPage | null, { bucket }: Storage): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'SecurityHeaders', {
      comment: 'What the page may do in a browser',
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          // Answers that are too large for the API are fetched from the bucket.
          contentSecurityPolicy: page
            ? allowFetching(page.contentSecurityPolicy, `https://${bucket.bucketRegionalDomainName}`)
            : NO_CONTENT,
          override: true,
        },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
          { header: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
        ],
      },
    });
  }

  private edge(id: string, file: string, before = ''): EdgeFunction {
    const code = readFileSync(join(CHECKOUT, 'infra/edge', file), 'utf8');
    return new EdgeFunction(this, id, {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(`${before}${code}`),
    });
  }
}
