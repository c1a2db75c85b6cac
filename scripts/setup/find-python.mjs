import { spawnSync } from 'node:child_process';
import { SetupError } from './setup-error.mjs';

const OLDEST = [3, 10];
const NEWEST_TESTED = [3, 14];
const CANDIDATES = [
  'python3',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python',
];

// The base executable, so that an activated virtual environment (perhaps the one about to be replaced) is not
// built upon. Debian splits ensurepip from Python, and leaves venv importable without it.
const PROBE = `
import json, sys
try:
    import venv, ensurepip
    packaged = bool(ensurepip.version())
except Exception:
    packaged = False
print(json.dumps([sys.version_info[:3], getattr(sys, "_base_executable", sys.executable), packaged]))
`;

/** @typedef {{ version: [number, number, number], executable: string, hasVenv: boolean }} Python */

/**
 * The Python to build the virtual environments with: SGCODE_PYTHON where it is set, else the first on PATH that
 * is 3.10 or later and has the venv module; one newer than 3.14 only where there is no other.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Python}
 * @throws {SetupError} with the fix, where there is none
 */
export function findPython(env) {
  const chosen = env.SGCODE_PYTHON;
  const found = (chosen ? [chosen] : CANDIDATES)
    .map((command) => probe(command, env))
    .filter((python) => python !== null);

  const fitting = found.filter(({ version, hasVenv }) => isAtLeast(version, OLDEST) && hasVenv);
  const tested = fitting.find(({ version }) => isAtLeast(NEWEST_TESTED, version.slice(0, 2)));
  const python = tested ?? fitting[0];
  if (python === undefined) throw new SetupError(whyNone(found, chosen));
  return python;
}

/**
 * @param {Python[]} found
 * @param {string | undefined} chosen
 */
function whyNone(found, chosen) {
  const fix =
    'install it from https://www.python.org or your package manager, or name another with SGCODE_PYTHON';
  const withoutVenv = found.find(({ version }) => isAtLeast(version, OLDEST));
  if (withoutVenv) {
    const [major, minor] = withoutVenv.version;
    return `Python ${withoutVenv.version.join('.')} (${withoutVenv.executable}) lacks its venv module: install it, on Debian or Ubuntu with "sudo apt install python${major}.${minor}-venv", then run this again.`;
  }
  const old = found[0];
  if (old) {
    return `Python 3.10 or later is needed, ${old.executable} is ${old.version.join('.')}: ${fix}.`;
  }
  return chosen
    ? `SGCODE_PYTHON names ${chosen}, which does not run as Python: set it to a Python 3.10 or later, or unset it.`
    : `Python 3.10 or later is needed and there is none on PATH: ${fix}.`;
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {Python | null}
 */
function probe(command, env) {
  const { status, stdout } = spawnSync(command, ['-I', '-c', PROBE], {
    env,
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (status !== 0) return null;
  try {
    const [version, executable, hasVenv] = JSON.parse(stdout);
    return { version, executable, hasVenv };
  } catch {
    return null;
  }
}

/**
 * @param {number[]} version
 * @param {number[]} wanted
 */
function isAtLeast(version, wanted) {
  for (const [place, number] of wanted.entries()) {
    const difference = (version[place] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
