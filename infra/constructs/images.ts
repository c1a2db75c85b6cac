import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type DockerImageAssetProps, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { DockerImageCode, DockerImageFunction, type FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ContainerImageBuild } from 'deploy-time-build';
import { CHECKOUT } from '../checkout.ts';
import type { StageConfig } from '../config.ts';

/** The container images of the stage: one of each folder, whichever functions run it. */
export class Images extends Construct {
  private readonly isBuiltHere: boolean;
  private readonly builds = new Map<string, ContainerImageBuild>();

  constructor(scope: Construct, id: string, { images }: StageConfig) {
    super(scope, id);
    this.isBuiltHere = images === 'auto' ? isDockerHere() : images === 'docker';
  }

  /** A function that runs the image of a folder's Dockerfile. */
  makeFunction(scope: Construct, folder: string, options: FunctionOptions): DockerImageFunction {
    return new DockerImageFunction(scope, 'Function', { ...options, code: this.codeOf(folder) });
  }

  private codeOf(folder: string): DockerImageCode {
    const directory = join(CHECKOUT, folder);
    const image = { platform: Platform.LINUX_ARM64 };
    if (this.isBuiltHere) return DockerImageCode.fromImageAsset(directory, image);
    return this.buildOf(folder, { ...image, directory }).toLambdaDockerImageCode();
  }

  /** Built by CodeBuild while the stack is deployed. */
  private buildOf(folder: string, image: DockerImageAssetProps): ContainerImageBuild {
    const known = this.builds.get(folder);
    if (known) return known;
    const build = new ContainerImageBuild(this, folder.replaceAll('/', '-'), image);
    this.builds.set(folder, build);
    return build;
  }
}

/** The command alone says little: without its daemon it builds nothing. */
function isDockerHere(): boolean {
  return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}
