/**
 * @typedef {import('./run-logged.mjs').LoggedResult} LoggedResult
 * @typedef {{ name: 'npm' | 'Python', root: string, freeBytes: number | null }} FailedStep
 */

const NEARLY_FULL_BYTES = 30_000_000;

/** @type {{ pattern: RegExp, explain: (step: FailedStep, match: RegExpMatchArray, output: string) => string }[]} */
const CAUSES = [
  {
    pattern: /ensurepip is not\s+available[\s\S]*?apt install (python[\d.]+-venv)/,
    explain: (_step, match) =>
      `Python lacks its venv module: install it with "sudo apt install ${match[1]}", then run this again.`,
  },
  { pattern: /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/, explain: noSpace },
  {
    pattern: /EINTEGRITY|DO NOT MATCH THE HASHES/,
    explain: ({ name }) =>
      `A package from the ${registryName(name)} is not the one that the lock file names: do not go on with it; clear the cache ("npm cache clean --force", "pip cache purge"), and if it happens again, ask whoever runs your package mirror.`,
  },
  {
    pattern: /can only install packages when your package\.json and package-lock\.json/,
    explain: () =>
      'package.json and package-lock.json do not fit together: run "npm install" and "node scripts/complete-lock.mjs", then run this again.',
  },
  {
    pattern:
      /CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF)|DEPTH_ZERO_SELF_SIGNED/,
    explain: ({ name }) =>
      `The certificate of the ${registryName(name)} is not trusted here: name your company's certificate in ${name === 'npm' ? 'NODE_EXTRA_CA_CERTS' : 'PIP_CERT'}, then run this again.`,
  },
  { pattern: /\b(?:EACCES|EPERM|EROFS)\b|Permission denied|Read-only file system/i, explain: noPermission },
  {
    pattern:
      /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ERR_SOCKET_CLOSED|EIDLETIMEOUT|Failed to establish a new connection|NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|\(from versions: none\)/,
    explain: noRegistry,
  },
  {
    pattern: /code E40[13]|code E407|HTTP error 40[137]|40[137] Client Error/,
    explain: ({ name }) =>
      `The ${registryName(name)} refuses this machine: sign in to it or name another (${registrySetting(name)}), then run this again.`,
  },
  {
    pattern: /No matching distribution found for (\S+)/,
    explain: (_step, match) =>
      `The Python package index has no ${match[1]} for this Python and platform: name a Python from 3.10 to 3.14 with SGCODE_PYTHON, then run this again.`,
  },
  {
    pattern: /code (?:E404|ETARGET)/,
    explain: () =>
      'The npm registry lacks a package that the lock file names: point "npm config get registry" at a complete one, then run this again.',
  },
  {
    pattern: /Failed building wheel for (\S+)|metadata-generation-failed|Failed to build (\S+)/,
    explain: () =>
      'A Python package had to be compiled and that failed: name a Python from 3.10 to 3.14 with SGCODE_PYTHON, for which it comes compiled, then run this again.',
  },
  {
    pattern: /TAR_ENTRY_ERROR/,
    explain: ({ root }) =>
      `npm could not unpack every file: check the disk that holds ${root}, then run this again.`,
  },
];

/**
 * Says in one sentence why an install step failed, and what to do about it.
 *
 * @param {FailedStep} step
 * @param {LoggedResult} result what npm, venv or pip printed and how it ended
 * @returns {string}
 */
export function explainFailure(step, result) {
  if (result.spawnError === 'ENOENT') {
    return step.name === 'npm'
      ? 'npm was not found beside Node: install Node 20 or later from https://nodejs.org, which brings it.'
      : 'The Python that was just found can no longer be started: run this again.';
  }
  if (result.spawnError === 'EACCES') return noPermission(step);

  for (const { pattern, explain } of CAUSES) {
    const match = result.output.match(pattern);
    if (match) return explain(step, match, result.output);
  }
  // ensurepip hides what went wrong, and a full disk shows in npm as any broken file.
  if (step.freeBytes !== null && step.freeBytes < NEARLY_FULL_BYTES) return noSpace(step);
  if (result.signal === 'SIGKILL' || result.code === 137) {
    return `The ${step.name} installation was killed, most likely for want of memory: free some (1 GB is enough), then run this again.`;
  }
  return `The ${step.name} installation ended with ${result.signal ?? `exit code ${result.code}`}: the log says why; run this again once that is put right.`;
}

/**
 * @param {FailedStep} step
 */
function noSpace({ root }) {
  return `There is no space left on the disk: about 700 MB are needed in ${root} and 300 MB for package caches in your home folder; free some, then run this again.`;
}

/**
 * @param {FailedStep} step
 */
function noPermission({ root }) {
  return `A file or folder may not be written by this user: make ${root} and your package caches yours (for example "sudo chown -R $(id -un) ${root}"), then run this again.`;
}

/**
 * @param {FailedStep} step
 * @param {RegExpMatchArray} _match
 * @param {string} output
 */
function noRegistry({ name }, _match, output) {
  const address = output.match(/(?:request to|indexes?:) (https?:\/\/[^/\s]+)/)?.[1];
  return `The ${registryName(name)}${address ? ` at ${address}` : ''} cannot be reached: check the network and proxy, or name another registry (${registrySetting(name)}), then run this again.`;
}

/** @param {FailedStep['name']} name */
function registryName(name) {
  return name === 'npm' ? 'npm registry' : 'Python package index';
}

/** @param {FailedStep['name']} name */
function registrySetting(name) {
  return name === 'npm' ? '"npm config set registry URL"' : 'PIP_INDEX_URL';
}
