// Runs the handler of a Node function as Lambda's own runtime does, for the emulator, whose own loses the names of
// errors: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { existsSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { request } from 'node:http';
import { registerHooks } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
const {
  AWS_LAMBDA_RUNTIME_API = '',
  LAMBDA_TASK_ROOT = '',
  _HANDLER = '',
  NODE_PATH = '',
  SGCODE_FAULTS = '',
  SGCODE_API_KEYS = '',
} = process.env;

class NamedError extends Error {
  /**
   * @param {string} name
   * @param {string} message
   */
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

// The managed runtime searches the folders of NODE_PATH, its own SDK and the layers, for imports too:
// https://aws.amazon.com/blogs/compute/node-js-18-x-runtime-now-available-in-aws-lambda/
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      for (const folder of NODE_PATH.split(delimiter)) {
        const parentURL = pathToFileURL(join(folder, '..', 'index.mjs')).href;
        try {
          return next(specifier, { ...context, parentURL });
        } catch {
          // The next folder may have it.
        }
      }
      throw error;
    }
  },
});

/**
 * One connection for each call: the emulator sends headers and body apart, which costs 40 ms on a kept one.
 *
 * @param {string} method
 * @param {string} path
 * @param {string} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ headers: import('node:http').IncomingHttpHeaders, text: string }>}
 */
function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/${path}`,
      { method, agent: false, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ headers: response.headers, text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** @param {unknown} error */
function describeError(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const { name, message, stack = '' } = error;
  return { errorType: name, errorMessage: message, trace: stack.split('\n') };
}

/**
 * @param {string} path
 * @param {unknown} error
 */
async function tellError(path, error) {
  const described = describeError(error);
  process.stderr.write(`${JSON.stringify(described)}\n`);
  const headers = { 'Lambda-Runtime-Function-Error-Type': described.errorType };
  await call('POST', path, JSON.stringify(described), headers);
}

async function loadHandler() {
  const [module = '', name = ''] = _HANDLER.split('.');
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => join(LAMBDA_TASK_ROOT, module + extension))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) throw new NamedError('Runtime.ImportModuleError', `there is no ${module}`);
  const exported = await import(pathToFileURL(file).href);
  const handler = exported[name] ?? exported.default?.[name];
  if (typeof handler !== 'function') {
    throw new NamedError('Runtime.HandlerNotFound', `${_HANDLER} is undefined or not exported`);
  }
  return handler;
}

/**
 * The fault that a test left for this call, taken so that no other call meets it.
 *
 * @param {string} event
 */
function takeFault(event) {
  if (!existsSync(SGCODE_FAULTS)) return null;
  for (const name of readdirSync(SGCODE_FAULTS).sort()) {
    const file = join(SGCODE_FAULTS, name);
    try {
      const fault = JSON.parse(readFileSync(file, 'utf8'));
      if (!event.includes(fault.where)) continue;
      unlinkSync(file);
      return fault;
    } catch {
      // Another environment took it.
    }
  }
  return null;
}

/**
 * Says whose key a request came with, as API Gateway does and the emulator's does not:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * @param {any} event
 */
function identify(event) {
  const identity = event?.requestContext?.identity;
  const name = Object.keys(event?.headers ?? {}).find((header) => header.toLowerCase() === 'x-api-key');
  if (identity === undefined || name === undefined || !existsSync(SGCODE_API_KEYS)) return event;
  const apiKey = event.headers[name];
  const apiKeyId = JSON.parse(readFileSync(SGCODE_API_KEYS, 'utf8'))[apiKey];
  Object.assign(identity, { apiKey, apiKeyId });
  return event;
}

/**
 * @param {Function} handler
 * @param {string} event
 * @param {Record<string, unknown>} context
 */
async function answer(handler, event, context) {
  if (Buffer.byteLength(event) > MAX_PAYLOAD_BYTES) {
    throw new NamedError('RequestTooLargeException', 'Request must be smaller than 6291456 bytes');
  }
  const fault = takeFault(event);
  if (fault?.kind === 'exit') process.exit(1);
  if (fault?.kind === 'error') throw new NamedError(fault.errorType, fault.errorMessage);
  if (fault?.kind === 'answer') return JSON.stringify(fault.answer);
  const text = JSON.stringify((await handler(identify(JSON.parse(event)), context)) ?? null);
  // The work is done, and nobody hears of it.
  if (fault?.kind === 'lost-answer') throw new NamedError(fault.errorType, fault.errorMessage);
  if (Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) {
    throw new NamedError('Function.ResponseSizeTooLarge', 'Response payload size exceeded 6291556 bytes.');
  }
  return text;
}

/** @param {Function} handler */
async function serve(handler) {
  const { headers, text } = await call('GET', 'invocation/next');
  const id = String(headers['lambda-runtime-aws-request-id']);
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = {
    awsRequestId: id,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    await call('POST', `invocation/${id}/response`, await answer(handler, text, context));
  } catch (error) {
    await tellError(`invocation/${id}/error`, error);
  }
}

try {
  const handler = await loadHandler();
  for (;;) await serve(handler);
} catch (error) {
  await tellError('init/error', error);
  process.exit(1);
}
