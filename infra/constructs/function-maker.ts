import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type FunctionOptions,
  type IFunction,
  LoggingFormat,
  Runtime,
  TenancyConfig,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { type FunctionName, functions, type ImageFunction, type NodeFunction } from '#aws/functions.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { bundledCode } from './bundled-code.ts';
import { type Grantable, grant } from './grants.ts';
import type { Images } from './images.ts';
import type { OnnxruntimeLayer } from './onnxruntime-layer.ts';
import { SealedNetwork } from './sealed-network.ts';

/** What a function is told: exactly what its schema reads. */
type Environment<N extends FunctionName> = z.input<(typeof functions)[N]['env']>;

type Parts = { config: StageConfig; images: Images; onnxruntime: OnnxruntimeLayer };

/** Makes the functions of the registry: each with a role, a log and rights of its own. */
export class FunctionMaker {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /**
   * A function of the registry under `scope`, with the rights over `things` that the registry gives it.
   * Throws where the registry grants something that `things` does not hold.
   */
  make<N extends FunctionName>(
    scope: Construct,
    name: N,
    environment: Environment<N>,
    things: Grantable,
  ): IFunction {
    const spec: NodeFunction | ImageFunction = functions[name];
    const holder = new Construct(scope, name);
    const made = this.create(holder, spec, {
      ...this.sizes(name, spec),
      ...(spec.runs === 'image' && spec.isolatesRequests ? sealed(holder) : this.observed(holder)),
      environment: { ...environment },
    });
    grant(made, spec, things);
    return made;
  }

  private create(scope: Construct, spec: NodeFunction | ImageFunction, options: FunctionOptions): IFunction {
    if (spec.runs === 'image') return this.parts.images.makeFunction(scope, spec.folder, options);
    return new NodejsFunction(scope, 'Function', {
      ...options,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: bundledCode(spec),
      ...(spec.needsOnnxRuntime ? { layers: [this.parts.onnxruntime.version] } : {}),
    });
  }

  private sizes(name: FunctionName, spec: NodeFunction | ImageFunction): FunctionOptions {
    const { stopped, concurrency } = this.parts.config;
    const reserved = stopped ? 0 : concurrency[name];
    return {
      architecture: Architecture.ARM_64,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
    };
  }

  /** A role that may write the function's own log and its traces, and nothing else yet. */
  private observed(scope: Construct): FunctionOptions {
    const { logDays, tracing } = this.parts.config;
    const logGroup = new LogGroup(scope, 'Log', { retention: logDays, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources to name: traces go to the account.',
    });
    return {
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    };
  }
}

/** One tenant for each environment, no rights, not even to a log, and no way out: it runs what users wrote. */
function sealed(scope: Construct): FunctionOptions {
  const { role, placement } = new SealedNetwork(scope, 'Network');
  return { role, ...placement, tenancyConfig: TenancyConfig.PER_TENANT };
}
