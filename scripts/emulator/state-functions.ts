import { z } from 'zod';
import { resourcesOf, type Template } from './assembly.ts';

const FunctionArnSchema = z.looseObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });
const MachineSchema = z.looseObject({ DefinitionSubstitutions: z.record(z.string(), FunctionArnSchema) });

const SUFFIX = 'FunctionArn';

/** Task state → logical id of the function that it calls, as the template's state machines are filled in. */
export function functionsOfStates(template: Template): Record<string, string> {
  const machines = resourcesOf(template, 'AWS::StepFunctions::StateMachine');
  const entries = machines.flatMap(([, { Properties }]) =>
    Object.entries(MachineSchema.parse(Properties).DefinitionSubstitutions),
  );
  return Object.fromEntries(
    entries.map(
      ([
        name,
        {
          'Fn::GetAtt': [id],
        },
      ]) => [name.slice(0, -SUFFIX.length), id],
    ),
  );
}
