import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type FunctionName, stateFunctions } from '#aws/functions.ts';
import { CHECKOUT } from '../checkout.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { FunctionMaker } from './function-maker.ts';
import { invocationOf } from './grants.ts';
import type { Storage } from './storage.ts';

const DEFINITION = join(CHECKOUT, 'functions/hardening/state-machine.asl.json');

type StepFunctions = Record<(typeof stateFunctions)[keyof typeof stateFunctions], IFunction>;

type LoopProps = { config: StageConfig; storage: Storage; maker: FunctionMaker };

/** The loop that hardens code: the functions of its states, the machine, and what ends runs that it could not. */
export class HardeningLoop extends Construct {
  readonly functions: StepFunctions & { 'test-runner': IFunction; finalize: IFunction };
  readonly machine: StateMachine;
  /** Endings that could not be handled: a person has to look. */
  readonly lostEndings: Queue;

  constructor(scope: Construct, id: string, { config, storage, maker }: LoopProps) {
    super(scope, id);
    const blobs = { BUCKET_NAME: storage.bucket.bucketName };
    const stores = { STAGE: config.stage, TABLE_NAME: storage.table.tableName, ...blobs };
    const models = { ...stores, KEY_ARN: storage.key.keyArn };
    const risk = { ...stores, ORT_DISABLE_TELEMETRY: '1' } as const;
    const parsing = { ...blobs, SGCODE_WORKER_MEMORY_MB: '1024' };
    const things = { storage };

    const testRunner = maker.make(this, 'test-runner', {}, things);
    this.functions = {
      generate: maker.make(this, 'generate', models, things),
      'analyzer-bandit': maker.make(this, 'analyzer-bandit', parsing, things),
      'plan-edits': maker.make(this, 'plan-edits', risk, things),
      worker: maker.make(this, 'worker', parsing, things),
      repair: maker.make(this, 'repair', models, things),
      'run-programs': maker.make(
        this,
        'run-programs',
        { ...stores, RUNNER_FUNCTION_NAME: testRunner.functionName },
        { storage, functions: { 'test-runner': testRunner } },
      ),
      'test-runner': testRunner,
      decide: maker.make(this, 'decide', risk, things),
      report: maker.make(this, 'report', stores, things),
      finalize: maker.make(this, 'finalize', stores, things),
    };
    this.machine = this.makeMachine(config);
    this.lostEndings = new Queue(this, 'LostEndings', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.lostEndings, { 'AwsSolutions-SQS3': 'It is a dead-letter queue itself.' });
    this.finalizeWhatEndsOutside();
  }

  private makeMachine({ logDays, tracing }: StageConfig): StateMachine {
    const calls = Object.entries(stateFunctions).map(
      ([state, name]) => [`${state}FunctionArn`, this.functions[name].functionArn] as const,
    );
    const machine = new StateMachine(this, 'Machine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromFile(DEFINITION),
      definitionSubstitutions: Object.fromEntries(calls),
      tracingEnabled: tracing,
      logs: {
        destination: new LogGroup(this, 'MachineLog', {
          retention: logDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // The documents name blobs and settings; what a person's program is called stays out of logs.
        includeExecutionData: false,
      },
    });
    const names = new Set<FunctionName>(Object.values(stateFunctions));
    machine.addToRolePolicy(
      invocationOf(...[...names].map((name) => this.functions[name as keyof StepFunctions])),
    );
    acknowledge(machine, {
      'AwsSolutions-IAM5[Resource::*]': 'Deliveries of logs and traces have no resources to name.',
    });
    return machine;
  }

  /** A run that was stopped, timed out or broke from outside gets its report too, and its sealed key is deleted. */
  private finalizeWhatEndsOutside(): void {
    const target = () =>
      new LambdaFunction(this.functions.finalize, {
        deadLetterQueue: this.lostEndings,
        retryAttempts: 10,
        maxEventAge: Duration.hours(2),
      });
    new Rule(this, 'EndedOutside', {
      description: 'Executions that ended without the Report state',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [this.machine.stateMachineArn],
          status: ['ABORTED', 'TIMED_OUT', 'FAILED'],
        },
      },
      targets: [target()],
    });
    new Rule(this, 'Sweep', {
      description: 'Finalizes runs that nothing is at work on, and measures the age of the oldest',
      schedule: Schedule.rate(Duration.minutes(15)),
      targets: [target()],
    });
  }
}
