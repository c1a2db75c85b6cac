"""Small repairs without which nothing of a program could be run at all, the same for both programs."""

import ast
import builtins
import importlib.util
import symtable
import warnings

_FLASK = frozenset(
    "Flask Blueprint request redirect jsonify session url_for abort flash g make_response render_template "
    "render_template_string send_file send_from_directory current_app Response escape".split()
)
_MODULES = frozenset(
    "os sys re json time datetime random secrets hashlib subprocess shlex sqlite3 logging string math uuid "
    "base64 collections itertools functools pathlib tempfile hmac urllib socket shutil csv io threading "
    "pickle".split()
)


def parsed(text: str) -> ast.Module:
    """Return the tree. Raises SyntaxError, ValueError, RecursionError or MemoryError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def compilable(tree: ast.Module) -> tuple[ast.Module, list[str]]:
    """Return a tree that compiles, and what was done to it in words. Raises SyntaxError where it can't."""
    notes: list[str] = []
    try:
        compile(tree, "program", "exec")
    except (SyntaxError, ValueError) as error:
        for scope in ast.walk(tree):
            if isinstance(scope, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                _lift_declarations(scope)
        compile(tree, "program", "exec")
        notes.append(f"it does not compile ({_message(error)}); run with its global statements moved up")
    return tree, notes


def supply_imports(original: ast.Module, candidate: ast.Module) -> list[str]:
    """Give both programs the imports that the original forgot, and return what was done in words.

    What only the candidate forgot stays forgotten: that is a fault of its own.
    """
    notes: list[str] = []
    in_candidate = undefined_names(candidate)
    for name in undefined_names(original):
        if name in _FLASK and _has_flask(original):
            made: ast.stmt = ast.ImportFrom("flask", [ast.alias(name)], 0)
        elif name in _MODULES:
            made = ast.Import([ast.alias(name)])
        else:
            continue
        for tree in (original, candidate) if name in in_candidate else (original,):
            # After what must come first: a docstring and imports from __future__.
            tree.body.insert(_first_place(tree), ast.fix_missing_locations(made))
        notes.append(f"the original uses {name} without importing it; run with the import")
    return notes


def undefined_names(tree: ast.Module) -> list[str]:
    """Return the names that functions or the module read and nothing in the file gives a value."""
    source = ast.unparse(tree)
    try:
        table = symtable.symtable(source, "program", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return []
    star = any(
        isinstance(node, ast.ImportFrom) and any(each.name == "*" for each in node.names)
        for node in ast.walk(tree)
    )
    if star:
        return []
    bound = {each.get_name() for each in table.get_symbols() if each.is_assigned() or each.is_imported()}
    bound |= {each.get_name() for each in table.get_symbols() if each.is_namespace()}
    read: dict[str, None] = {}
    tables = [table]
    while tables:
        current = tables.pop()
        tables.extend(current.get_children())
        for symbol in current.get_symbols():
            name = symbol.get_name()
            if symbol.is_declared_global() and symbol.is_assigned():
                bound.add(name)
            if (symbol.is_global() and symbol.is_referenced()) or (
                current is table and symbol.is_referenced()
            ):
                read[name] = None
    ours = {"__name__", "__file__", "__doc__", "__package__", "__builtins__", "__spec__", "__loader__"}
    return [name for name in read if name not in bound and name not in ours and not hasattr(builtins, name)]


def _lift_declarations(scope: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Put the scope's `global` and `nonlocal` statements first; in a module they mean nothing."""
    names: dict[type[ast.Global] | type[ast.Nonlocal], dict[str, None]] = {ast.Global: {}, ast.Nonlocal: {}}

    class Lifter(ast.NodeTransformer):
        def visit_Global(self, node: ast.Global | ast.Nonlocal) -> ast.stmt:
            names[type(node)].update(dict.fromkeys(node.names))
            return ast.copy_location(ast.Pass(), node)

        visit_Nonlocal = visit_Global

        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
            return node

        visit_AsyncFunctionDef = visit_Lambda = visit_ClassDef = visit_FunctionDef  # type: ignore[assignment]

    scope.body = [Lifter().visit(statement) for statement in scope.body]
    if isinstance(scope, ast.Module):
        return
    arguments: set[str] = set()
    if not isinstance(scope, ast.ClassDef):
        arguments = {each.arg for each in ast.walk(scope.args) if isinstance(each, ast.arg)}
    for kind, found in names.items():
        lifted = [name for name in found if name not in arguments]
        if lifted:
            scope.body.insert(0, ast.fix_missing_locations(ast.copy_location(kind(lifted), scope.body[0])))


def _has_flask(tree: ast.Module) -> bool:
    return importlib.util.find_spec("flask") is not None and any(
        isinstance(node, ast.ImportFrom) and node.module == "flask" for node in ast.walk(tree)
    )


def _first_place(tree: ast.Module) -> int:
    place = 0
    for statement in tree.body:
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not is_text and not (isinstance(statement, ast.ImportFrom) and statement.module == "__future__"):
            break
        place += 1
    return place


def _message(error: Exception) -> str:
    return str(getattr(error, "msg", error))
