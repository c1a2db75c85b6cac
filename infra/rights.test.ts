import { describe, expect, it } from '@jest/globals';
import { openDevStack } from './fixtures/dev-stack.ts';
import { allowed, attributeOf, rightsOf, theOne } from './fixtures/read-template.ts';

const { template, own, all, named, invokersOf } = await openDevStack();
const text = (value: unknown) => JSON.stringify(value);

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
