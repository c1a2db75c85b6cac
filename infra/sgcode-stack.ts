import { Aspects, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from './config.ts';
import { Api } from './constructs/api.ts';
import { ArmFunctions } from './constructs/arm-functions.ts';
import { acknowledgeHelpers } from './constructs/deployment-helpers.ts';
import { Entrance } from './constructs/entrance.ts';
import { FunctionMaker } from './constructs/function-maker.ts';
import { HardeningLoop } from './constructs/hardening-loop.ts';
import { Images } from './constructs/images.ts';
import { Monitoring } from './constructs/monitoring.ts';
import { OnnxruntimeLayer } from './constructs/onnxruntime-layer.ts';
import { Site } from './constructs/site.ts';
import { Storage } from './constructs/storage.ts';

/** The whole system, in the order in which a run passes through it. */
export class SGCodeStack extends Stack {
  constructor(scope: Construct, id: string, config: StageConfig, props?: StackProps) {
    super(scope, id, props);
    const storage = new Storage(this, 'Storage', config);
    const entrance = new Entrance(this, 'Entrance', config);

    const images = new Images(this, 'Images', config);
    const onnxruntime = new OnnxruntimeLayer(this, 'Onnxruntime');
    const maker = new FunctionMaker({ config, images, onnxruntime });

    const loop = new HardeningLoop(this, 'Loop', { config, storage, maker });
    const api = new Api(this, 'Api', { config, storage, entrance, loop, maker });
    const site = config.page ? new Site(this, 'Site', { config, storage, entrance, api }) : null;
    new Monitoring(this, 'Monitoring', { config, loop, api });

    Aspects.of(this).add(new ArmFunctions());
    acknowledgeHelpers(this);
    this.tell({
      ApiUrl: api.rest.url,
      ...(site && { PageUrl: `https://${site.distribution.distributionDomainName}` }),
      ClientKeyIds: entrance.clientKeys.map(({ keyId }) => keyId).join(','),
      PageKeyId: entrance.pageKey.keyId,
      TableName: storage.table.tableName,
      BucketName: storage.bucket.bucketName,
      KeyArn: storage.key.keyArn,
      StateMachineArn: loop.machine.stateMachineArn,
    });
  }

  private tell(outputs: Record<string, string>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
