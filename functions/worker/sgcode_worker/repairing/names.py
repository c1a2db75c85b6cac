"""Names of a module: what it binds, by what it imports them, and what its code reads."""

import ast
import builtins
from collections.abc import Collection, Iterable, Iterator, Sequence

BUILTINS = frozenset(dir(builtins))
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)


def bound_names(tree: ast.Module) -> set[str]:
    """Return the names that a module may bind, in its own statements or by `global`."""
    return {name for node in _own(tree) for name in _bound_by(node)} | shared_names([tree])


def shared_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that functions in some code share with the module by `global`."""
    found = (each.names for node in nodes for each in ast.walk(node) if isinstance(each, ast.Global))
    return set[str]().union(*found)


def _bound_by(node: ast.AST) -> Iterator[str]:
    """The names that a node binds by itself, in the scope where it stands."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias for alias, _ in imported(node))
    elif isinstance(node, ast.Name):
        if not isinstance(node.ctx, ast.Load):
            yield node.id
    elif not isinstance(node, ast.alias):
        # Names of definitions, exceptions and patterns.
        names = (getattr(node, "name", None), getattr(node, "rest", None))
        yield from (name for name in names if isinstance(name, str))


def imports_of(tree: ast.Module) -> dict[str, set[str]]:
    """Return each name that imports of the module bind, with all that it may stand for."""
    found: dict[str, set[str]] = {}
    for node in _own(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias, target in imported(node):
                found.setdefault(alias, set()).add(target)
    return found


def imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds, each with the dotted name that it stands for."""
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            yield alias.asname or alias.name, f"{'.' * node.level}{node.module or ''}:{alias.name}"
        elif alias.asname is None:
            yield alias.name.partition(".")[0], alias.name.partition(".")[0]
        else:
            yield alias.asname, alias.name


def plain_modules(tree: ast.Module) -> set[str]:
    """Return the modules that the module loads by `import a.b`, each with those around it."""
    names = [
        alias.name.split(".") for node in _own(tree) if isinstance(node, ast.Import) for alias in node.names
    ]
    return {".".join(parts[:length]) for parts in names for length in range(1, len(parts) + 1)}


def free_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that some code reads and does not bind itself: those of the module, and builtins."""
    found: set[str] = set()
    for node in nodes:
        found |= _free_of(node) if isinstance(node, _SCOPES) else _free([node], frozenset(), is_class=True)
    return found


def _free_of(node: ast.AST) -> set[str]:
    """What a function, class or lambda reads of the scopes around it, its own head included."""
    if isinstance(node, ast.ClassDef):
        inner = _free(node.body, frozenset(), is_class=True)
        head: list[ast.AST] = [*node.decorator_list, *node.bases, *node.keywords]
        return inner | _free(head, frozenset(), is_class=True)
    assert isinstance(node, (*_FUNCTIONS, ast.Lambda))
    given = node.args
    parameters = {
        each.arg: each.annotation
        for each in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
        if each is not None
    }
    outside = [*given.defaults, *given.kw_defaults, *parameters.values(), getattr(node, "returns", None)]
    head = [each for each in (*outside, *getattr(node, "decorator_list", ())) if each is not None]
    body: Sequence[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else node.body
    return _free(body, frozenset(parameters), is_class=False) | _free(head, frozenset(), is_class=True)


def _free(nodes: Sequence[ast.AST], parameters: frozenset[str], *, is_class: bool) -> set[str]:
    loads: set[str] = set()
    stores: set[str] = set(parameters)
    shared: set[str] = set()
    nested: set[str] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, _SCOPES):
            nested |= _free_of(node)
            stores.update(_bound_by(node))
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            loads.add(node.id)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            shared.update(node.names)
        stores.update(_bound_by(node))
        waiting.extend(ast.iter_child_nodes(node))
    own = stores - shared
    # What a class binds is not seen by its methods.
    return (loads - own) | nested if is_class else (loads | nested) - own


def mentioned_names(tree: ast.Module, left_out: Collection[ast.AST]) -> set[str]:
    """Return every name in the code of a program but in some of its statements."""
    skipped = {id(node) for node in left_out}
    found: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if id(node) not in skipped:
            if isinstance(node, ast.Name):
                found.add(node.id)
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _own(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes that are evaluated in the module's own scope, with the heads of its definitions."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            waiting.extend(node.decorator_list)
        elif not isinstance(node, ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def texts_in(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Return the string literals of some code."""
    return frozenset(
        each.value
        for node in nodes
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    )


def loaded_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that some code reads, its own included."""
    return {
        each.id
        for node in nodes
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    }


def stored_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that some code binds by assignment."""
    return {
        each.id
        for node in nodes
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
