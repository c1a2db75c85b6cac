import { CHECKING } from './checks.ts';
import type { CodeNode, CodeTree } from './code-tree.ts';
import type { FlagName } from './flag-names.ts';
import type { FlagRows } from './flag-rows.ts';

const ROUTE =
  /route|get|post|put|delete|patch|websocket|api_view|login_required|require_http_methods|view_config/i;
const HANDLERS = /^(get|post|put|delete|patch|head|dispatch|get_queryset|get_context_data|do_GET|do_POST)$/;
const LOGGING = /^(debug|info|warning|warn|error|exception|critical|log|print)$/;

/** What holds for whatever lies in a node, by the node. */
function given(node: CodeNode): FlagName[] {
  switch (node.kind) {
    case 'try_statement':
      return ['in-try'];
    case 'with_statement':
      return ['in-with'];
    case 'for_statement':
    case 'while_statement':
      return ['in-loop'];
    case 'raise_statement':
      return ['in-raise'];
    case 'return_statement':
      return ['returned'];
    case 'function_definition':
      return isRoute(node) ? ['in-route'] : [];
    case 'print_statement':
      return ['in-log'];
    case 'call':
      return LOGGING.test(node.children[0]?.name ?? '') ? ['in-log'] : formatting(node);
    case 'string':
      return ['in-format'];
    case 'binary_operator':
      return node.name === '%' || node.name === '+' ? ['in-format'] : [];
    default:
      return [];
  }
}

function formatting(call: CodeNode): FlagName[] {
  const [callee] = call.children;
  return callee?.kind === 'attribute' && callee.name === 'format' ? ['in-format'] : [];
}

function isRoute(definition: CodeNode): boolean {
  const decorated = definition.children.some(({ kind, children }) => {
    if (kind !== 'decorator') return false;
    const called = children[0]?.kind === 'call' ? children[0].children[0] : children[0];
    return called !== undefined && ROUTE.test(called.name);
  });
  const first = definition.children.find(({ role }) => role === 'parameter')?.name ?? '';
  return decorated || first === 'request' || (first === 'self' && HANDLERS.test(definition.name));
}

/** Says of each node what it lies in, and which checks were made before it can run. */
export function setPlaceFlags(flags: FlagRows, { nodes }: CodeTree): void {
  const inherited: (readonly FlagName[])[] = new Array(nodes.length);
  const guards: (ReadonlySet<FlagName> | undefined)[] = new Array(nodes.length);
  // Once for each node, and not for each of its children: a definition can have thousands.
  const gives = nodes.map(given);
  for (const node of nodes) {
    const { parent } = node;
    const around = parent ? [...(gives[parent.index] ?? []), ...(guards[parent.index] ?? [])] : [];
    const here = parent ? lying(node, parent, inherited[parent.index] ?? [], around) : [];
    inherited[node.index] = here;
    for (const flag of here) flags.set(node, flag);
    if (node.kind === 'decorator' && parent && isRoute(parent)) flags.set(node, 'route-decorator');
    if (parent && (node.role === 'body' || node.role === 'consequence')) {
      const left = guardsAfter(node);
      if (left.length > 0) guards[parent.index] = new Set([...(guards[parent.index] ?? []), ...left]);
    }
  }
}

function lying(
  node: CodeNode,
  parent: CodeNode,
  around: readonly FlagName[],
  brought: readonly FlagName[],
): readonly FlagName[] {
  const added = [...brought];
  if (node.role === 'condition') {
    added.push('in-condition');
    if (checksIn(node).length > 0) added.push('in-check');
  } else if (parent.kind === 'if_statement' || parent.kind === 'elif_clause') {
    if (node.role === 'consequence') added.push('under-condition');
    for (const child of parent.children) if (child.role === 'condition') added.push(...checksIn(child));
  }
  const fresh = added.filter((flag, place) => !around.includes(flag) && added.indexOf(flag) === place);
  return fresh.length === 0 ? around : [...around, ...fresh];
}

/** What statements behind this one can rely on: an `if` that leaves, an assertion, a call that checks. */
function guardsAfter(node: CodeNode): FlagName[] {
  const [first] = node.children;
  if (!first) return [];
  switch (node.kind) {
    case 'if_statement':
      return node.children.some(({ role, kind }) => role === 'consequence' && LEAVING.has(kind))
        ? checksIn(first)
        : [];
    case 'assert_statement':
      return checksIn(first);
    case 'call':
      return CHECKING.test(first.name) ? ['guarded-by-call'] : [];
    default:
      return [];
  }
}

const LEAVING: ReadonlySet<string> = new Set([
  'return_statement',
  'raise_statement',
  'continue_statement',
  'break_statement',
]);

/** The kinds of check that a condition makes: asking whether something is there or true is none. */
function checksIn(condition: CodeNode): FlagName[] {
  switch (condition.kind) {
    case 'comparison_operator':
      if (condition.children[0]?.name === '__name__') return [];
      if (/^(not\s*)?in$/.test(condition.name)) return ['guarded-by-membership'];
      if (/^[=!]=$/.test(condition.name)) return ['guarded-by-equality'];
      return condition.name.startsWith('is') ? [] : ['guarded-by-order'];
    case 'call':
      return ['guarded-by-call'];
    case 'boolean_operator':
    case 'not_operator':
      return condition.children.flatMap(checksIn);
    default:
      return [];
  }
}
