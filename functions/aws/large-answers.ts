import { randomBytes } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { answered } from '#ports/aws-errors.ts';
import { LARGE_ANSWERS } from './functions.ts';

/**
 * Lambda takes 6 MB of an answer, as JSON in which the body is a string
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
const MAX_BYTES = 5_500_000;

/** Time to follow the address, not to share it: whoever has it can read the answer. */
const SECONDS = 120;

export type LargeAnswerOptions = { client: S3Client; bucket: string };

/**
 * An answer as Lambda can take it: one that is too large goes to S3, and a 303 sends the client there. What comes from
 * there is always a download, since our headers that keep a page from running scripts do not come along.
 */
export async function withinLimits(
  answer: APIGatewayProxyResult,
  { client, bucket }: LargeAnswerOptions,
): Promise<APIGatewayProxyResult> {
  if (answer.body.length * 3 < MAX_BYTES || Buffer.byteLength(JSON.stringify(answer)) < MAX_BYTES)
    return answer;
  const contentType = String(answer.headers?.['content-type'] ?? 'application/octet-stream');
  const object = { Bucket: bucket, Key: `${LARGE_ANSWERS}${randomBytes(24).toString('hex')}` };
  const put = new PutObjectCommand({
    ...object,
    Body: Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8'),
    ContentType: contentType,
    CacheControl: 'no-store',
    ContentDisposition: String(answer.headers?.['content-disposition'] ?? 'attachment'),
  });
  await answered('the answer cannot be handed over', client.send(put));
  const location = await getSignedUrl(client, new GetObjectCommand(object), { expiresIn: SECONDS });
  return { statusCode: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}
