import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  EndpointType,
  type JsonSchema,
  LambdaIntegration,
  LogGroupLogDestination,
  type Method,
  Period,
  type RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { listRoutes } from '#api/routes.ts';
import { bodyModel } from '../body-model.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { Entrance } from './entrance.ts';
import { Firewall } from './firewall.ts';
import type { FunctionMaker } from './function-maker.ts';
import type { HardeningLoop } from './hardening-loop.ts';
import { answerWithProblems } from './problem-responses.ts';
import type { Storage } from './storage.ts';

/** No path, which may hold a share's token, no header, no address, no key but its id. */
const LOGGED = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  keyId: '$context.identity.apiKeyId',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  bytes: '$context.responseLength',
  gatewayAnswer: '$context.error.responseType',
};

type ApiProps = {
  config: StageConfig;
  storage: Storage;
  entrance: Entrance;
  loop: HardeningLoop;
  maker: FunctionMaker;
};

/** The API: one address for each route, all answered by one function; keys, plans and limits before it. */
export class Api extends Construct {
  readonly rest: RestApi;
  readonly handler: IFunction;
  private readonly validator: RequestValidator;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    this.handler = this.makeHandler(props);
    this.rest = this.makeRest(props.config);
    this.validator = this.rest.addRequestValidator('Requests', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    answerWithProblems(this.rest);
    const expensive = this.addRoutes();
    this.addPlans(props, expensive);
    if (props.config.firewall) new Firewall(this, 'Firewall', { stage: this.rest.deploymentStage });
    acknowledge(this, {
      'AwsSolutions-APIG3':
        'The firewall is a setting of the stage, since it costs more than the rest of it.',
      'AwsSolutions-APIG4': 'Callers are known by API key and the visitors of the page by signed cookie.',
      'AwsSolutions-APIG6': 'Execution logs quote headers, and so keys; access logs say what happened.',
      'AwsSolutions-COG4': 'Anonymous visitors and keyed programs have no user pool.',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        "The account's one role with which API Gateway writes logs; AWS keeps its policy.",
    });
  }

  private makeHandler({ config, storage, entrance, loop, maker }: ApiProps): IFunction {
    const { worker, 'analyzer-bandit': analyzer } = loop.functions;
    const pdf = maker.make(this, 'pdf', { STAGE: config.stage }, { storage });
    return maker.make(
      this,
      'api',
      {
        STAGE: config.stage,
        TABLE_NAME: storage.table.tableName,
        BUCKET_NAME: storage.bucket.bucketName,
        KEY_ARN: storage.key.keyArn,
        STATE_MACHINE_ARN: loop.machine.stateMachineArn,
        ANALYZER_FUNCTION_NAME: analyzer.functionName,
        WORKER_FUNCTION_NAME: worker.functionName,
        PDF_FUNCTION_NAME: pdf.functionName,
        PAGE_KEY_ID: entrance.pageKey.keyId,
        SESSION_SECRET_ARN: entrance.sessionSecret.secretArn,
        RETENTION_DAYS: String(config.retentionDays),
        RUNS_PER_DAY: String(config.runsPerDay),
        ANALYSES_PER_MINUTE: String(config.analysesPerMinute),
      },
      {
        storage,
        functions: { worker, 'analyzer-bandit': analyzer, pdf },
        stateMachine: loop.machine,
        sessionSecret: entrance.sessionSecret,
      },
    );
  }

  private makeRest({ logDays, tracing, stage, clientRate }: StageConfig): RestApi {
    const logGroup = new LogGroup(this, 'AccessLog', {
      retention: logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new RestApi(this, 'Rest', {
      description: `SGCode, stage ${stage}`,
      endpointTypes: [EndpointType.REGIONAL],
      // API Gateway writes logs by one role of the account; it stays, since other stages write by it too.
      cloudWatchRole: true,
      deployOptions: {
        stageName: 'api',
        tracingEnabled: tracing,
        metricsEnabled: true,
        // All callers together, those without a key as well.
        throttlingRateLimit: clientRate.perSecond * 20,
        throttlingBurstLimit: clientRate.burst * 20,
        accessLogDestination: new LogGroupLogDestination(logGroup),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(LOGGED)),
      },
    });
  }

  /** Adds the registry's routes; returns those that start something. */
  private addRoutes(): Method[] {
    const integration = new LambdaIntegration(this.handler, { scopePermissionToMethod: false });
    return listRoutes().flatMap(({ method, path, route }) => {
      const { body } = route.request;
      const added = this.rest.root.resourceForPath(path).addMethod(method, integration, {
        apiKeyRequired: route.access === 'owner',
        ...(body && {
          requestValidator: this.validator,
          requestModels: {
            'application/json': this.rest.addModel(`${method}${slug(path)}`, {
              contentType: 'application/json',
              schema: bodyModel(body) as JsonSchema,
            }),
          },
        }),
      });
      return method === 'POST' ? [added] : [];
    });
  }

  /** The gateway's limits are best effort: those that money hangs on are counted by the API itself. */
  private addPlans({ config, entrance }: ApiProps, expensive: Method[]): void {
    const { perSecond, burst } = config.clientRate;
    const slow = { rateLimit: Math.max(1, perSecond / 5), burstLimit: Math.max(1, Math.floor(burst / 4)) };
    const clients = this.rest.addUsagePlan('Clients', {
      description: 'Programs, each with a key of its own',
      throttle: { rateLimit: perSecond, burstLimit: burst },
      quota: { limit: 50_000, period: Period.DAY },
      apiStages: [
        {
          stage: this.rest.deploymentStage,
          throttle: expensive.map((method) => ({ method, throttle: slow })),
        },
      ],
    });
    for (const key of entrance.clientKeys) clients.addApiKey(key);
    const page = this.rest.addUsagePlan('Page', {
      description: 'The page: all of its visitors together',
      throttle: { rateLimit: perSecond * 10, burstLimit: burst * 10 },
      apiStages: [{ stage: this.rest.deploymentStage }],
    });
    page.addApiKey(entrance.pageKey);
  }
}

function slug(path: string): string {
  return path.replace(/[^a-zA-Z0-9]/g, '');
}
