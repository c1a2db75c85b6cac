import type { Operation } from './openapi.ts';

export type Filled = {
  /** By parameter name. */
  values: Record<string, string>;
  /** JSON; null where there is none. */
  body: string | null;
};

export type HttpRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
};

/** The request of an operation with its parameters filled in; empty ones are left out. */
export function requestOf({ method, path, parameters }: Operation, { values, body }: Filled): HttpRequest {
  const query = new URLSearchParams();
  const headers: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' };
  let filledPath = path;
  for (const { name, in: place } of parameters) {
    const value = values[name] ?? '';
    if (place === 'path') filledPath = filledPath.replaceAll(`{${name}}`, encodeURIComponent(value));
    else if (value === '') continue;
    else if (place === 'query') query.set(name, value);
    else if (place === 'header') headers[name.toLowerCase()] = value;
  }
  const search = query.toString();
  return { method, path: search === '' ? filledPath : `${filledPath}?${search}`, headers, body };
}

/** The request as a command for a POSIX shell. */
export function curlOf({ method, path, headers, body }: HttpRequest, origin: string): string {
  const parts = [
    `curl -s ${method === 'GET' ? '' : `-X ${method} `}${quoted(`${origin}${path}`)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`-d ${quoted(body)}`]),
  ];
  return parts.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
