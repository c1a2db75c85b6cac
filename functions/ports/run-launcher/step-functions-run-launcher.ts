import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { RunId } from '#domain/loop-state.ts';
import { answered, awsErrorName } from '../aws-errors.ts';
import type { RunLauncher } from './run-launcher.ts';

export type StepFunctionsRunLauncherOptions = {
  client: SFNClient;
  stateMachineArn: string;
  /** The document that enters the state machine; it may reject with NotFoundError. */
  input: (runId: RunId) => Promise<unknown>;
};

/**
 * Executes runs on Step Functions. The execution's name is the run's id, and no name is executed twice within 90 days
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html), longer than a run is kept:
 * launching again, or the SDK's second try after a lost answer, starts nothing more.
 */
export function createStepFunctionsRunLauncher({
  client,
  stateMachineArn,
  input,
}: StepFunctionsRunLauncherOptions): RunLauncher {
  return {
    async launch(runId) {
      const document = JSON.stringify(await input(runId));
      const command = new StartExecutionCommand({ stateMachineArn, name: runId, input: document });
      const started = client.send(command).catch((error: unknown) => {
        if (awsErrorName(error) !== 'ExecutionAlreadyExists') throw error;
      });
      await answered('the run cannot be started', started);
    },
  };
}
