import { randomBytes } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { withSecurityHeaders } from '#middleware/security-headers.ts';
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
 * An answer as Lambda and API Gateway can take it: one that is too large goes to S3, and a 303 sends the client there;
 * so does one that is not text, since a gateway that hands bytes on takes every request for bytes as well, and checks
 * no body then. What comes from there is always a download: our headers that keep a page from running scripts do not
 * come along.
 */
export async function withinLimits(
  answer: APIGatewayProxyResult,
  { client, bucket }: LargeAnswerOptions,
): Promise<APIGatewayProxyResult> {
  if (!answer.isBase64Encoded && isSmall(answer)) return answer;
  const contentType = String(answer.headers?.['content-type'] ?? 'application/octet-stream');
  const disposition = String(answer.headers?.['content-disposition'] ?? '');
  const object = { Bucket: bucket, Key: `${LARGE_ANSWERS}${randomBytes(24).toString('hex')}` };
  const put = new PutObjectCommand({
    ...object,
    Body: Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8'),
    ContentType: contentType,
    CacheControl: 'no-store',
    ContentDisposition: disposition.startsWith('attachment') ? disposition : 'attachment',
  });
  await answered('the answer cannot be handed over', client.send(put));
  const location = await getSignedUrl(client, new GetObjectCommand(object), { expiresIn: SECONDS });
  return withSecurityHeaders({ statusCode: 303, headers: { location }, body: '' });
}

function isSmall(answer: APIGatewayProxyResult): boolean {
  // A character takes six bytes at most, where JSON escapes it.
  return answer.body.length * 6 < MAX_BYTES || Buffer.byteLength(JSON.stringify(answer)) < MAX_BYTES;
}
