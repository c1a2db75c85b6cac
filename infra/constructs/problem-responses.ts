import { STATUS_CODES } from 'node:http';
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/** What API Gateway answers by itself → the status of it, and what the caller is told. */
const ANSWERS: readonly (readonly [ResponseType, number, string])[] = [
  [ResponseType.BAD_REQUEST_BODY, 400, 'The body is not what this address takes.'],
  [ResponseType.BAD_REQUEST_PARAMETERS, 400, 'A parameter is missing.'],
  [ResponseType.INVALID_API_KEY, 403, 'It takes a valid API key in the header x-api-key.'],
  [ResponseType.ACCESS_DENIED, 403, 'It takes a valid API key in the header x-api-key.'],
  // What API Gateway calls a missing token is an address or a method that it does not know.
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'There is nothing here.'],
  [ResponseType.REQUEST_TOO_LARGE, 413, 'The request is too large.'],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, 415, 'It takes application/json.'],
  [ResponseType.THROTTLED, 429, 'Too many requests at once. Try again in a moment.'],
  [ResponseType.QUOTA_EXCEEDED, 429, "This key's requests of the day are used up."],
  [ResponseType.WAF_FILTERED, 403, 'Too many requests from this address.'],
  [ResponseType.INTEGRATION_TIMEOUT, 504, 'It took too long.'],
  [ResponseType.INTEGRATION_FAILURE, 504, 'It could not be answered.'],
  [ResponseType.DEFAULT_5XX, 500, 'Something failed on our side.'],
];

/** Has the gateway's own answers read like the API's: problem documents of RFC 9457, in which nothing is echoed. */
export function answerWithProblems(api: RestApi): void {
  for (const [type, status, detail] of ANSWERS) {
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(status),
      responseHeaders: {
        'content-type': "'application/problem+json'",
        ...(status === 429 ? { 'retry-after': "'5'" } : {}),
      },
      templates: {
        'application/json': JSON.stringify({
          type: 'about:blank',
          title: STATUS_CODES[status],
          status,
          detail,
        }),
      },
    });
  }
}
