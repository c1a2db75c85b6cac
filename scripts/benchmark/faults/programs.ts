import type { CreateRunRequest } from '#ports/run-store/create-run.ts';

const YAML = 'import yaml\n\n\ndef read(text):\n    return yaml.load(text)\n';
const PICKLE = 'import pickle\n\n\ndef load(data):\n    return pickle.loads(data)\n';

/** Programs, and what becomes of them where nothing goes wrong. */
const PROGRAMS = [
  { code: 'x = 1\n', verdict: 'already-secure' },
  { code: YAML, verdict: 'secured' },
  { code: PICKLE, verdict: 'unchanged' },
  { code: YAML + PICKLE, verdict: 'improved' },
] as const;

/** How many owners share the runs. */
export const OWNERS = 7;

/** A caller's request, by its number; one in four brings a key for a model, which is to be gone at the end. */
export function programOf(number: number): CreateRunRequest {
  const { code } = PROGRAMS[number % PROGRAMS.length] ?? PROGRAMS[0];
  const withKey = number % PROGRAMS.length === 1;
  const general = { name: 'm', baseUrl: 'https://models.example/v1' };
  return {
    owner: `owner-${number % OWNERS}`,
    path: `program-${number}.py`,
    code: new TextEncoder().encode(code),
    settings: withKey ? { models: { general } } : {},
    ...(withKey ? { apiKeys: { general: 'sk-canary' } } : {}),
    idempotencyKey: `request-${number}`,
  };
}

/** What becomes of it where nothing goes wrong. */
export function verdictOf(number: number): string {
  return (PROGRAMS[number % PROGRAMS.length] ?? PROGRAMS[0]).verdict;
}
