import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdk from '../cdk.json' with { type: 'json' };
import { readStageConfig } from './config.ts';
import { SGCodeStack } from './sgcode-stack.ts';

// The CDK command hands over the same context; without it, `node infra/app.ts` synthesizes too.
const app = new App({ context: cdk.context, analyticsReporting: false });
const config = readStageConfig((key) => app.node.tryGetContext(key));

const stack = new SGCodeStack(app, `SGCode-${config.stage}`, config, {
  description: `SGCode, stage ${config.stage}`,
  terminationProtection: config.keepsData,
});
Tags.of(stack).add('sgcode-stage', config.stage);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

app.synth();
