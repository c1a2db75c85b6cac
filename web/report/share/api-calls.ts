import type { RunSettingsInput } from '#domain/loop-state.ts';
import type { Report } from '#domain/report.ts';

export type ApiCall = { language: 'curl' | 'TypeScript' | 'Python'; code: string };

/** The run as programs ask for it, in three languages; nothing in the report can leave its place as a text. */
export function apiCalls(report: Report, origin: string): ApiCall[] {
  const body = asciiJson(bodyOf(report));
  const { general, safecoder } = report.settings.models;
  const keys = [
    ...(general === null ? [] : [{ header: 'sgcode-model-key', variable: 'MODEL_KEY' }]),
    ...(safecoder === null ? [] : [{ header: 'sgcode-safecoder-key', variable: 'SAFECODER_KEY' }]),
  ];
  return [
    { language: 'curl', code: curlCall(origin, body, keys) },
    { language: 'TypeScript', code: typeScriptCall(origin, body, keys) },
    { language: 'Python', code: pythonCall(origin, body, keys) },
  ];
}

type Key = { header: string; variable: string };

function bodyOf({ path, prompt, original, settings }: Report): object {
  const source = prompt === null ? { code: original.code } : { prompt };
  return { path, ...source, settings: settings satisfies RunSettingsInput };
}

/** JSON in ASCII alone, on one line: nothing in it is invisible, turns text around or ends a here-document. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function curlCall(origin: string, body: string, keys: readonly Key[]): string {
  const headers = keys.map(({ header, variable }) => ` -H "${header}: $${variable}"`).join('');
  return `curl -s '${origin}/v1/runs' -H 'content-type: application/json'${headers} --data-binary @- <<'JSON'
${body}
JSON
`;
}

function typeScriptCall(origin: string, body: string, keys: readonly Key[]): string {
  const headers = keys.map(({ header, variable }) => `, '${header}': process.env.${variable} ?? ''`).join('');
  return `const api = '${origin}';
const body = ${body};

const created = await fetch(\`\${api}/v1/runs\`, {
  method: 'POST',
  headers: { 'content-type': 'application/json'${headers} },
  body: JSON.stringify(body),
});
let run = await created.json();
while (run.status !== 'finished') {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  run = await (await fetch(\`\${api}/v1/runs/\${run.id}\`)).json();
}
const report = await (await fetch(\`\${api}/v1/runs/\${run.id}/report?format=json\`)).json();
console.log(report.verdict, report.reason);
`;
}

function pythonCall(origin: string, body: string, keys: readonly Key[]): string {
  const headers = keys.map(({ header, variable }) => `, "${header}": os.environ["${variable}"]`).join('');
  // JSON within a string of Python: only its backslashes and quotes need care, as it is ASCII.
  const literal = body.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `import json
${keys.length === 0 ? '' : 'import os\n'}import time
from urllib.request import Request, urlopen

API = "${origin}"
BODY = '${literal}'


def call(path, data=None):
    headers = {"content-type": "application/json"${headers}} if data else {}
    with urlopen(Request(API + path, data=data, headers=headers)) as answer:
        return json.load(answer)


run = call("/v1/runs", BODY.encode())
while run["status"] != "finished":
    time.sleep(1)
    run = call("/v1/runs/" + run["id"])
report = call("/v1/runs/" + run["id"] + "/report?format=json")
print(report["verdict"], report["reason"])
`;
}
