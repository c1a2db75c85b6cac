import { describe, expect, it } from '@jest/globals';
import { functions, stateFunctions } from '#aws/functions.ts';
import definition from '#hardening/state-machine.asl.json' with { type: 'json' };
import { openDevStack } from './fixtures/dev-stack.ts';
import { attributeOf, theOne } from './fixtures/read-template.ts';

const { template, all, named } = await openDevStack();
const text = (value: unknown) => JSON.stringify(value);

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
