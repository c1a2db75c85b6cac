import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Headers } from 'undici';
import { type Profile, profileOf } from './capability-profiles.ts';
import { lessonOf } from './lessons.ts';

const plain = profileOf('unknown.example', 'tiny');
const sentBy = ({ tokenLimit }: Profile) => ({
  model: 'tiny',
  messages: [],
  [tokenLimit]: 50,
  temperature: 0,
  seed: 1,
  response_format: {},
});
const learn = (body: unknown, status = 400, profile = plain) => {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return lessonOf({ status, headers: new Headers(), bytes }, sentBy(profile), profile);
};

const swapped = { tokenLimit: 'max_completion_tokens', temperature: false, seed: false };

describe('what a refusal teaches', () => {
  // Each body as it was reported for the server that sent it.
  it.each([
    [
      'OpenAI, max_tokens',
      {
        error: {
          message:
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          type: 'invalid_request_error',
          param: 'max_tokens',
          code: 'unsupported_parameter',
        },
      },
      swapped,
    ],
    [
      'a gateway, max_tokens in words only',
      {
        error: {
          message:
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          code: 'invalid_request_body',
        },
      },
      swapped,
    ],
    [
      'OpenAI, temperature',
      {
        error: {
          message:
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
          type: 'invalid_request_error',
          param: 'temperature',
          code: 'unsupported_value',
        },
      },
      { temperature: false },
    ],
    [
      'OpenAI, a field that it does not know',
      {
        error: {
          message: 'Unrecognized request argument supplied: seed',
          type: 'invalid_request_error',
          param: null,
          code: null,
        },
      },
      { seed: false },
    ],
    [
      'OpenAI, schemas',
      {
        error: {
          message:
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
          type: 'invalid_request_error',
          param: 'response_format',
          code: null,
        },
      },
      { jsonSchema: false },
    ],
    [
      'an older vLLM',
      {
        object: 'error',
        message:
          "[{'type': 'extra_forbidden', 'loc': ('body', 'seed'), 'msg': 'Extra inputs are not permitted', 'input': 1}]",
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
      { seed: false },
    ],
    [
      'Mistral',
      {
        detail: [
          { type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted', input: 1 },
        ],
      },
      { seed: false },
      422,
    ],
    [
      'Gemini',
      [
        {
          error: {
            code: 400,
            message: 'Invalid JSON payload received. Unknown name "seed": Cannot find field.',
            status: 'INVALID_ARGUMENT',
          },
        },
      ],
      { seed: false },
    ],
    ['plain text', 'response_format is not supported by this model', { jsonSchema: false }],
  ])('%s', (_, body, lesson, status = 400) => {
    expect(learn(body, status)).toEqual(lesson);
  });

  it('goes back to max_tokens where the newer field is refused', () => {
    const message =
      "[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'msg': 'Extra inputs are not permitted'}]";

    const lesson = learn({ message }, 400, { ...plain, tokenLimit: 'max_completion_tokens' });

    expect(lesson).toEqual({ tokenLimit: 'max_tokens' });
  });

  it.each([
    [
      'a limit that is too large',
      400,
      {
        error: {
          message: 'max_tokens is too large: 9000. This model supports at most 4096 completion tokens',
          param: 'max_tokens',
          code: null,
        },
      },
    ],
    [
      'a prompt that is too long',
      400,
      {
        error: {
          message: "This model's maximum context length is 4096 tokens",
          code: 'context_length_exceeded',
        },
      },
    ],
    [
      'a field that was not sent',
      400,
      { error: { message: 'Unsupported parameter: top_k', param: 'top_k', code: 'unsupported_parameter' } },
    ],
    ['a word of ours in a name of theirs', 400, { error: { message: 'Unsupported parameter: seed_value' } }],
    ['another status', 500, { error: { param: 'seed', code: 'unsupported_parameter' } }],
    ['nothing', 400, ''],
    ['HTML', 400, '<html>'],
  ])('nothing: %s', (_, status, body) => {
    expect(learn(body, status)).toBeNull();
  });

  it('never leaves the limit out, and takes any body', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.constant('max_tokens unsupported')), (body) => {
        const lesson = learn(body);

        expect(Object.keys(lesson ?? {})).toEqual(
          Object.keys(lesson ?? {}).filter((key) =>
            ['tokenLimit', 'temperature', 'seed', 'jsonSchema'].includes(key),
          ),
        );
        expect({ ...plain, ...lesson }.tokenLimit).toMatch(/^max_(completion_)?tokens$/);
      }),
    );
  });
});
