import { describe, expect, it } from '@jest/globals';
import type { Output } from '../commands/output.ts';
import { readLocalConfig } from '../local-config.ts';
import { canRunPrograms } from './can-run-programs.ts';

function contextWithoutRunner() {
  const written: string[] = [];
  const stderr: Output = {
    write: (text) => void written.push(String(text)),
    isTerminal: false,
    hasColors: false,
    isClosed: () => false,
  };
  const config = { ...readLocalConfig(process.env, process.cwd()), runnerPython: '/nowhere/python' };
  return { context: { config, stderr }, written };
}

describe('canRunPrograms, where nothing can be sealed off', () => {
  it.each([
    ['auto', 'folder', 'Without behavior: '],
    ['auto', 'seccodeplt', 'Without behavior and tests: '],
    ['never', 'seccodeplt', 'Without tests: '],
  ] as const)('with --behavior %s and %s it says what will be missing', async (behavior, kind, start) => {
    const { context, written } = contextWithoutRunner();

    expect(await canRunPrograms({ behavior }, { kind }, context)).toBe(false);
    expect(written).toEqual([expect.stringContaining(`${start}programs cannot be sealed off`)]);
  });

  it('refuses what was asked for by name, and asks nothing where nothing is to be run', async () => {
    const { context, written } = contextWithoutRunner();

    await expect(canRunPrograms({ behavior: 'always' }, { kind: 'folder' }, context)).rejects.toMatchObject({
      name: 'UsageError',
    });
    expect(await canRunPrograms({ behavior: 'never' }, { kind: 'folder' }, context)).toBe(false);
    expect(written).toEqual([]);
  });
});
