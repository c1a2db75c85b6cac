import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { functions, stateFunctions } from '#aws/functions.ts';
import definition from '#hardening/state-machine.asl.json' with { type: 'json' };
import { CHECKOUT } from './checkout.ts';
import { costTables } from './costs/cost-tables.ts';
import { idleCosts } from './costs/idle-costs.ts';
import { totalOf } from './costs/prices.ts';
import type { Template } from './costs/template.ts';
import {
  allowed,
  attributeOf,
  ownFunctions,
  type Placed,
  placedOf,
  rightsOf,
  theOne,
} from './fixtures/read-template.ts';
import { type Synthesized, synthesize } from './fixtures/synthesize.ts';

let dev: Synthesized;
let template: Template;
let own: Map<string, Placed>;

beforeAll(async () => {
  dev = await synthesize({ images: 'docker', pageFolder: 'infra/fixtures/nowhere' });
  template = dev.template;
  own = ownFunctions(template);
}, 300_000);

const all = (type: string) => placedOf(template, type);
const text = (value: unknown) => JSON.stringify(value);
const named = (name: string): Placed => {
  const found = own.get(name);
  if (!found) throw new Error(`no function ${name}`);
  return found;
};

/** Who may invoke a function, by name. */
function invokersOf(name: string): string[] {
  const target = text({ 'Fn::GetAtt': [named(name).id, 'Arn'] });
  const holders = [
    ...own,
    ['the state machine', theOne(template, 'AWS::StepFunctions::StateMachine')] as const,
  ];
  return holders
    .filter(([, holder]) =>
      rightsOf(template, holder).some(
        ({ Effect, Action, Resource }) =>
          Effect === 'Allow' &&
          Action.includes('lambda:InvokeFunction') &&
          Resource.map(text).includes(target),
      ),
    )
    .map(([holder]) => holder)
    .sort();
}

describe('functions', () => {
  it('are those of the registry', () => {
    expect([...own.keys()].sort()).toEqual(Object.keys(functions).sort());
  });

  it('run on arm64, each of them, those that CDK brings along as well', () => {
    const others = all('AWS::Lambda::Function').filter(
      ({ properties }) => text(properties.Architectures) !== '["arm64"]',
    );

    expect(others.map(({ path }) => path)).toEqual([]);
  });

  it('have the size, the time and the runtime of the registry', () => {
    for (const [name, spec] of Object.entries(functions)) {
      expect(named(name).properties).toMatchObject({
        MemorySize: spec.memoryMb,
        Timeout: spec.timeoutSeconds,
        ...(spec.runs === 'node'
          ? { Runtime: 'nodejs24.x', Handler: 'index.handler' }
          : { PackageType: 'Image' }),
      });
    }
  });

  it('are told what their schemas read, and nothing else', () => {
    for (const [name, spec] of Object.entries(functions)) {
      const { Variables = {} } = (named(name).properties.Environment ?? {}) as {
        Variables?: Record<string, unknown>;
      };
      const told = Object.fromEntries(
        Object.entries(Variables).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : text(value),
        ]),
      );

      expect([name, spec.env.strict().safeParse(told).error]).toEqual([name, undefined]);
    }
  });

  it('are bundles of at most 1.5 MB, without the AWS SDK', () => {
    const tooLarge: string[] = [];
    for (const folder of bundles()) {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      const contents = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
      const zipped = contents.reduce((sum, content) => sum + deflateRawSync(content, { level: 9 }).length, 0);
      if (zipped > 1_500_000) tooLarge.push(`${folder}: ${zipped}`);
      // The SDK's own words, which no minifier changes.
      expect(readFileSync(join(folder, 'index.mjs'), 'utf8')).not.toContain('@smithy/middleware-serde');
    }

    expect(tooLarge).toEqual([]);
  });

  it('are bundles that load, each with its handler', async () => {
    const names = Object.values(functions).flatMap(({ env }) => Object.keys(env.shape));
    const program = `for (const file of ${text(bundles().map((folder) => join(folder, 'index.mjs')))}) {
      const { handler } = await import(file);
      console.log(typeof handler);
    }`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      env: {
        AWS_REGION: 'us-east-1',
        LAMBDA_TASK_ROOT: '/var/task',
        ...Object.fromEntries(names.map((name) => [name, '1'])),
      },
    });

    expect(stdout.trim().split('\n')).toEqual(bundles().map(() => 'function'));
  }, 120_000);

  it('load ONNX Runtime from the layer where the registry says so', () => {
    const layered = [...own]
      .filter(([, { properties }]) => properties.Layers !== undefined)
      .map(([name]) => name);

    expect(layered.sort()).toEqual(['decide', 'plan-edits']);
  });

  it('write logs that end one day, but for the sealed one, which writes none', () => {
    const ends = new Map(
      all('AWS::Logs::LogGroup').map(({ id, properties }) => [id, properties.RetentionInDays]),
    );
    const silent = [...own].filter(([, { properties }]) => {
      const { LogGroup } = (properties.LoggingConfig ?? {}) as { LogGroup?: { Ref: string } };
      return typeof ends.get(LogGroup?.Ref ?? '') !== 'number';
    });

    expect(silent.map(([name]) => name)).toEqual(['test-runner']);
  });

  function bundles(): string[] {
    return readdirSync(dev.folder, { withFileTypes: true })
      .filter(
        (entry) => entry.isDirectory() && readdirSync(join(dev.folder, entry.name)).includes('index.mjs'),
      )
      .map(({ name }) => join(dev.folder, name));
  }
});

describe('rights', () => {
  it('are never every action, nor some of every kind on every resource', () => {
    const wide = all('AWS::IAM::Role').flatMap(({ path, properties }) =>
      text(properties).includes(':iam::aws:policy/') && !/^(Custom::|Api\/Rest\/CloudWatchRole)/.test(path)
        ? [path]
        : [],
    );
    const holders = [...own.values(), theOne(template, 'AWS::StepFunctions::StateMachine')];
    for (const holder of holders) {
      for (const { Effect, Action, Resource } of rightsOf(template, holder)) {
        if (Effect === 'Deny') continue;
        const wild =
          Action.some((action) => /\*/.test(action)) && Resource.some((resource) => resource === '*');
        if (wild) wide.push(`${holder.path}: ${Action.join()}`);
      }
    }

    expect(wide).toEqual([]);
  });

  it('belong to one function each', () => {
    const roles = [...own.values()].map(({ properties }) => attributeOf(properties.Role));

    expect(new Set(roles).size).toBe(roles.length);
  });

  it.each(['worker', 'analyzer-bandit'])('to invoke the %s are those of the loop and of the API', (name) => {
    expect(invokersOf(name)).toEqual(['api', 'the state machine']);
  });

  it('to invoke the runner are those of the step that runs programs', () => {
    expect(invokersOf('test-runner')).toEqual(['run-programs']);
  });

  it.each(['worker', 'analyzer-bandit'])('of the %s are its blobs, its log and its traces', (name) => {
    const statements = rightsOf(template, named(name));
    const blobs = statements.filter(({ Action }) => Action.some((action) => action.startsWith('s3:')));

    expect(allowed(statements)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:PutObject',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    expect(
      text(blobs.flatMap(({ Resource }) => Resource))
        .match(/\/[a-z]+\/\*/g)
        ?.sort(),
    ).toEqual(['/analyses/*', '/runs/*']);
  });

  it('of the state machine are its functions, its log and its traces: it reads no run and no key', () => {
    const machine = theOne(template, 'AWS::StepFunctions::StateMachine');
    const services = allowed(rightsOf(template, machine)).map((action) => action.split(':')[0]);

    expect([...new Set(services)]).toEqual(['lambda', 'logs', 'xray']);
  });

  it("to seal keys are the API's alone, to open them those of the steps that call models", () => {
    const holdersOf = (action: string) =>
      [...own]
        .filter(([, holder]) => allowed(rightsOf(template, holder)).includes(action))
        .map(([name]) => name);

    expect(holdersOf('kms:Encrypt')).toEqual(['api']);
    expect(holdersOf('kms:Decrypt').sort()).toEqual(['generate', 'repair']);
  });

  it('over the table never scan it', () => {
    const actions = [...own.values()].flatMap((holder) => allowed(rightsOf(template, holder)));

    expect(actions.filter((action) => /dynamodb:(Scan|\*)/.test(action))).toEqual([]);
  });
});

describe('the state machine', () => {
  const placeholders = text(definition).match(/\$\{\w+\}/g) ?? [];

  it('calls for each of its states the function that the registry names', () => {
    const { properties } = theOne(template, 'AWS::StepFunctions::StateMachine');
    const substitutions = properties.DefinitionSubstitutions as Record<string, unknown>;

    expect(Object.keys(substitutions).sort()).toEqual(
      [...new Set(placeholders)].map((placeholder) => placeholder.slice(2, -1)).sort(),
    );
    for (const [state, name] of Object.entries(stateFunctions)) {
      expect([state, attributeOf(substitutions[`${state}FunctionArn`])]).toEqual([state, named(name).id]);
    }
  });

  it('outlasts its functions, so that the inner error is the one that is told', () => {
    for (const [state, { TimeoutSeconds, Resource }] of Object.entries(tasks(definition))) {
      const name = stateFunctions[state as keyof typeof stateFunctions];

      expect([state, Resource]).toEqual([state, `\${${state}FunctionArn}`]);
      expect(functions[name].timeoutSeconds).toBeLessThan(TimeoutSeconds);
    }
    expect(functions['test-runner'].timeoutSeconds).toBeLessThan(functions['run-programs'].timeoutSeconds);
    // API Gateway gives up after 29 seconds.
    expect(functions.pdf.timeoutSeconds).toBeLessThan(functions.api.timeoutSeconds);
    expect(functions.api.timeoutSeconds).toBeLessThan(29);
  });

  it('logs what happened, without what went through it', () => {
    const { properties } = theOne(template, 'AWS::StepFunctions::StateMachine');

    expect(properties).toMatchObject({
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });

  it('has what ends from outside finalized, and every quarter of an hour what was lost', () => {
    const rules = all('AWS::Events::Rule').map(({ properties }) => properties);
    const machine = theOne(template, 'AWS::StepFunctions::StateMachine');

    expect(rules).toHaveLength(2);
    expect(rules).toContainEqual(
      expect.objectContaining({
        EventPattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: { stateMachineArn: [{ Ref: machine.id }], status: ['ABORTED', 'TIMED_OUT', 'FAILED'] },
        },
      }),
    );
    expect(rules).toContainEqual(expect.objectContaining({ ScheduleExpression: 'rate(15 minutes)' }));
    for (const { Targets } of rules) {
      expect(Targets).toEqual([
        expect.objectContaining({
          Arn: { 'Fn::GetAtt': [named('finalize').id, 'Arn'] },
          DeadLetterConfig: expect.anything(),
        }),
      ]);
    }
  });
});

type Task = { Type: string; TimeoutSeconds: number; Resource: string };
type States = Record<string, { Type: string; ItemProcessor?: { States: States } }>;

/** The tasks of a definition, those inside maps too. */
function tasks({ States }: { States: States }): Record<string, Task> {
  return Object.fromEntries(
    Object.entries(States).flatMap(([name, state]) =>
      state.ItemProcessor
        ? Object.entries(tasks(state.ItemProcessor))
        : state.Type === 'Task'
          ? [[name, state as Task] as const]
          : [],
    ),
  );
}

describe('the sealed runner', () => {
  it('has no way out: no gateway, no route, no endpoint, no open port', () => {
    const ways = [
      'InternetGateway',
      'NatGateway',
      'Route',
      'VPCEndpoint',
      'EgressOnlyInternetGateway',
      'TransitGateway',
    ];

    expect(ways.flatMap((way) => all(`AWS::EC2::${way}`))).toEqual([]);
    expect(theOne(template, 'AWS::EC2::SecurityGroup').properties.SecurityGroupEgress).toEqual([
      expect.objectContaining({ CidrIp: '255.255.255.255/32' }),
    ]);
    expect(named('test-runner').properties.VpcConfig).toBeDefined();
  });

  it('serves one tenant for each environment', () => {
    expect(named('test-runner').properties.TenancyConfig).toEqual({ TenantIsolationMode: 'PER_TENANT' });
  });

  it('has a role that the code inside can use for nothing', () => {
    const statements = rightsOf(template, named('test-runner'));

    expect(statements).toContainEqual({
      Effect: 'Deny',
      Action: ['*'],
      Resource: ['*'],
      Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    });
    expect(allowed(statements).every((action) => action.startsWith('ec2:'))).toBe(true);
  });
});

describe('costs', () => {
  it('of a stage that nobody uses are at most 3 dollars a month', () => {
    expect(totalOf(idleCosts(template), true)).toBeLessThanOrEqual(3);
  });
});

describe('the guide', () => {
  it('has the costs that follow from the template and the prices', () => {
    const guide = readFileSync(join(CHECKOUT, 'docs/aws.md'), 'utf8');
    const [, tables = ''] = guide.split(/<!-- costs: (?:begin|end) -->/);

    expect(tables.trim()).toBe(costTables(template));
  });
});

describe("what is accepted of cdk-nag's findings", () => {
  it('is accepted with a reason, where it is and not for the whole stack', () => {
    const { accepted } = dev;

    expect(accepted.length).toBeGreaterThan(20);
    expect(accepted.filter(({ reason }) => reason.split(' ').length < 5)).toEqual([]);
    expect(accepted.filter(({ path }) => path.split('/').length < 3)).toEqual([]);
  });
});

describe('names', () => {
  it('are left to CloudFormation, so that stages live side by side', () => {
    const physical =
      /^(BucketName|TableName|FunctionName|RoleName|LogGroupName|QueueName|TopicName|StateMachineName|RuleName|DashboardName|AlarmName|KeyName)$/;
    const fixed = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) =>
      Object.entries(Properties)
        .filter(
          ([key, value]) => physical.test(key) && typeof value === 'string' && !Type.startsWith('Custom::'),
        )
        .map(([key]) => `${id}.${key}`),
    );

    expect(fixed).toEqual([]);
  });
});
