import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ApiEventInput } from '#api/api-event.ts';
import type { ApiHandler } from '#api/handler.ts';
import { problemAnswer } from '#middleware/problems.ts';
import { withSecurityHeaders } from '#middleware/security-headers.ts';
import { type LargeAnswerOptions, withinLimits } from './large-answers.ts';
import { errorName, logLine } from './log.ts';

/** The API as the handler of a Lambda function: answers that Lambda cannot carry are fetched from S3. */
export function apiEntry(answer: ApiHandler, largeAnswers: LargeAnswerOptions): ApiHandler {
  return async (event: ApiEventInput, context): Promise<APIGatewayProxyResult> => {
    const answered = await answer(event, context);
    try {
      return await withinLimits(answered, largeAnswers);
    } catch (error) {
      const { requestId } = event.requestContext;
      logLine('error', 'an answer could not be handed over', { requestId, error: errorName(error) });
      return withSecurityHeaders(problemAnswer(error, requestId));
    }
  };
}
