import { type RunSettings, RunSettingsSchema } from '#domain/loop-state.ts';
import type { Report } from '#domain/report.ts';
import { shellWord } from './shell-words.ts';

const defaults = RunSettingsSchema.parse({});

/** The command that does the same again, in the checkout; what is at its default is left out. */
export function repeatCommand({ path, prompt, settings, gates }: Report): string {
  const [command, subject] = prompt === null ? ['harden', path] : ['generate', prompt];
  // Tests are not kept in a report: their file is the reader's to name.
  const tests = gates.tests.light === 'not-run' ? [] : ['--tests', 'TESTS.py'];
  // A path that looks like an option is not one.
  const words = [
    command,
    ...optionsOf(settings),
    ...tests,
    ...(subject.startsWith('-') ? ['--'] : []),
    subject,
  ];
  return ['npm run --silent sgcode --', ...words.map(shellWord)].join(' ');
}

function optionsOf(settings: RunSettings): string[] {
  const { models, budget, databaseDriver, allowedPackages } = settings;
  const hasModel = models.general !== null || models.safecoder !== null;
  return [
    ...option('--mechanism', settings.mechanism, hasModel ? 'hybrid' : 'rules'),
    ...option('--policy', settings.policy, defaults.policy),
    ...option('--analyzers', settings.analyzers.join(','), defaults.analyzers.join(',')),
    ...(settings.ggan ? [] : ['--no-ggan']),
    ...option('--behavior', settings.behavior, defaults.behavior),
    ...option('--max-iterations', settings.maxIterations, defaults.maxIterations),
    ...option('--max-seconds', settings.maxSeconds, defaults.maxSeconds),
    ...allowedPackages.flatMap((name) => ['--allow-package', name]),
    ...option('--database-driver', databaseDriver, null),
    ...(models.general === null
      ? []
      : ['--model', models.general.name, '--base-url', models.general.baseUrl]),
    ...(models.safecoder === null
      ? []
      : ['--safecoder-model', models.safecoder.name, '--safecoder-base-url', models.safecoder.baseUrl]),
    ...(hasModel
      ? [
          ...option('--max-model-calls', budget.maxCalls, defaults.budget.maxCalls),
          ...option('--max-tokens', budget.maxTokens, defaults.budget.maxTokens),
          ...option('--max-cost', budget.maxCostUsd, null),
        ]
      : []),
  ];
}

function option(name: string, value: string | number | null, usual: string | number | null): string[] {
  return value === null || value === usual ? [] : [name, String(value)];
}
