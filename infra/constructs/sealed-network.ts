import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** What Lambda itself needs to place a function in a network (Lambda developer guide, "execution role permissions"). */
const INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** A network with no gateway, no endpoint and no open port, and a role that the code inside cannot use for anything. */
export class SealedNetwork extends Construct {
  readonly role: Role;
  readonly placement: Pick<FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      createInternetGateway: false,
      subnetConfiguration: [{ name: 'sealed', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    });
    const securityGroup = new SecurityGroup(this, 'NothingOut', {
      vpc,
      description: 'Nothing in and nothing out',
      allowAllOutbound: false,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Interfaces: interfacesForLambdaOnly() },
    });
    this.placement = {
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [securityGroup],
    };

    acknowledge(vpc, { 'AwsSolutions-VPC7': 'Nothing flows here: there is no route to record.' });
    acknowledge(this.role, {
      'AwsSolutions-IAM5[Resource::*]':
        'Interfaces have no names before Lambda makes them; code is denied all of it.',
      'AwsSolutions-IAM5[Action::*]': 'A denial of every action, which only takes rights away.',
    });
  }
}

/**
 * Lambda makes the function's network interfaces by the function's role. The condition key is set when a function's
 * code uses the role's credentials, so that the code has none of these rights, nor any other.
 */
function interfacesForLambdaOnly(): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({ actions: INTERFACE_ACTIONS, resources: ['*'] }),
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['*'],
        resources: ['*'],
        conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      }),
    ],
  });
}
