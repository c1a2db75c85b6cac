import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AwsEmulator, EMULATOR_MISSING, startEmulator } from '../fixtures/aws-emulator.ts';
import { createRole } from './fixtures/create-role.ts';
import { describeRunLauncher } from './run-launcher.contract.ts';
import { createSfnClient } from './sfn-client.ts';
import { createStepFunctionsRunLauncher } from './step-functions-run-launcher.ts';

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;

describeEmulator('on Step Functions', () => {
  let emulator: AwsEmulator;
  let client: SFNClient;
  let roleArn: string;
  let machines = 0;
  beforeAll(async () => {
    emulator = await startEmulator();
    client = createSfnClient(emulator.clientConfig);
    roleArn = await createRole(emulator, 'machine');
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.close();
  });

  async function newMachine() {
    machines += 1;
    const definition = { StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } };
    const { stateMachineArn = '' } = await client.send(
      new CreateStateMachineCommand({
        name: `machine-${machines}`,
        roleArn,
        definition: JSON.stringify(definition),
      }),
    );
    return stateMachineArn;
  }

  async function open() {
    const stateMachineArn = await newMachine();
    const input = async (runId: string) => ({ state: { runId, at: performance.now() } });
    const launcher = createStepFunctionsRunLauncher({ client, stateMachineArn, input });
    return { launcher, stateMachineArn, executed: (count: number) => executed(stateMachineArn, count) };
  }

  async function executed(stateMachineArn: string, count: number): Promise<string[]> {
    for (;;) {
      const ended: string[] = [];
      for await (const page of paginateListExecutions({ client }, { stateMachineArn })) {
        for (const { name = '', status } of page.executions ?? []) if (status !== 'RUNNING') ended.push(name);
      }
      if (ended.length >= count) return ended.toReversed();
      await sleep(20);
    }
  }

  describeRunLauncher('the Step Functions run launcher', open);

  it('starts nothing for a run that was executed already', async () => {
    const { launcher, executed: all } = await open();
    await launcher.launch('a'.repeat(32));
    await all(1);

    await launcher.launch('a'.repeat(32));
    await launcher.launch('b'.repeat(32));

    expect((await all(2)).toSorted()).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
  });

  it('hands the document over', async () => {
    const { launcher, stateMachineArn, executed: all } = await open();
    const runId = 'c'.repeat(32);
    await launcher.launch(runId);
    await all(1);

    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${runId}`;
    const { input = '' } = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(input)).toEqual({ state: { runId, at: expect.any(Number) } });
  });

  it('says that nothing can be started where there is no such machine', async () => {
    const launcher = createStepFunctionsRunLauncher({
      client,
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:none',
      input: async () => ({}),
    });

    await expect(launcher.launch('d'.repeat(32))).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      message: 'the run cannot be started: StateMachineDoesNotExist',
    });
  });
});
