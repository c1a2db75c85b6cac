"""What an answer adds beside the parts: the imports, functions and constants that these need."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from sgcode_worker.operators.needed_import import NeededImport
from sgcode_worker.repairing.layout import Layout, Path, Statements, first_line
from sgcode_worker.repairing.malformed import MalformedError, quoted
from sgcode_worker.repairing.names import (
    BUILTINS,
    bound_names,
    free_names,
    imported,
    imports_of,
    mentioned_names,
    plain_modules,
    shared_names,
    stored_names,
)
from sgcode_worker.repairing.replaced import Replaced

# What fixes are made of: small models use them and forget the import.
_USUAL_MODULES = frozenset("ast hashlib hmac html logging os secrets shlex subprocess tempfile".split())


@dataclass
class Additions:
    """What is to be added, in the order of the answer."""

    helpers: list[Statements] = field(default_factory=list)
    imports: list[NeededImport] = field(default_factory=list)


def find_additions(code: Layout, answer: Layout, replaced: Sequence[Replaced]) -> Additions:
    """Return what the replaced parts need of the answer. Nothing that the code binds is bound anew.

    Raises MalformedError where they need something that cannot be added.
    """
    _check_methods(code, answer, replaced)
    search = _Search(code, answer, replaced)
    search.run(free_names(node for each in replaced for node in each.nodes))
    search.found.helpers.sort(key=lambda nodes: first_line(nodes[0]))
    return search.found


def _check_methods(code: Layout, answer: Layout, replaced: Sequence[Replaced]) -> None:
    """A member of a class cannot be added: whether a base class has one of that name is not to be seen."""
    new = _members(answer) - _members(code)
    for each in replaced:
        *classes, name = each.part.path if each.part.kind == "method" else ("",)
        for used in ast.walk(each.nodes[0]) if classes else ():
            if (
                isinstance(used, ast.Attribute)
                and isinstance(used.value, ast.Name)
                and used.value.id in {"self", "cls", classes[-1]}
                and (*classes, used.attr) in new
            ):
                raise MalformedError(
                    f"{quoted(name)} needs something new of its class, which is not added: "
                    "write a new function or constant beside the class instead."
                )


def _members(layout: Layout) -> set[Path]:
    """The methods of classes and what their statements bind."""
    bound = {(*block.path, name) for block in layout.blocks for name in stored_names(block.nodes)}
    return bound | {each.path for each in layout.functions}


class _Search:
    """Follows the names that are read from the parts through what is added."""

    def __init__(self, code: Layout, answer: Layout, replaced: Sequence[Replaced]) -> None:
        self.found = Additions()
        self.bound = bound_names(code.tree)
        self.imports = imports_of(code.tree)
        self.modules = plain_modules(code.tree)
        self.elsewhere = mentioned_names(code.tree, [node for each in replaced for node in each.part.nodes])
        self.answer_binds = bound_names(answer.tree)
        self.taken = {
            name for each in replaced if each.part.kind == "statement" for name in stored_names(each.nodes)
        }
        self.taken |= shared_names(node for each in replaced for node in each.nodes)
        self.helpers: dict[str, list[Statements]] = {}
        self.offered: dict[str, list[tuple[str, NeededImport]]] = {}
        matched = {id(node) for each in replaced for node in each.nodes}
        for block in answer.blocks:
            if not block.path and id(block.nodes[0]) not in matched:
                self.offer(block.nodes)

    def offer(self, nodes: Statements) -> None:
        for node in nodes:
            if isinstance(node, (ast.Import, ast.ImportFrom)) and not _is_future(node):
                for (alias, target), needed in zip(imported(node), _needed(node), strict=True):
                    self.offered.setdefault(alias, []).append((target, needed))
        name = _helper_name(nodes)
        if name is not None:
            self.helpers.setdefault(name, []).append(nodes)

    def run(self, names: set[str]) -> None:
        waiting, seen = sorted(names), set(names)
        while waiting:
            name = waiting.pop()
            nodes = self.take(name)
            new = sorted(free_names(nodes) - seen)
            waiting += new
            seen.update(new)

    def take(self, name: str) -> Statements:
        """Add what binds a name, where it has to be; return the code that came with it."""
        offered = self.offered.get(name, [])
        if offered:
            self.take_import(name, offered)
        elif name in self.bound or name in BUILTINS or name in self.taken:
            return ()
        elif len(self.helpers.get(name, ())) == 1:
            if name in self.elsewhere:
                raise MalformedError("A new function or constant has a name that the program uses already.")
            (nodes,) = self.helpers[name]
            self.found.helpers.append(nodes)
            return nodes
        elif name in self.answer_binds:
            raise MalformedError(
                "The answer needs something new that is not added: beside the parts, add only plain imports, "
                "functions, and constants of one name each, at the level of the module."
            )
        elif name in _USUAL_MODULES and "*" not in self.imports:
            self.found.imports.append(NeededImport(name))
        return ()

    def take_import(self, name: str, offered: list[tuple[str, NeededImport]]) -> None:
        known = self.imports.get(name, set())
        missing = [
            (target, needed) for target, needed in offered if not self.is_present(target, needed, known)
        ]
        if not missing:
            return
        bound = name in self.bound and not known.issuperset(target for target, _ in missing)
        if bound or name in BUILTINS or ("*" in self.imports and name in self.elsewhere):
            raise MalformedError(
                "An import of the answer binds a name that the program uses for something else: "
                "import it by another name, with `as`."
            )
        if len({target for target, _ in missing}) > 1 or any("*" in target for target, _ in missing):
            raise MalformedError("The imports of the answer are not plain: import each name once.")
        if any(target.startswith(".") for target, _ in missing):
            raise MalformedError(
                "The answer imports from a package around the program, which is not to be seen."
            )
        self.found.imports += [needed for _, needed in missing if needed not in self.found.imports]

    def is_present(self, target: str, needed: NeededImport, known: set[str]) -> bool:
        # Small models import once more what is there: `from flask import os` where the program says
        # `import os`, and `import request` where it says `from flask import request`.
        if needed.alias is not None:
            return target in known
        if needed.name is None:
            return needed.module in self.modules or any(each.endswith(f":{needed.module}") for each in known)
        return target in known or needed.name in known & self.modules


def _is_future(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _needed(node: ast.Import | ast.ImportFrom) -> list[NeededImport]:
    if isinstance(node, ast.Import):
        return [NeededImport(alias.name, None, alias.asname) for alias in node.names]
    module = f"{'.' * node.level}{node.module or ''}"
    return [NeededImport(module, alias.name, alias.asname) for alias in node.names]


def _helper_name(nodes: Statements) -> str | None:
    """The name that a new function or constant has; None for all else."""
    if len(nodes) != 1:
        return None
    node = nodes[0]
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return node.name
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target: ast.expr = node.targets[0]
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target = node.target
    else:
        return None
    return target.id if isinstance(target, ast.Name) else None
