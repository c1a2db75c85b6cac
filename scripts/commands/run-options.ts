import type { Command, Option } from 'commander';
import { addModelOptions } from './model-options.ts';
import {
  allowPackageOption,
  analyzersOption,
  behaviorOption,
  databaseDriverOption,
  maxIterationsOption,
  maxSecondsOption,
  noGganOption,
  policyOption,
} from './settings-options.ts';

/** What a command takes beside the settings and models of its runs. */
export type ProgramOptions = {
  /** The file with the user's own tests. */
  tests?: string;
  unsafeLocalRunner?: boolean;
};

/** Adds what sets a run, whatever it begins with. Commander takes a default when an option is added, not later. */
export function addRunOptions(command: Command, behavior: Option = behaviorOption()): Command {
  command
    .addOption(policyOption())
    .addOption(analyzersOption())
    .addOption(maxIterationsOption())
    .addOption(maxSecondsOption())
    .option('--tests <file>', 'your pytest or unittest tests of the file: what passes before must pass after')
    .addOption(behavior)
    .addOption(noGganOption())
    .addOption(allowPackageOption())
    .addOption(databaseDriverOption())
    .option(
      '--unsafe-local-runner',
      'where programs cannot be sealed off, run them all the same: they can then read and change your files',
    );
  return addModelOptions(command);
}
