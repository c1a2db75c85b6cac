import { TestEnvironment } from 'jest-environment-node';

/**
 * Node, with the typed arrays of the process instead of Jest's own: ONNX Runtime is native code, answers with the
 * former, and takes no others.
 */
// biome-ignore lint/style/noDefaultExport: Jest takes no other.
export default class NativeArraysEnvironment extends TestEnvironment {
  constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    super(...given);
    // What the code under test sets is not seen by native code here: its `process.env` is a copy.
    process.env.ORT_DISABLE_TELEMETRY = '1';
    Object.assign(this.global, { Float32Array, BigInt64Array });
  }
}
