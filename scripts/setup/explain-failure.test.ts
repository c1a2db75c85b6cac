import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { explainFailure } from './explain-failure.mjs';

const FIXTURES = new URL('fixtures/', import.meta.url);
const ROOT = '/home/someone/sgcode';

/** What each recorded failure is about, by words that only its sentence has. */
const RECORDED: Record<string, RegExp> = {
  'npm-certificate': /certificate of the npm registry.*NODE_EXTRA_CA_CERTS/,
  'npm-eacces': /may not be written.*chown/,
  'npm-econnrefused': /npm registry at http:\/\/127\.0\.0\.1:9 cannot be reached/,
  'npm-enospc': /no space left/,
  'npm-enotfound': /npm registry at https:\/\/registry\.invalid cannot be reached/,
  'npm-integrity': /not the one that the lock file names/,
  'npm-lock': /do not fit together.*complete-lock/,
  'npm-notarget': /npm registry lacks a package/,
  'pip-certificate': /certificate of the Python package index.*PIP_CERT/,
  'pip-eacces': /may not be written/,
  'pip-enospc': /no space left/,
  'pip-hash': /not the one that the lock file names/,
  'pip-nohost': /Python package index at https:\/\/pypi\.invalid cannot be reached.*PIP_INDEX_URL/,
  'pip-nover': /has no libcst==99\.9\.0 for this Python/,
  'pip-refused': /Python package index at http:\/\/127\.0\.0\.1:9 cannot be reached/,
  'venv-noensurepip': /lacks its venv module.*apt install python3\.11-venv/,
};

const ENDED = { code: 1, signal: null, spawnError: null, output: '' };

describe('explainFailure', () => {
  it.each(Object.entries(RECORDED))('explains the recorded %s', (name, words) => {
    const output = readFileSync(new URL(`${name}.txt`, FIXTURES), 'utf8');

    const sentence = explainFailure(stepOf(name, 10e9), { ...ENDED, output });

    expect(sentence).toMatch(words);
    expect(sentence).not.toContain('\n');
    expect(sentence).toMatch(/run this again|installs? it|do not go on/);
  });

  it('finds a full disk where ensurepip hides it', () => {
    const output = readFileSync(new URL('venv-enospc.txt', FIXTURES), 'utf8');

    expect(explainFailure(stepOf('venv', 4096), { ...ENDED, output })).toMatch(/no space left/);
    expect(explainFailure(stepOf('venv', 10e9), { ...ENDED, output })).not.toMatch(/no space left/);
  });

  it('has a recorded case for every fixture', () => {
    const names = readdirSync(FIXTURES).map((file) => file.replace(/\.txt$/, ''));
    expect(names.sort()).toEqual([...Object.keys(RECORDED), 'venv-enospc'].sort());
  });

  it.each([
    ['npm is missing', { ...ENDED, code: null, spawnError: 'ENOENT' }, /npm was not found/],
    ['a kill', { ...ENDED, code: null, signal: 'SIGKILL' }, /want of memory/],
    ['an unknown cause', { ...ENDED, code: 7, output: 'odd' }, /exit code 7: the log says why/],
    [
      'files left out',
      { ...ENDED, code: 0, output: 'npm warn tar TAR_ENTRY_ERROR EIO' },
      /unpack every file/,
    ],
    ['a refusal', { ...ENDED, output: 'npm error code E403' }, /refuses this machine/],
  ])('explains %s', (_name, result, words) => {
    expect(explainFailure(stepOf('npm', 10e9), result)).toMatch(words);
  });
});

function stepOf(name: string, freeBytes: number): Parameters<typeof explainFailure>[0] {
  return { name: name.startsWith('npm') ? 'npm' : 'Python', root: ROOT, freeBytes };
}
