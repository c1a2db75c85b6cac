import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { listRoutes } from '#api/routes.ts';
import type { Template } from './costs/template.ts';
import { ownFunctions, placedOf, theOne } from './fixtures/read-template.ts';
import { type Synthesized, synthesize } from './fixtures/synthesize.ts';

let dev: Synthesized;
let prod: Synthesized;

beforeAll(async () => {
  dev = await synthesize({ images: 'docker', pageFolder: 'infra/fixtures/nowhere' });
  prod = await synthesize({
    stage: 'prod',
    images: 'codebuild',
    pageFolder: 'infra/fixtures/page',
    firewall: true,
    stopped: true,
    alarmEmail: 'somebody@example.org',
  });
}, 600_000);

const RateSchema = z.object({ RateLimit: z.number() });
const PlanSchema = z.object({
  ApiStages: z.tuple([z.object({ Throttle: z.record(z.string(), RateSchema) })]),
  Throttle: RateSchema,
});

const text = (value: unknown) => JSON.stringify(value);
const properties = (template: Template, type: string, below = '') => theOne(template, type, below).properties;
const paths = (template: Template, type: string) => placedOf(template, type).map(({ path }) => path);

describe('what is kept', () => {
  it('is in a table that is paid by use, can be set back in time and forgets what has expired', () => {
    const table = properties(dev.template, 'AWS::DynamoDB::GlobalTable');

    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
    expect(table.Replicas).toEqual([
      expect.objectContaining({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
    ]);
  });

  it('is in buckets that are private, take TLS alone and let go of what is old', () => {
    for (const { id, properties: bucket } of placedOf(dev.template, 'AWS::S3::Bucket')) {
      const policy = placedOf(dev.template, 'AWS::S3::BucketPolicy').find(({ properties: { Bucket } }) =>
        text(Bucket).includes(id),
      );

      expect(bucket.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(text(policy)).toContain('"aws:SecureTransport":"false"');
    }
    expect(text(properties(dev.template, 'AWS::S3::Bucket', 'Storage').LifecycleConfiguration)).toContain(
      '"ExpirationInDays":31',
    );
  });

  it('of model keys is sealed for its run and its host only', () => {
    const key = properties(dev.template, 'AWS::KMS::Key');

    expect(key.EnableKeyRotation).toBe(true);
    for (const name of ['app', 'run', 'host']) {
      expect(text(key.KeyPolicy)).toContain(`"Null":{"kms:EncryptionContext:${name}":"true"}`);
    }
  });

  it('outlives a stage that keeps its data, and no other', () => {
    const policies = ({ template }: Synthesized) =>
      ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket'].map(
        (type) => template.Resources[theOne(template, type, 'Storage').id]?.DeletionPolicy,
      );

    expect([policies(dev), policies(prod)]).toEqual([
      ['Delete', 'Delete'],
      ['Retain', 'Retain'],
    ]);
    expect(text(properties(prod.template, 'AWS::DynamoDB::GlobalTable').Replicas)).toContain(
      '"DeletionProtectionEnabled":true',
    );
  });
});

describe('the API', () => {
  it('has the addresses of the registry, by key but for those for anyone', () => {
    const resources = new Map(
      placedOf(dev.template, 'AWS::ApiGateway::Resource').map(
        ({ id, properties: { ParentId, PathPart } }) => [
          id,
          { parent: (ParentId as { Ref?: string }).Ref, part: String(PathPart) },
        ],
      ),
    );
    const pathOf = (id: string | undefined): string => {
      const resource = resources.get(id ?? '');
      return resource ? `${pathOf(resource.parent)}/${resource.part}` : '';
    };
    const methods = placedOf(dev.template, 'AWS::ApiGateway::Method').map(({ properties: method }) => [
      `${String(method.HttpMethod)} ${pathOf((method.ResourceId as { Ref: string }).Ref)}`,
      method.ApiKeyRequired,
    ]);

    expect(Object.fromEntries(methods)).toEqual(
      Object.fromEntries(
        listRoutes().map(({ method, path, route }) => [`${method} ${path}`, route.access === 'owner']),
      ),
    );
  });

  it('takes bodies that have a model, and none of a million characters and more', () => {
    const bodies = listRoutes().filter(({ route }) => route.request.body);
    const models = placedOf(dev.template, 'AWS::ApiGateway::Model').map(({ properties: model }) =>
      text(model.Schema),
    );
    const methods = placedOf(dev.template, 'AWS::ApiGateway::Method').filter(
      ({ properties: method }) =>
        method.RequestModels !== undefined && method.RequestValidatorId !== undefined,
    );

    expect([models.length, methods.length]).toEqual([bodies.length, bodies.length]);
    expect(models.every((model) => model.includes('"additionalProperties":false'))).toBe(true);
    expect(
      models.filter((model) => model.includes('"code":{"type":"string","maxLength":1000000}')).length,
    ).toBeGreaterThan(1);
  });

  it('lets a client ask less often for what starts something than for the rest', () => {
    const plans = placedOf(dev.template, 'AWS::ApiGateway::UsagePlan');
    const clients = PlanSchema.parse(plans.find(({ path }) => path.includes('Clients'))?.properties);
    const [{ Throttle }] = clients.ApiStages;

    expect(plans).toHaveLength(2);
    expect(Object.keys(Throttle)).toContain('/v1/runs/POST');
    for (const { RateLimit } of Object.values(Throttle)) {
      expect(RateLimit).toBeLessThan(clients.Throttle.RateLimit);
    }
  });

  it('logs neither paths, which may hold tokens, nor headers, addresses or keys', () => {
    const { AccessLogSetting } = properties(dev.template, 'AWS::ApiGateway::Stage') as {
      AccessLogSetting: { Format: string };
    };
    const logged = AccessLogSetting.Format.match(/\$context\.[\w.]+/g);

    expect(logged).toContain('$context.resourcePath');
    expect(logged).not.toContain('$context.path');
    expect(AccessLogSetting.Format).not.toMatch(/sourceIp|apiKey"|header|userAgent|integrationErrorMessage/);
  });

  it('answers by problem documents, also where the gateway answers by itself', () => {
    const answers = placedOf(dev.template, 'AWS::ApiGateway::GatewayResponse').map(
      ({ properties: answer }) => answer,
    );

    for (const { StatusCode, ResponseTemplates, ResponseParameters } of answers) {
      const problem = JSON.parse((ResponseTemplates as Record<string, string>)['application/json'] ?? '');

      expect(problem).toMatchObject({
        type: 'about:blank',
        status: Number(StatusCode),
        detail: expect.any(String),
      });
      expect(text(problem)).not.toContain('$context');
      expect(text(ResponseParameters)).toContain('application/problem+json');
    }
    expect(answers.map(({ ResponseType }) => ResponseType)).toEqual(
      expect.arrayContaining(['INVALID_API_KEY', 'THROTTLED', 'QUOTA_EXCEEDED', 'BAD_REQUEST_BODY']),
    );
  });
});

describe('the page', () => {
  const behaviors = ({ template }: Synthesized) =>
    properties(template, 'AWS::CloudFront::Distribution').DistributionConfig as {
      CacheBehaviors: Record<string, unknown>[];
      DefaultCacheBehavior: Record<string, unknown>;
      Origins: Record<string, unknown>[];
    };

  it("goes to the API with the page's key, which is in no template, and is not cached", () => {
    const { CacheBehaviors, Origins } = behaviors(prod);
    const [api] = CacheBehaviors;
    const origin = Origins.find(({ Id }) => Id === api?.TargetOriginId);

    expect(CacheBehaviors).toHaveLength(1);
    expect(api).toMatchObject({
      PathPattern: '/v1/*',
      // CloudFront's managed policies: CachingDisabled, AllViewerExceptHostHeader.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only',
    });
    expect(text(origin?.OriginCustomHeaders)).toMatch(
      /"HeaderName":"x-api-key".*\{\{resolve:secretsmanager:/,
    );
    expect(text(properties(prod.template, 'AWS::ApiGateway::ApiKey', 'Entrance/PageKey').Value)).toContain(
      '{{resolve:secretsmanager:',
    );
  });

  it('is read from its bucket by the edge alone', () => {
    const [origin] = behaviors(prod).Origins;
    const policy = placedOf(prod.template, 'AWS::S3::BucketPolicy').find(({ path }) =>
      path.startsWith('Site'),
    );

    expect(origin?.OriginAccessControlId).toBeDefined();
    expect(text(policy)).toContain('"Service":"cloudfront.amazonaws.com"');
    expect(text(policy)).toContain('"AWS:SourceArn"');
  });

  it('may run its own scripts and fetch from itself and from the bucket of answers', () => {
    const headers = text(properties(prod.template, 'AWS::CloudFront::ResponseHeadersPolicy'));

    expect(headers).toMatch(/script-src 'self' 'sha256-AAAA'/);
    expect(headers).toMatch(
      /connect-src 'self' https:\/\/","?\{"Fn::GetAtt":\["StorageBlobs|connect-src 'self' https:\/\//,
    );
    expect(headers).toContain('"FrameOption":"DENY"');
    expect(headers).toContain('"ReferrerPolicy":"no-referrer"');
  });

  it('has its addresses known to the edge', () => {
    const code = placedOf(prod.template, 'AWS::CloudFront::Function').map(({ properties: edge }) =>
      String(edge.FunctionCode),
    );

    expect(code.filter((lines) => lines.startsWith('const PAGES = ["history","index"];'))).toHaveLength(1);
  });

  it('is said to be missing where it was not built, and the rest is made', () => {
    expect(dev.warnings.join('\n')).toContain('The page is missing');
    expect(prod.warnings).toEqual([]);
    expect(paths(dev.template, 'Custom::CDKBucketDeployment')).toEqual([]);
    expect(paths(prod.template, 'Custom::CDKBucketDeployment')).toHaveLength(2);
    expect(text(properties(dev.template, 'AWS::CloudFront::ResponseHeadersPolicy'))).toContain(
      "default-src 'none'",
    );
  });
});

describe('images', () => {
  it('are built by CodeBuild on arm64 while deploying where there is no Docker', () => {
    expect(paths(dev.template, 'AWS::CodeBuild::Project')).toEqual([]);
    expect(properties(prod.template, 'AWS::CodeBuild::Project').Environment).toMatchObject({
      Type: 'ARM_CONTAINER',
    });
    expect(paths(prod.template, 'Custom::CDKContainerImageBuild')).toHaveLength(2);
  });
});

describe('watching', () => {
  it('has alarms that tell somebody, one dashboard and a budget', () => {
    const alarms = placedOf(prod.template, 'AWS::CloudWatch::Alarm').map(({ properties: alarm }) => alarm);

    expect(alarms.length).toBeGreaterThanOrEqual(5);
    expect(alarms.every(({ AlarmActions }) => Array.isArray(AlarmActions) && AlarmActions.length === 1)).toBe(
      true,
    );
    expect(alarms.every(({ TreatMissingData }) => TreatMissingData === 'notBreaching')).toBe(true);
    expect(paths(prod.template, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    expect(text(properties(prod.template, 'AWS::SNS::Subscription'))).toContain('somebody@example.org');
    expect(text(properties(prod.template, 'AWS::Budgets::Budget'))).toMatch(
      /"Amount":50.*somebody@example\.org/,
    );
  });
});

describe('a stage', () => {
  it('that is stopped runs nothing: no function gets an environment', () => {
    const reserved = [...ownFunctions(prod.template).values()].map(
      ({ properties: { ReservedConcurrentExecutions } }) => ReservedConcurrentExecutions,
    );

    expect(new Set(reserved)).toEqual(new Set([0]));
    expect(text([...ownFunctions(dev.template).values()])).not.toContain('ReservedConcurrentExecutions');
  });

  it('has a firewall where it asks for one, which looks into no body', () => {
    expect(paths(dev.template, 'AWS::WAFv2::WebACL')).toEqual([]);

    const rules = text(properties(prod.template, 'AWS::WAFv2::WebACL').Rules);

    expect(rules).toContain('RateBasedStatement');
    expect(rules).not.toMatch(/CommonRuleSet|SQLi|"Body"/);
  });
});
