import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Mechanism, MechanismSchema, mechanisms } from '#domain/mechanism.ts';
import { ModelBudgetSchema, type PromptTemplate, PromptTemplateSchema } from '#domain/model-settings.ts';
import { wholeNumber } from './settings-options.ts';

const budget = ModelBudgetSchema.parse({});

/** What a command takes to name the models that a run may call, and what they may cost. */
export type ModelOptions = {
  model?: string;
  baseUrl?: string;
  /** The name of an environment variable. */
  apiKeyEnv?: string;
  safecoderModel?: string;
  safecoderBaseUrl?: string;
  safecoderApiKeyEnv?: string;
  safecoderTemplate?: PromptTemplate;
  maxModelCalls?: number;
  maxTokens?: number;
  /** US dollars. */
  maxCost?: number;
};

/** Adds the options that name models and their budget, under a heading of their own. */
export function addModelOptions(command: Command): Command {
  const options = [
    new Option('--model <name>', 'the model that repairs, and writes from prompts'),
    baseUrlOption(),
    apiKeyEnvOption(),
    new Option('--safecoder-model <name>', 'a model that was tuned to write secure code'),
    new Option('--safecoder-base-url <url>', 'its server'),
    new Option('--safecoder-api-key-env <variable>', 'the environment variable that holds the key for it'),
    new Option(
      '--safecoder-template <name>',
      'how it is asked; without: safecoder, a plain completion in the form it was tuned with',
    ).choices(PromptTemplateSchema.options),
    maxModelCallsOption(),
    maxTokensOption(),
    maxCostOption(),
  ];
  for (const option of options) command.addOption(option.helpGroup('Models:'));
  return command;
}

/** Not parsed by commander, whose messages would quote a password in it. */
export function baseUrlOption(): Option {
  return new Option(
    '--base-url <url>',
    "its server, any that speaks OpenAI's API; without: OpenAI, or one found on this machine",
  );
}

export function apiKeyEnvOption(): Option {
  return new Option(
    '--api-key-env <variable>',
    'the environment variable that holds the key for it; for OpenAI: OPENAI_API_KEY',
  );
}

export function maxModelCallsOption(): Option {
  const { minValue, maxValue } = ModelBudgetSchema.shape.maxCalls.unwrap();
  return new Option('--max-model-calls <n>', `calls per file; without: ${budget.maxCalls}`).argParser(
    (text) => wholeNumber(text, minValue, maxValue),
  );
}

export function maxTokensOption(): Option {
  const { minValue, maxValue } = ModelBudgetSchema.shape.maxTokens.unwrap();
  return new Option(
    '--max-tokens <n>',
    `tokens per file, in and out; without: ${budget.maxTokens}`,
  ).argParser((text) => wholeNumber(text, minValue, maxValue));
}

export function maxCostOption(): Option {
  return new Option('--max-cost <usd>', 'US dollars per file, for models of known price').argParser(dollars);
}

export function mechanismOption(): Option {
  return new Option(
    '--mechanism <name>',
    'how to harden; without: hybrid where a model is set, else rules',
  ).choices(MechanismSchema.options);
}

/** What each mechanism does, a line each. */
export const MECHANISM_HELP = `Mechanisms:\n${MechanismSchema.options
  .map((name: Mechanism) => `  ${name.padEnd(21)} ${mechanisms[name].summary}`)
  .join('\n')}`;

function dollars(text: string): number {
  const { minValue, maxValue } = ModelBudgetSchema.shape.maxCostUsd.unwrap().unwrap();
  const number = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number) || number > (maxValue ?? Number.MAX_VALUE)) {
    throw new InvalidArgumentError(`It takes US dollars from ${minValue} to ${maxValue}, such as 0.50.`);
  }
  return number;
}
