import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import definition from './state-machine.asl.json' with { type: 'json' };

type RunOptions = NonNullable<Parameters<StateMachine['run']>[1]>;

/** State name → what runs it, in this process. */
export type TaskHandlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>;

// The steps of this definition are bound by state name, so the ARNs only have to look like ARNs.
const bound = JSON.stringify(definition).replace(
  /\$\{(\w+)FunctionArn\}/g,
  'arn:aws:lambda:us-east-1:000000000000:function:$1',
);

/** The state machine that AWS runs, to be run in this process. */
export const localMachine = new StateMachine(
  JSON.parse(bound) as StateMachineDefinition,
  // A test validates the definition; here that would cost every command a tenth of a second.
  { validationOptions: { noValidate: true } },
);
