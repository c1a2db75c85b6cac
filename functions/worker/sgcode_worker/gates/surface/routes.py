"""Routes: paths, methods and what answers them, by decorator or by registration."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.texts import fold

_DECORATORS = re.compile(
    r"route|get|post|put|delete|patch|head|options|websocket|api_route|view_config|errorhandler|before_request|after_request"
)
_REGISTRATIONS = frozenset(
    "add_url_rule add_route add_api_route add_api_websocket_route add_get add_post add_put add_delete "
    "add_resource add_handler register_blueprint include_router add_view add_command".split()
)


def check_routes(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every route that is lost or new."""
    before, after = read_routes(comparison.original), read_routes(comparison.candidate)
    for route in lost(before, after):
        yield Evidence(f"the route {route} is gone")
    for route in lost(after, before):
        yield Evidence(f"the route {route} is new", after.line(route))


def read_routes(program: Outline) -> Facts:
    """The routes of a program with their methods."""
    found = Facts()
    for name, definition in program.definitions.items():
        if isinstance(definition.node, ast.Module):
            continue
        for decorator in definition.node.decorator_list:
            named = isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)
            if named and _DECORATORS.fullmatch(decorator.func.attr):
                found.add(f"{_told(decorator)} of `{name}`", decorator.lineno)
    for definition in program.definitions.values():
        for call in definition.calls:
            if call.name in _REGISTRATIONS or _pattern(call):
                found.add(_told(call.node), call.node.lineno)
    return found


def _pattern(call: Call) -> bool:
    """Django's `path("list/", view)` and its kin."""
    return (
        call.name in {"path", "re_path", "url"}
        and len(call.node.args) > 1
        and fold(call.node.args[0]) is not None
    )


def _told(node: ast.Call) -> str:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else source_text(node.func)
    parts = [source_text(each) for each in node.args]
    for keyword in node.keywords:
        if keyword.arg == "methods" and isinstance(keyword.value, (ast.List, ast.Tuple, ast.Set)):
            parts.append(
                "methods " + " ".join(sorted(Counter(source_text(each) for each in keyword.value.elts)))
            )
        else:
            parts.append(f"{keyword.arg}={source_text(keyword.value)}")
    return f"{name}({', '.join(parts)})"
