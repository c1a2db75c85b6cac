import type { FlagName } from './flag-names.ts';

const SQL =
  /\b(insert\s+(or\s+\w+\s+)?into|delete\s+from|create\s+(table|database|index|view|user)|drop\s+(table|database|index|view)|alter\s+table|truncate\s+table|replace\s+into|order\s+by|group\s+by|(inner|left|outer)\s+join|values\s*\(|union\s+select)/i;
/** Words of SQL of which the second comes anywhere behind the first. */
const SQL_PAIRS: readonly (readonly [RegExp, RegExp])[] = [
  [/\bselect\b/i, /\bfrom\b/i],
  [/\bupdate\b/i, /\bset\b/i],
  [/\bwhere\b/i, /=/],
];
const HTML =
  /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>|<(a|img|div|span|p|h\d|td|tr|li|input|script|form|b|br|html|body)\b/i;
const PLACEHOLDER = /%(\([^()]{0,60}\))?[-#0-9. +]{0,12}[sdrfix]|\{[^{}\s"':]{0,60}(:[^{}]{0,60})?\}/;
const QUOTED = /['"`][\s%]{0,4}(%(\([^()]{0,60}\))?[sdr]|\{[^{}\s"']{0,60}\})[\s%]{0,4}['"`]/;
const BOUND = /(^|[\s(,=])(\?|:[a-z_]\w*|%s|%\(\w+\)s|\$\d)(?=[\s),;]|$)/i;
const COMMAND =
  /(^|[;|&]\s*|\bsudo\s+)(ls|cat|rm|cp|mv|mkdir|chmod|chown|ping|curl|wget|git|tar|unzip|zip|grep|find|ssh|scp|rsync|python\d?|pip|docker|kill|echo|nslookup|dig|ffmpeg|convert|openssl|iptables|ifconfig|ip|mount|umount|useradd|passwd|systemctl|service|bash|sh|sed|awk|nmap|adb|make|java|node|npm|mysql|mysqldump|psql)\s|\s--?[a-z][\w-]*|\s(\||&&|>>|2>)\s/i;
const WEAK_ALGORITHM = /^(md5|md4|md2|sha-?1|des|3des|rc4|rc2|arc4|blowfish|ecb|hs256|none)$/i;

/** What a text says, and whether it leaves room for values. */
export function textFlags(text: string): FlagName[] {
  const flags: FlagName[] = ['is-string'];
  if (text === '') return flags;
  const sql = text.length > 5 && saysSql(text);
  if (sql) flags.push('says-sql');
  if (text.includes('<') && HTML.test(text)) flags.push('says-html');
  if (/^\w+:\/\//.test(text)) flags.push('says-url');
  else if (/^[./~]?[\w.{}%-]*\/|\.\.|^[\w-]+\.\w{1,5}$/.test(text)) flags.push('says-path');
  if (!sql && COMMAND.test(text)) flags.push('says-command');
  if (WEAK_ALGORITHM.test(text)) flags.push('says-weak-algorithm');
  if (/\s/.test(text)) flags.push('says-sentence');
  if (PLACEHOLDER.test(text)) flags.push('has-placeholder');
  if (QUOTED.test(text)) flags.push('has-quoted-placeholder');
  if (sql && BOUND.test(text)) flags.push('has-bound-placeholder');
  if (/\.[*+]/.test(text)) flags.push('pattern-any');
  if (/[*+]\)+[*+]/.test(text)) flags.push('pattern-nested');
  return flags;
}

function saysSql(text: string): boolean {
  if (SQL.test(text)) return true;
  return SQL_PAIRS.some(([first, second]) => {
    const start = text.search(first);
    return start >= 0 && second.test(text.slice(start));
  });
}

const NAMES: readonly (readonly [RegExp, FlagName])[] = [
  [
    /passw|pwd|secret|token|api_?key|credential|private_?key|passphrase|auth_?key|access_?key|salt/i,
    'names-secret',
  ],
  [/quer|sql|stmt|statement|cursor|\bcur\b|\bdb\b|_db\b|\bconn/i, 'names-query'],
  [/cmd|command|shell|\bargs?\b|argv|\bexec|ssh/i, 'names-command'],
  [/path|file|dir|folder|\bfn\b|fname/i, 'names-path'],
  [/html|markup|template|page|body|content|message|\bmsg\b|text|output|response/i, 'names-markup'],
  [/url|uri|host|link|redirect|\bnext\b|domain|endpoint/i, 'names-url'],
  [/user|input|name|request|param|\bid\b|_id\b|data|form|query|value|upload/i, 'names-outside'],
  [/check|valid|verify|sanit|escape|clean|safe|allow|permit|quote|secure/i, 'names-check'],
];

const known = new Map<string, readonly FlagName[]>();

/** What a name lets expect. */
export function nameFlags(name: string): readonly FlagName[] {
  const before = known.get(name);
  if (before) return before;
  const flags = NAMES.flatMap(([pattern, flag]) => (pattern.test(name) ? [flag] : []));
  // Names are few in a process that reads the same kinds of program; hostile ones must not fill the memory.
  if (known.size > 5000) known.clear();
  known.set(name, flags);
  return flags;
}
