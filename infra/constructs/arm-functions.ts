import type { IAspect } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

/** Puts the functions that CDK brings along for its custom resources on Graviton too: none has native code. */
export class ArmFunctions implements IAspect {
  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === CfnFunction.CFN_RESOURCE_TYPE_NAME) {
      node.addPropertyOverride('Architectures', ['arm64']);
    }
  }
}
