const SYSTEMS = /** @type {const} */ ({
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
  win32: 'win32',
  windows: 'win32',
});
const PROCESSORS = ['x64', 'ia32', 'arm64', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el'];

/**
 * @typedef {{ version?: string, optionalDependencies?: Record<string, string>, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[] }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/**
 * The lock with an entry for every optional dependency that has none, and their names. An entry so made has no
 * integrity: nobody here could fetch the package; npm reads it only on the platform it names.
 *
 * @template {Lock} L
 * @param {L} lock the parsed package-lock.json, version 3
 * @returns {{ lock: L, added: string[] }}
 */
export function completeLock(lock) {
  const packages = { ...lock.packages };
  /** @type {string[]} */
  const added = [];
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      if (isLocked(packages, path, name)) continue;
      packages[`node_modules/${name}`] = stub(name, range, dev === true);
      added.push(name);
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added };
}

/**
 * Whether Node's lookup from `path` upwards finds `name`.
 *
 * @param {Record<string, LockedPackage>} packages
 * @param {string} path
 * @param {string} name
 */
function isLocked(packages, path, name) {
  for (let base = path; ; base = parentOf(base)) {
    if (packages[base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`]) return true;
    if (base === '') return false;
  }
}

/** @param {string} path */
function parentOf(path) {
  const end = path.lastIndexOf('/node_modules/');
  return end < 0 ? '' : path.slice(0, end);
}

/**
 * @param {string} name
 * @param {string} range
 * @param {boolean} dev
 * @returns {LockedPackage}
 */
function stub(name, range, dev) {
  const words = name.split(/[^a-z0-9]+/);
  const os = Object.entries(SYSTEMS).find(([word]) => words.includes(word))?.[1];
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(dev ? { dev: true } : {}),
    optional: true,
    // A package for no known system (WebAssembly) is kept from every system, as npm left it out.
    os: [os ?? 'none'],
  };
}
