import { OperatorNameSchema } from '#domain/operators.ts';
import { FLAGS } from './flag-names.ts';
import { NODE_KINDS } from './node-kinds.ts';

/** What a node is to the node around it. */
export const ROLES = [
  'none',
  'other',
  'alias',
  'alternative',
  'argument',
  'body',
  'cause',
  'code',
  'condition',
  'consequence',
  'decorator',
  'element',
  'first-argument',
  'second-argument',
  'third-argument',
  'later-argument',
  'keyword',
  'function',
  'guard',
  'interpolation',
  'key',
  'left',
  'module_name',
  'name',
  'object',
  'parameter',
  'return_type',
  'right',
  'subject',
  'subscript',
  'superclass',
  'type',
  'value',
] as const;
export type Role = (typeof ROLES)[number];

/** What a literal is. */
export const LITERALS = [
  'none',
  'empty-string',
  'word',
  'text',
  'long-text',
  'docstring',
  'bytes',
  'format-string',
  'zero',
  'one',
  'small-integer',
  'integer',
  'octal',
  'float',
  'true',
  'false',
  'null',
  'ellipsis',
] as const;
export type Literal = (typeof LITERALS)[number];

/** Forward edges only: the model adds the reverse of each. */
export const EDGE_TYPES = ['syntax', 'sibling', 'control-flow', 'def-use', 'call'] as const;
export type EdgeType = (typeof EDGE_TYPES)[number];

const CWES = [
  ...['none', 'CWE-20', 'CWE-22', 'CWE-74', 'CWE-77', 'CWE-78', 'CWE-79', 'CWE-89', 'CWE-94', 'CWE-95'],
  ...['CWE-179', 'CWE-200', 'CWE-295', 'CWE-326', 'CWE-327', 'CWE-330', 'CWE-347', 'CWE-352', 'CWE-377'],
  ...['CWE-400', 'CWE-502', 'CWE-601', 'CWE-605', 'CWE-611', 'CWE-703', 'CWE-732', 'CWE-770', 'CWE-798'],
  ...['CWE-862', 'CWE-863', 'CWE-915', 'CWE-918', 'CWE-1333', 'other'],
];

export const NAME_BUCKETS = 4096;
export const NAMES_PER_NODE = 6;
export const MAX_NODES = 1500;

/** The vocabulary and shapes that the model is trained with: what `models/ggan/graph-spec.json` must hold. */
export const graphSpec = {
  version: 1,
  kinds: NODE_KINDS,
  roles: ROLES,
  literals: LITERALS,
  nameBuckets: NAME_BUCKETS,
  namesPerNode: NAMES_PER_NODE,
  flags: FLAGS,
  edges: EDGE_TYPES,
  cwes: CWES,
  operators: ['keep', ...OperatorNameSchema.options],
  maxNodes: MAX_NODES,
};
