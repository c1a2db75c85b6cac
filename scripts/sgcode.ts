#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { z } from 'zod';
import { exitCodeOf } from './commands/command-context.ts';
import { listenForSignals } from './commands/listen-for-signals.ts';
import { runLocalBenchmark } from './commands/local-benchmark.ts';
import { openLocalEngine } from './commands/local-engine.ts';
import { openLocalModels } from './commands/local-models.ts';
import { processOutput } from './commands/output.ts';
import { buildProgram } from './commands/program.ts';
import { readStream } from './commands/read-stream.ts';
import { UsageError } from './commands/usage-error.ts';
import { readLocalConfig, workingFolder } from './local-config.ts';

const WRONG_USAGE = 2;

async function main(args: readonly string[]): Promise<number> {
  const stdout = processOutput(process.stdout);
  const stderr = processOutput(process.stderr);
  const signal = listenForSignals();
  let exitCode = 0;
  const program = buildProgram(
    {
      cwd: workingFolder(process.env, process.cwd()),
      stdout,
      stderr,
      signal,
      env: process.env,
      readStdin: (maxBytes) => readStream(process.stdin, maxBytes),
      openModels: () => openLocalModels(readLocalConfig(process.env, process.cwd())),
      openEngine: (options) => openLocalEngine(readLocalConfig(process.env, process.cwd()), stderr, options),
      runBenchmark: (request) => {
        const config = readLocalConfig(process.env, process.cwd());
        return runLocalBenchmark(request, { config, stdout, stderr, signal });
      },
    },
    packageVersion(),
    (code) => {
      exitCode = code;
    },
  );
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has already said what is wrong; asking for help or the version is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    if (error instanceof UsageError) {
      stderr.write(`error: ${error.message}\n`);
      return WRONG_USAGE;
    }
    stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    return exitCodeOf(signal, 1);
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

process.exitCode = await main(process.argv.slice(2));
