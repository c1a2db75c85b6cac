import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { ImageFunction, NodeFunction } from '#aws/functions.ts';
import type { Storage } from './storage.ts';

/** What functions can be given rights over. */
export type Grantable = {
  storage: Storage;
  /** By their names in the registry. */
  functions?: Readonly<Record<string, IFunction>>;
  stateMachine?: IStateMachine;
  sessionSecret?: ISecret;
};

/**
 * Gives a function the rights that its entry of the registry names, and no other.
 * Throws where the entry names something that is not there.
 */
export function grant(grantee: IFunction, spec: NodeFunction | ImageFunction, things: Grantable): void {
  const { table, blobs = {}, key, invokes = [], stateMachine, sessionSecret } = spec.grants;
  const { storage } = things;
  if (table) storage.grantTable(grantee, table);
  // The worker reads and writes blobs that it is told of; listing and deleting is for those who know the run.
  const mayList = spec.runs === 'node';
  for (const [prefix, access] of Object.entries(blobs))
    storage.grantBlobs(grantee, prefix, { access, mayList });
  if (key === 'encrypt') storage.grantSeal(grantee);
  if (key === 'decrypt') storage.grantOpen(grantee);
  for (const name of invokes) {
    grantInvoke(grantee, present(things.functions?.[name], `the function ${name}`));
  }
  if (stateMachine) {
    grantee.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: [present(things.stateMachine, 'the state machine').stateMachineArn],
      }),
    );
  }
  if (sessionSecret) present(things.sessionSecret, 'the session secret').grantRead(grantee);
}

/** Lets a function, and no version or alias of it, be invoked; CDK's own grant also names all of those. */
export function invocationOf(...invoked: IFunction[]): PolicyStatement {
  return new PolicyStatement({
    actions: ['lambda:InvokeFunction'],
    resources: invoked.map(({ functionArn }) => functionArn),
  });
}

function grantInvoke(grantee: IFunction, invoked: IFunction): void {
  grantee.addToRolePolicy(invocationOf(invoked));
}

function present<T>(thing: T | undefined, words: string): T {
  if (thing === undefined) throw new Error(`a right over ${words} is granted before it is made`);
  return thing;
}
