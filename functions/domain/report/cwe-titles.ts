import type { Cwe } from '#domain/finding.ts';

/** Short titles of the weaknesses that the analyzers' rules and the gGAN name (https://cwe.mitre.org). */
const titles: Readonly<Record<Cwe, string>> = {
  'CWE-20': 'Improper input validation',
  'CWE-22': 'Path traversal',
  'CWE-74': 'Injection',
  'CWE-77': 'Command injection',
  'CWE-78': 'OS command injection',
  'CWE-79': 'Cross-site scripting',
  'CWE-80': 'Basic cross-site scripting',
  'CWE-89': 'SQL injection',
  'CWE-94': 'Code injection',
  'CWE-95': 'Eval injection',
  'CWE-155': 'Improper neutralization of wildcards',
  'CWE-179': 'Validation before decoding',
  'CWE-200': 'Exposure of sensitive information',
  'CWE-259': 'Hard-coded password',
  'CWE-284': 'Improper access control',
  'CWE-295': 'Improper certificate validation',
  'CWE-319': 'Cleartext transmission of sensitive information',
  'CWE-326': 'Inadequate encryption strength',
  'CWE-327': 'Broken or risky cryptographic algorithm',
  'CWE-330': 'Insufficiently random values',
  'CWE-347': 'Improper verification of a signature',
  'CWE-352': 'Cross-site request forgery',
  'CWE-377': 'Insecure temporary file',
  'CWE-400': 'Uncontrolled resource consumption',
  'CWE-494': 'Download of code without integrity check',
  'CWE-502': 'Deserialization of untrusted data',
  'CWE-601': 'Open redirect',
  'CWE-605': 'Multiple binds to the same port',
  'CWE-611': 'XML external entities',
  'CWE-703': 'Improper handling of exceptional conditions',
  'CWE-732': 'Incorrect permission assignment',
  'CWE-770': 'Allocation of resources without limits',
  'CWE-798': 'Hard-coded credentials',
  'CWE-838': 'Inappropriate encoding for output context',
  'CWE-862': 'Missing authorization',
  'CWE-863': 'Incorrect authorization',
  'CWE-915': 'Attributes of an object set from outside',
  'CWE-918': 'Server-side request forgery',
  'CWE-1333': 'Inefficient regular expression',
};

/** The weakness's title; undefined for one that is not in the table. */
export function cweTitle(cwe: Cwe): string | undefined {
  return titles[cwe];
}

/** The weakness's number, as its page's address and SARIF write it. */
export function cweNumber(cwe: Cwe): string {
  return cwe.slice('CWE-'.length);
}
