import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { apiKeyEnvOption, baseUrlOption } from './model-options.ts';
import { type ModelsOptions, models } from './models.ts';

/** Adds `models` to the command line. */
export function addModels(
  program: Command,
  context: CommandContext,
  finish: (exitCode: number) => void,
): void {
  program
    .command('models')
    .description('list the models that can be reached, and test that they answer')
    .addOption(baseUrlOption())
    .addOption(apiKeyEnvOption())
    .option('--model <name>', 'this one only')
    .option('--test', 'ask one model of each server for a few tokens')
    .addHelpText('after', MODELS_HELP)
    .action(async (options: ModelsOptions) => finish(await models(options, context)));
}

const MODELS_HELP = `
Without --base-url the usual ports of this machine are looked at (Ollama, LM Studio, llama.cpp,
vLLM), and OpenAI where OPENAI_API_KEY is set.

Examples:
  sgcode models
  sgcode models --test --model qwen2.5-coder:7b
  sgcode models --base-url https://host/v1 --api-key-env HOST_KEY --test

Exit codes: 0 a server answers, 1 none does, 2 wrong usage.`;
