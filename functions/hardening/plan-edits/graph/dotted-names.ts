import type { CodeNode, CodeTree } from './code-tree.ts';

/** Longer chains are known by their last name only. */
const MAX_CHAIN = 120;

/** How nodes call things, in lists by the index of a node. */
export type DottedNames = {
  /** `os.path.join`, with the names of the file's imports resolved; `f().g` for what a call gives. Or empty. */
  dotted: string[];
  /** The chain begins with a name that the file imports. */
  imported: boolean[];
};

/** The last name of a chain, as its module calls it. */
export function lastName(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

/** Reads the names that identifiers, attributes and calls stand for. */
export function dottedNames({ nodes }: CodeTree): DottedNames {
  const imports = importedNames(nodes);
  const dotted: string[] = new Array(nodes.length).fill('');
  const imported: boolean[] = new Array(nodes.length).fill(false);
  // Parts of a chain come after the whole.
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index];
    if (!node) continue;
    const first = node.children[0];
    switch (node.kind) {
      case 'identifier': {
        const known = imports.get(node.name);
        dotted[index] = known ?? node.name;
        imported[index] = known !== undefined;
        break;
      }
      case 'attribute':
      case 'call':
      case 'subscript': {
        const start = first ? (dotted[first.index] ?? '') : '';
        dotted[index] = extended(start, node);
        imported[index] = first !== undefined && imported[first.index] === true;
        break;
      }
      case 'string':
        dotted[index] = "''";
        break;
      default:
    }
  }
  return { dotted, imported };
}

function extended(start: string, node: CodeNode): string {
  const long = start.length > MAX_CHAIN ? '' : start;
  if (node.kind === 'attribute') return `${long}.${node.name}`;
  return node.kind === 'call' ? `${long}()` : `${long}[]`;
}

/** What the names that a file imports stand for. */
function importedNames(nodes: readonly CodeNode[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const node of nodes) {
    const { kind, name, alias, parent } = node;
    if (kind !== 'dotted_name' && kind !== 'aliased_import') continue;
    if (parent?.kind === 'import_statement') {
      if (alias) names.set(alias, name);
      else if (!name.includes('.')) names.set(name, name);
      else names.set(name.split('.', 1)[0] ?? name, name.split('.', 1)[0] ?? name);
    } else if (parent?.kind === 'import_from_statement') {
      names.set(alias || name, `${parent.name}.${name}`);
    }
  }
  return names;
}
