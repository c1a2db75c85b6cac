import { InvalidArgumentError, Option } from 'commander';
import { type AnalyzerName, AnalyzerNameSchema } from '#domain/finding.ts';
import { type BehaviorMode, BehaviorModeSchema, RunSettingsSchema } from '#domain/loop-state.ts';
import type { Mechanism } from '#domain/mechanism.ts';
import { type PolicyName, PolicyNameSchema } from '#domain/policy-name.ts';
import {
  type AllowedPackage,
  AllowedPackageSchema,
  type DatabaseDriver,
  DatabaseDriverSchema,
} from '#domain/worker-steps.ts';

const defaults = RunSettingsSchema.parse({});

/** What `harden` takes to set a run. */
export type SettingsOptions = {
  /** Without one it depends on whether a model is set. */
  mechanism?: Mechanism;
  policy: PolicyName;
  analyzers: AnalyzerName[];
  maxIterations: number;
  maxSeconds: number;
  behavior: BehaviorMode;
  ggan: boolean;
  allowPackage: AllowedPackage[];
  databaseDriver: DatabaseDriver | null;
};

export function policyOption(): Option {
  return new Option(
    '--policy <name>',
    'which findings count; practical: what a reviewer would act on, paper: every one',
  )
    .choices(PolicyNameSchema.options)
    .default(defaults.policy);
}

export function analyzersOption(): Option {
  return new Option('--analyzers <names>', `analyzers, by commas: ${AnalyzerNameSchema.options.join(', ')}`)
    .argParser(parseAnalyzers)
    .default(defaults.analyzers, defaults.analyzers.join(','));
}

export function maxIterationsOption(): Option {
  const { minValue, maxValue } = RunSettingsSchema.shape.maxIterations.unwrap();
  return new Option('--max-iterations <n>', 'rounds of planning, editing and verifying per file')
    .argParser((text) => wholeNumber(text, minValue, maxValue))
    .default(defaults.maxIterations);
}

export function maxSecondsOption(): Option {
  const { minValue, maxValue } = RunSettingsSchema.shape.maxSeconds.unwrap();
  return new Option('--max-seconds <n>', 'time per file; the best result so far is kept when it is up')
    .argParser((text) => wholeNumber(text, minValue, maxValue))
    .default(defaults.maxSeconds);
}

export function behaviorOption(): Option {
  return new Option(
    '--behavior <when>',
    'run original and result side by side, sealed off; auto: what a model touched',
  )
    .choices(BehaviorModeSchema.options)
    .default(defaults.behavior);
}

export function noGganOption(): Option {
  return new Option('--no-ggan', 'plan from findings alone, without the graph network');
}

export function allowPackageOption(): Option {
  return new Option(
    '--allow-package <name>',
    `a package that a fix may make the program need, once for each: ${AllowedPackageSchema.options.join(', ')}`,
  )
    .argParser(parsePackage)
    .default(defaults.allowedPackages, 'none');
}

export function databaseDriverOption(): Option {
  return new Option(
    '--database-driver <name>',
    'which driver runs the queries of a file that does not tell its own',
  )
    .choices(DatabaseDriverSchema.options)
    .default(defaults.databaseDriver, 'none');
}

/** Parses a whole number within inclusive bounds. Throws commander's InvalidArgumentError. */
export function wholeNumber(text: string, min: number | null, max: number | null): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number) || number < (min ?? 0) || number > (max ?? Number.MAX_SAFE_INTEGER)) {
    throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`);
  }
  return number;
}

function parsePackage(text: string, before: AllowedPackage[]): AllowedPackage[] {
  const parsed = AllowedPackageSchema.safeParse(text);
  if (!parsed.success)
    throw new InvalidArgumentError(`There is: ${AllowedPackageSchema.options.join(', ')}.`);
  return [...new Set([...before, parsed.data])];
}

function parseAnalyzers(text: string): AnalyzerName[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names)].map((name) => {
    const parsed = AnalyzerNameSchema.safeParse(name);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`There is: ${AnalyzerNameSchema.options.join(', ')}.`);
  });
}
