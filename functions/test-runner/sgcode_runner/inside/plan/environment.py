"""Which literal of the original an environment variable of the candidate stands for."""

import ast

from sgcode_runner.inside.plan.texts import dotted

_MAX_TEXT = 10_000
_CONNECT = ("host", "user", "password", "database")
_SAME = {"passwd": "password", "db": "database", "dbname": "database", "username": "user", "pwd": "password"}


def moved_literals(original: ast.Module, candidate: ast.Module) -> dict[str, str]:
    """Return, for each variable that only the candidate reads, the text that the original had there."""
    known = variables_read(original)
    before = _by_place(original)
    anywhere: dict[tuple[str, ...], set[str]] = {}
    for place, literal in before.items():
        anywhere.setdefault(place[1:], set()).add(literal)
    readers = _readers(candidate)
    found: dict[str, str] = {}
    for place, node in _places(candidate):
        name = _variable(node, readers)
        if name is None or name in known or name in found:
            continue
        # A connection may have moved to another function; then there must be no doubt which literal is meant.
        others = anywhere.get(place[1:], set()) if place[1] == "call" else set()
        # What a parameter gets when it is called without may be read at the beginning instead.
        default = (place[0], "default", place[2]) if place[1] == "=" else place
        if place in before or default in before:
            found[name] = before.get(place, before.get(default, ""))
        elif len(others) == 1:
            found[name] = next(iter(others))
    return found


def variables_read(tree: ast.Module) -> set[str]:
    """Return the names of all environment variables that the program reads by a constant name."""
    return {name for node in ast.walk(tree) if (name := variable_read(node))}


def variable_read(node: ast.AST) -> str | None:
    """Return the name of the environment variable that the expression reads, or None."""
    if isinstance(node, ast.Subscript) and dotted(node.value) in {"os.environ", "environ"}:
        key: ast.AST = node.slice
    elif isinstance(node, ast.Call) and node.args:
        if dotted(node.func) not in {"os.getenv", "getenv", "os.environ.get", "environ.get"}:
            return None
        key = node.args[0]
    else:
        return None
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def _readers(tree: ast.Module) -> dict[str, str]:
    """Return the variables that names of the program stand for."""
    return {
        target.id: name
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and (name := _inner_variable(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _inner_variable(node: ast.AST) -> str | None:
    """The variable that an expression reads, also where it falls back or encodes."""
    if name := variable_read(node):
        return name
    if isinstance(node, ast.BoolOp):
        return _inner_variable(node.values[0])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
        return _inner_variable(node.func.value)
    if isinstance(node, ast.Call) and dotted(node.func) == "str" and node.args:
        return _inner_variable(node.args[0])
    return None


def _variable(node: ast.AST, readers: dict[str, str]) -> str | None:
    return readers.get(node.id) if isinstance(node, ast.Name) else _inner_variable(node)


def _by_place(tree: ast.Module) -> dict[tuple[str, ...], str]:
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: dict[tuple[str, ...], str] = {}
    for place, node in _places(tree):
        value = constants.get(node.id, node) if isinstance(node, ast.Name) else node
        if isinstance(value, ast.Constant) and isinstance(value.value, (str, bytes)):
            text = value.value if isinstance(value.value, str) else value.value.decode("latin-1")
            found.setdefault(place, text[:_MAX_TEXT])
    return found


def _places(tree: ast.Module) -> list[tuple[tuple[str, ...], ast.expr]]:
    """Return the places where a value can stand, each described by what is around it."""
    found: list[tuple[tuple[str, ...], ast.expr]] = []

    def look(node: ast.AST, scope: str) -> None:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            scope = f"{scope}.{node.name}"
        found.extend((((scope, *place)), value) for place, value in _of_node(node))
        for child in ast.iter_child_nodes(node):
            look(child, scope)

    look(tree, "")
    return found


def _of_node(node: ast.AST) -> list[tuple[tuple[str, ...], ast.expr]]:
    if isinstance(node, ast.Assign):
        return [(("=", ast.unparse(target)), node.value) for target in node.targets]
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        return [(("=", ast.unparse(node.target)), node.value)]
    if isinstance(node, ast.Call):
        name = dotted(node.func).rsplit(".", 1)[-1]
        named = [
            (("call", name, _SAME.get(each.arg or "", each.arg or "")), each.value) for each in node.keywords
        ]
        if name == "connect":
            # Drivers take the same four in the same order, and by several names.
            places = zip(_CONNECT, node.args, strict=False)
            return [*named, *((("call", name, place), each) for place, each in places)]
        return [*named, *((("call", name, str(index)), each) for index, each in enumerate(node.args))]
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return [(("compare", ast.unparse(one)), two) for one in sides for two in sides if one is not two]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [(("entry", ast.unparse(key)), value) for key, value in pairs if key is not None]
    if isinstance(node, ast.Return) and node.value is not None:
        return [(("return",), node.value)]
    if isinstance(node, ast.arguments):
        positional = [*node.posonlyargs, *node.args]
        tail = positional[len(positional) - len(node.defaults) :]
        return [(("default", arg.arg), value) for arg, value in zip(tail, node.defaults, strict=True)]
    return []
