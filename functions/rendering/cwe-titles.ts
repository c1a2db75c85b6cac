import type { Cwe } from '#domain/finding.ts';

/** Short titles of the weaknesses that the analyzers' rules name (https://cwe.mitre.org). */
const titles: Readonly<Record<Cwe, string>> = {
  'CWE-20': 'Improper input validation',
  'CWE-22': 'Path traversal',
  'CWE-78': 'OS command injection',
  'CWE-79': 'Cross-site scripting',
  'CWE-80': 'Basic cross-site scripting',
  'CWE-89': 'SQL injection',
  'CWE-94': 'Code injection',
  'CWE-155': 'Improper neutralization of wildcards',
  'CWE-259': 'Hard-coded password',
  'CWE-284': 'Improper access control',
  'CWE-295': 'Improper certificate validation',
  'CWE-319': 'Cleartext transmission of sensitive information',
  'CWE-326': 'Inadequate encryption strength',
  'CWE-327': 'Broken or risky cryptographic algorithm',
  'CWE-330': 'Insufficiently random values',
  'CWE-377': 'Insecure temporary file',
  'CWE-400': 'Uncontrolled resource consumption',
  'CWE-494': 'Download of code without integrity check',
  'CWE-502': 'Deserialization of untrusted data',
  'CWE-605': 'Multiple binds to the same port',
  'CWE-703': 'Improper handling of exceptional conditions',
  'CWE-732': 'Incorrect permission assignment',
  'CWE-838': 'Inappropriate encoding for output context',
};

/** The weakness's title; undefined for one that is not in the table. */
export function cweTitle(cwe: Cwe): string | undefined {
  return titles[cwe];
}

/** The weakness's number, as its page's address and SARIF write it. */
export function cweNumber(cwe: Cwe): string {
  return cwe.slice('CWE-'.length);
}
