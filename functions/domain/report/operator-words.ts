import type { OperatorName } from '#domain/operators.ts';

/** What each operator does to the code, in a few words. */
const words: Readonly<Record<string, string>> = {
  'parameterize-query': 'hand values to the query as parameters',
  'safe-loader': 'load plain data only',
  'secret-from-env': 'read the secret from the environment',
  'argv-without-shell': 'start the process without a shell',
  'verify-host-key': 'check the key of the host',
  'modern-tls': 'refuse outdated versions of TLS',
  'verify-certificate': 'check the certificate',
  'strong-key-size': 'make a key of safe size',
  'secure-random': 'draw from a source that nobody can predict',
  'replace-weak-hash': 'replace the weak hash',
  'hoist-global': 'move the global statement up',
  'request-timeout': 'set a time limit for the request',
  'debug-off': 'switch the debugger off',
  'bind-address': 'listen to this machine only unless told otherwise',
  'private-temporary-file': 'make the temporary file private',
  'temporary-path': 'put the temporary file into a private folder',
  'private-permissions': 'let nobody else write or run it',
  'safe-extract': 'refuse archive members that leave the folder',
  'weights-only-load': 'load weights only, no objects',
  'safe-xml-parser': 'parse XML without entities',
  autoescape: 'escape values in templates',
  'escape-markup': 'escape values that go into markup',
  'explicit-check': 'check it in every mode of Python',
  'logged-exception': 'log the exception instead of swallowing it',
  'visible-source': 'write invisible characters as escapes',
  'literal-eval': 'evaluate literals only',
  'escape-html': 'escape values that go into HTML',
  'quote-shell-word': 'quote values that go to the shell',
  'refuse-weak-hash': 'refuse weak hashes that the caller names',
  'contain-path': 'keep the path inside its folder',
};

/** What the operator does, in words; its name where there are none. */
export function operatorWords(operator: OperatorName): string {
  return words[operator] ?? operator.replaceAll('-', ' ');
}
