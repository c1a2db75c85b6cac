import {
  APIGatewayClient,
  CreateRequestValidatorCommand,
  UpdateMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import type { AwsEmulator } from '#ports/fixtures/aws-emulator.ts';
import { resourcesOf, type Template } from './assembly.ts';
import type { Deployment } from './deploy.ts';

const RefSchema = z.looseObject({ Ref: z.string() });
const ValidatorSchema = z.looseObject({
  RestApiId: RefSchema,
  ValidateRequestBody: z.boolean().default(false),
  ValidateRequestParameters: z.boolean().default(false),
});
const MethodSchema = z.looseObject({
  RestApiId: RefSchema,
  ResourceId: z.unknown(),
  HttpMethod: z.string(),
  RequestValidatorId: RefSchema.optional(),
});

/**
 * Gives every method of a deployed template its request validator, which MiniStack's CloudFormation forgets and its
 * API Gateway knows.
 */
export async function mendValidators(
  template: Template,
  { ids }: Deployment,
  { clientConfig }: AwsEmulator,
): Promise<void> {
  const client = new APIGatewayClient(clientConfig);
  const validators = new Map<string, string>();
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::ApiGateway::RequestValidator')) {
    const { RestApiId, ValidateRequestBody, ValidateRequestParameters } = ValidatorSchema.parse(Properties);
    const made = await client.send(
      new CreateRequestValidatorCommand({
        restApiId: ids[RestApiId.Ref],
        name: id,
        validateRequestBody: ValidateRequestBody,
        validateRequestParameters: ValidateRequestParameters,
      }),
    );
    validators.set(id, made.id ?? '');
  }
  for (const [, { Properties }] of resourcesOf(template, 'AWS::ApiGateway::Method')) {
    const { RestApiId, ResourceId, HttpMethod, RequestValidatorId } = MethodSchema.parse(Properties);
    const resource = RefSchema.safeParse(ResourceId);
    if (RequestValidatorId === undefined || !resource.success) continue;
    const value = validators.get(RequestValidatorId.Ref);
    await client.send(
      new UpdateMethodCommand({
        restApiId: ids[RestApiId.Ref],
        resourceId: ids[resource.data.Ref],
        httpMethod: HttpMethod,
        patchOperations: [{ op: 'replace', path: '/requestValidatorId', value }],
      }),
    );
  }
  client.destroy();
}
