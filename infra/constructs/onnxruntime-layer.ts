import { join } from 'node:path';
import { Architecture, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { buildOnnxruntimeLayer } from '../../layers/onnxruntime/build.ts';
import { CHECKOUT } from '../checkout.ts';
import { writtenCode } from './bundled-code.ts';

/** ONNX Runtime for the functions that open the graph network: 25 MB that change less often than they do. */
export class OnnxruntimeLayer extends Construct {
  readonly version: LayerVersion;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.version = new LayerVersion(this, 'Version', {
      code: writtenCode((folder) => buildOnnxruntimeLayer(join(CHECKOUT, 'node_modules'), folder)),
      compatibleArchitectures: [Architecture.ARM_64],
      compatibleRuntimes: [Runtime.NODEJS_24_X],
    });
  }
}
