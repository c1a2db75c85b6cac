"""Finds for each part that was asked for what answers it."""

import ast
from collections.abc import Iterator, Sequence

from sgcode_worker.repairing.layout import Function, Layout, Statements
from sgcode_worker.repairing.malformed import MalformedError, quoted
from sgcode_worker.repairing.parts import Part
from sgcode_worker.repairing.replaced import Replaced, by_number
from sgcode_worker.repairing.statements import match_statements

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def match(code: Layout, answer: Layout, parts: Sequence[Part]) -> list[Replaced]:
    """Return the parts that are answered. Raises MalformedError where it cannot be told by what."""
    functions = [part for part in parts if part.kind != "statement"]
    statements = [part for part in parts if part.kind == "statement"]
    found = list(match_statements(code, answer, statements))
    # Functions inside of statements that are replaced whole are replaced with them.
    inside = {id(node) for each in found for node in _functions_below((*each.nodes, *each.part.nodes))}
    outside = [
        [each for each in layout.functions if id(each.node) not in inside] for layout in (code, answer)
    ]
    replaced = list(_match_functions(outside[0], outside[1], functions))
    _check_swallowed(functions, replaced)
    return sorted([*found, *replaced], key=lambda each: each.part.line)


def _functions_below(nodes: Statements) -> Iterator[ast.AST]:
    return (each for node in nodes for each in ast.walk(node) if isinstance(each, _FUNCTIONS))


def _match_functions(
    code: Sequence[Function], answer: Sequence[Function], parts: Sequence[Part]
) -> Iterator[Replaced]:
    for path in dict.fromkeys(part.path for part in parts):
        wanted = [part for part in parts if part.path == path]
        known = [each for each in code if each.path == path]
        offered = _offered(code, answer, wanted, parts)
        if not offered:
            continue
        numbers = [index for index, each in enumerate(known) if any(each.node is p.nodes[0] for p in wanted)]
        chosen = _by_decorators(wanted, offered) or by_number(numbers, len(known), offered)
        if chosen is None:
            raise MalformedError(f"The answer defines {quoted(wanted[0].name)} more than once.")
        for part, function in zip(wanted, chosen, strict=True):
            if type(function.node) is not type(part.nodes[0]):
                kind = "async def" if isinstance(part.nodes[0], ast.AsyncFunctionDef) else "def"
                raise MalformedError(f"{quoted(part.name)} must stay `{kind}`.")
            yield Replaced(part, (function.node,))


def _check_swallowed(parts: Sequence[Part], found: Sequence[Replaced]) -> None:
    """What stands indented behind a function, as it does in a class or an `if`, has become a part of it."""
    answered = {id(each.part) for each in found}
    new = {
        name for each in found for name in _functions_in(each.nodes[0]) - _functions_in(each.part.nodes[0])
    }
    for part in parts:
        if id(part) not in answered and part.path[-1] in new:
            where = "inside of its class" if part.kind == "method" else "without indentation"
            raise MalformedError(f"Write {quoted(part.name)} {where}.")


def _functions_in(node: ast.stmt) -> set[str]:
    return {each.name for each in getattr(node, "body", ()) if isinstance(each, _FUNCTIONS)}


def _offered(
    code: Sequence[Function], answer: Sequence[Function], wanted: Sequence[Part], parts: Sequence[Part]
) -> list[Function]:
    """The functions of the answer at the path of some parts, or without outer classes where that is clear."""
    path = wanted[0].path
    found = [each for each in answer if each.path == path]
    if found:
        return found
    for index in range(1, len(path)):
        short = path[index:]
        alike = (part for part in parts if part.path != path and part.path[-len(short) :] == short)
        if any(each.path == short for each in code) or any(alike):
            break
        first = {_first_parameter(part.nodes[0]) for part in wanted}
        found = [each for each in answer if each.path == short]
        if found and all(_first_parameter(each.node) in first for each in found):
            return found
    return []


def _first_parameter(node: ast.AST) -> str | None:
    """What tells a method without its class from a function of that name."""
    assert isinstance(node, _FUNCTIONS)
    return next((each.arg for each in (*node.args.posonlyargs, *node.args.args)), None)


def _by_decorators(wanted: Sequence[Part], offered: Sequence[Function]) -> list[Function] | None:
    """The functions with the same decorators as the parts: what tells a getter from its setter."""
    chosen = []
    for part in wanted:
        decorators = _decorators(part.nodes[0])
        same = [each for each in offered if _decorators(each.node) == decorators]
        if not decorators or len(same) != 1:
            return None
        chosen.append(same[0])
    return chosen


def _decorators(node: ast.stmt) -> list[str]:
    return [ast.dump(each) for each in getattr(node, "decorator_list", ())]
