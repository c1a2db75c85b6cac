import type { Role } from './graph-spec.ts';
import { NODE_KINDS, type NodeKind, WRAPPERS } from './node-kinds.ts';
import { roleOf } from './roles.ts';
import { stringText } from './string-text.ts';
import type { SyntaxNode, SyntaxTree } from './syntax-tree.ts';

/** Nothing deeper gets a node, which lets all that follows recurse. Python's compiler stops far earlier. */
const MAX_DEPTH = 400;

/** A node of the graph before it becomes numbers. */
export type CodeNode = {
  /** Its place in `CodeTree.nodes`. */
  index: number;
  kind: NodeKind;
  role: Role;
  parent: CodeNode | null;
  children: CodeNode[];
  /** Offsets in UTF-16 units, the second behind the end. */
  start: number;
  end: number;
  /** The identifier, attribute, operator, number, module or text that the node stands for, else empty. */
  name: string;
  /** What an import calls its module or name here, else empty. */
  alias: string;
  /** Of strings: the letters before the quotes, in lower case. */
  prefix: string;
};

export type CodeTree = {
  /** Parents before children; the first is the module. */
  nodes: CodeNode[];
  /** The code has syntax errors, or goes deeper than the nodes do. */
  partial: boolean;
};

type Growth = CodeTree & { code: string };

const KINDS: ReadonlySet<string> = new Set(NODE_KINDS);

/** Makes the nodes of the graph out of a syntax tree: wrappers and mere names go up into what they belong to. */
export function codeTree(code: string, { module, partial }: SyntaxTree): CodeTree {
  const growth: Growth = { nodes: [], partial, code };
  const root = add(growth, module, module, null, 'none');
  placeChildren(growth, module, root, 'body', 0);
  return { nodes: growth.nodes, partial: growth.partial };
}

function add(
  growth: Growth,
  part: SyntaxNode,
  named: SyntaxNode,
  parent: CodeNode | null,
  role: Role,
): CodeNode {
  const kind = named.type === 'concatenated_string' ? 'string' : named.type;
  const text = named.type === 'string' ? stringText(growth.code, named) : null;
  const node: CodeNode = {
    index: growth.nodes.length,
    kind: KINDS.has(kind) ? (kind as NodeKind) : 'other',
    role,
    parent,
    children: [],
    start: named.start,
    end: part.end,
    name: text?.text ?? ownName(growth.code, named),
    alias: '',
    prefix: text?.prefix ?? '',
  };
  growth.nodes.push(node);
  parent?.children.push(node);
  return node;
}

/** The text of the leaves that are names or numbers. */
function ownName(code: string, { type, start, end }: SyntaxNode): string {
  switch (type) {
    case 'identifier':
    case 'dotted_name':
    case 'integer':
    case 'float':
      return code.slice(start, Math.min(end, start + 200));
    default:
      return '';
  }
}

function place(growth: Growth, part: SyntaxNode, holder: CodeNode, role: Role, depth: number): void {
  if (depth > MAX_DEPTH) {
    growth.partial = true;
  } else if (part.type === 'decorated_definition') {
    placeDecorated(growth, part, holder, role, depth);
  } else if (WRAPPERS.has(part.type)) {
    placeChildren(growth, part, holder, role, depth);
  } else {
    placeChildren(growth, part, add(growth, part, part, holder, role), 'other', depth);
  }
}

/** A decorated definition is one node with its decorators below it, as in Python's own tree. */
function placeDecorated(growth: Growth, part: SyntaxNode, holder: CodeNode, role: Role, depth: number): void {
  const definition = part.children.find(({ field }) => field === 'definition') ?? part;
  const node = add(growth, part, definition, holder, role);
  for (const child of part.children) {
    if (child !== definition) place(growth, child, node, 'decorator', depth + 1);
  }
  if (definition !== part) placeChildren(growth, definition, node, 'other', depth);
}

function placeChildren(
  growth: Growth,
  part: SyntaxNode,
  node: CodeNode,
  inherited: Role,
  depth: number,
): void {
  let position = 0;
  for (const child of part.children) {
    if (child.type === '') {
      node.name += growth.code.slice(child.start, child.end);
    } else if (part.type === 'concatenated_string' && child.type === 'string') {
      const { prefix, text } = stringText(growth.code, child);
      node.name += text;
      node.prefix = prefix.includes('f') || node.prefix === '' ? prefix : node.prefix;
      placeChildren(growth, child, node, inherited, depth + 1);
    } else if (!folds(growth.code, part, child, node)) {
      place(growth, child, node, roleOf(part, child, node.kind, inherited, position), depth + 1);
      position += 1;
    }
  }
}

/** Takes a child that is only the name of its parent into the parent. */
function folds(code: string, part: SyntaxNode, child: SyntaxNode, node: CodeNode): boolean {
  const { type, field } = child;
  switch (part.type) {
    case 'function_definition':
    case 'class_definition':
    case 'keyword_argument':
    case 'default_parameter':
    case 'typed_default_parameter':
      if (field !== 'name' || type !== 'identifier') return false;
      break;
    case 'typed_parameter':
      if (type !== 'identifier' || field !== null) return false;
      break;
    case 'attribute':
      if (field !== 'attribute') return false;
      break;
    case 'import_from_statement':
      if (field !== 'module_name') return false;
      break;
    case 'aliased_import':
      if (field === 'alias') {
        node.alias = code.slice(child.start, child.end);
        return true;
      }
      break;
    case 'dotted_name':
      return true;
    default:
      return false;
  }
  node.name = code.slice(child.start, child.end);
  return true;
}
