import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generatedReport, repairedReport } from '#domain/fixtures/repairs.ts';
import { securedReport } from '#domain/fixtures/reports.ts';
import { repeatCommand } from './repeat-command.ts';
import { shellWord } from './shell-words.ts';

/** What a shell makes of words: the real one, since no other quotes as it does. */
function readByShell(words: readonly string[]): string[] {
  const script = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a word for the shell', () => {
  it('is read back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
            fc.constantFrom("'; rm -rf /", '$(id)', '`id`', '-n', '\n', "''", '\\', '!!', '~', '*'),
          ),
          { minLength: 1, maxLength: 5 },
        ),
        (words) => {
          const given = words.map((word) => word.replaceAll('\0', '') || 'x');

          expect(readByShell(given)).toEqual(given);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the command that repeats a run', () => {
  it('leaves out what is the default', () => {
    expect(
      repeatCommand({
        ...securedReport,
        settings: { ...securedReport.settings, ggan: true, maxSeconds: 300 },
      }),
    ).toBe('npm run --silent sgcode -- harden examples/user_service.py');
  });

  it('names models with their servers, and never a key', () => {
    expect(repeatCommand(repairedReport)).toContain(
      '--model qwen2.5-coder:7b --base-url http://127.0.0.1:11434/v1',
    );
  });

  it('begins with the prompt where the program was generated', () => {
    expect(repeatCommand(generatedReport)).toMatch(/^npm run --silent sgcode -- generate .*'$/s);
  });

  it('keeps a path that looks like an option from being one', () => {
    expect(repeatCommand({ ...securedReport, path: '--write' })).toMatch(/ -- --write$/);
  });
});
