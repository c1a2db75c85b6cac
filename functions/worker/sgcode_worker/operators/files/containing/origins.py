"""Where a value comes from: from outside, from the program itself, or from what cannot leave a folder."""

from collections.abc import Iterable
from typing import Literal

import libcst as cst

from sgcode_worker.operators.arguments import is_name
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import is_builtin
from sgcode_worker.operators.visibility import dotted_name

Origin = Literal["outside", "harmless", "unknown", "fixed"]
"""`harmless`: numbers, digests and entries of a folder; `unknown`: what other functions give."""

_REQUESTS = frozenset(
    {"request", "self.request", "self.kwargs", "self.get_argument", "self.get_query_argument", "sys.argv"}
)
_HANDLER_FIELDS = frozenset({"self.path", "self.headers", "self.rfile"})
_KEEPS = frozenset(
    "strip lstrip rstrip lower upper title capitalize casefold format join encode decode get getlist "
    "getvalue getfirst pop items keys values split rsplit replace removeprefix removesuffix copy with_suffix "
    "joinpath get_json json read readline recv group groups".split()
)
_KEEPING_BUILTINS = (
    "str",
    "repr",
    "format",
    "list",
    "tuple",
    "set",
    "sorted",
    "reversed",
    "enumerate",
    "zip",
    "iter",
)
_KEEPING = frozenset(
    "os.path.join pathlib.Path pathlib.PurePath pathlib.PosixPath os.fspath os.fsdecode urllib.parse.unquote "
    "urllib.parse.unquote_plus urllib.unquote json.loads html.unescape".split()
)
_FILLING = frozenset({"format", "join", "joinpath"})
_HARMLESS_BUILTINS = (
    "int",
    "float",
    "len",
    "hash",
    "id",
    "ord",
    "bool",
    "hex",
    "abs",
    "round",
    "sum",
    "range",
)
_HARMLESS_METHODS = frozenset(
    "hexdigest digest hex strftime isoformat timestamp fileno total_seconds iterdir glob rglob".split()
)
# What an archive holds is named by whoever made it; what a command is given, by whoever types it.
_OUTSIDE_METHODS = frozenset("namelist infolist getnames getmembers parse_args parse_known_args".split())
_LISTING = frozenset(
    "os.listdir os.scandir os.walk glob.glob glob.iglob uuid.uuid4 uuid.UUID os.getpid".split()
)
_HARMLESS_TYPES = frozenset(
    "int float bool UUID uuid.UUID date datetime datetime.date datetime.datetime Decimal".split()
)


def origin_of(program: Program, node: cst.CSTNode, *, trusts_defaults: bool = False) -> Origin:
    """Return where the value of an expression comes from, followed through names and what shapes texts.

    With `trusts_defaults` a parameter that has a default counts as a setting of the program.
    """
    return _Trace(program, trusts_defaults).of(node)


class _Trace:
    """Follows one value; every name is taken apart once, so that the work stays small."""

    def __init__(self, program: Program, trusts_defaults: bool) -> None:
        self.program = program
        self.trusts_defaults = trusts_defaults
        self.known: dict[tuple[str, int], Origin] = {}

    def of(self, node: cst.CSTNode) -> Origin:
        dotted = dotted_name(node)
        if dotted is not None and _is_request(self.program, node, dotted):
            return "outside"
        if isinstance(node, cst.Name):
            return self.of_name(node)
        if isinstance(node, cst.Attribute):
            of_path = isinstance(node.value, cst.Call) and node.attr.value in {"name", "stem", "suffix"}
            return "harmless" if of_path else self.of(node.value)
        if isinstance(node, (cst.Subscript, cst.Await)):
            return self.of(node.value if isinstance(node, cst.Subscript) else node.expression)
        if isinstance(node, cst.Call):
            return self.of_call(node)
        if isinstance(node, cst.FormattedString):
            parts = [each for each in node.parts if isinstance(each, cst.FormattedStringExpression)]
            return self.of_all(each.expression for each in parts if each.format_spec is None)
        if isinstance(node, (cst.BinaryOperation, cst.BooleanOperation, cst.ConcatenatedString)):
            return self.of_all([node.left, node.right])
        if isinstance(node, cst.IfExp):
            return self.of_all([node.body, node.orelse])
        if isinstance(node, (cst.Tuple, cst.List, cst.Set)):
            return self.of_all(each.value for each in node.elements)
        return "fixed" if isinstance(node, (cst.SimpleString, cst.BaseNumber)) else "unknown"

    def of_all(self, nodes: Iterable[cst.CSTNode]) -> Origin:
        return _worst({self.of(each) for each in nodes})

    def of_name(self, name: cst.Name) -> Origin:
        scope = self.program.scope(name)
        key = (name.value, id(scope))
        if key not in self.known and scope is not None:
            self.known[key] = "fixed"
            nodes = [getattr(each, "node", None) for each in scope[name.value]]
            self.known[key] = _worst({self.of_binding(node) for node in nodes})
        return self.known.get(key, "unknown")

    def of_binding(self, node: cst.CSTNode | None) -> Origin:
        if isinstance(node, cst.Param):
            has_default = node.default is not None and not is_name(node.default, "None")
            trusted = self.trusts_defaults and has_default
            return "fixed" if trusted else _of_parameter(self.program, node)
        if not isinstance(node, cst.Name):
            return "fixed"
        value = bound_to(self.program, node)
        return "unknown" if value is None else self.of(value)

    def of_call(self, call: cst.Call) -> Origin:
        function, program = call.func, self.program
        given = [each.value for each in call.args]
        if is_builtin(program, function, "input"):
            return "outside"
        if is_builtin(program, function, *_HARMLESS_BUILTINS):
            return "harmless"
        if is_builtin(program, function, *_KEEPING_BUILTINS):
            return self.of_all(given)
        names = program.imported_names(function) if dotted_name(function) is not None else set()
        if names & _LISTING:
            return "harmless"
        if names & _KEEPING:
            return self.of_all(given)
        if not isinstance(function, cst.Attribute):
            return "unknown"
        method, owner = function.attr.value, function.value
        if method in _HARMLESS_METHODS:
            return "harmless"
        if method in _OUTSIDE_METHODS or dotted_name(function) in _REQUESTS:
            return "outside"
        if method not in _KEEPS:
            return "unknown"
        return self.of_all([owner, *(given if method in _FILLING else [])])


def bound_to(program: Program, name: cst.Name) -> cst.CSTNode | None:
    """Return what a name is given where it is bound: by an assignment, a loop or a `with`."""
    holder = program.parent(name)
    while isinstance(holder, (cst.Element, cst.Tuple, cst.List, cst.StarredElement)):
        holder = program.parent(holder)
    if isinstance(holder, cst.AssignTarget):
        statement = program.parent(holder)
        return statement.value if isinstance(statement, cst.Assign) else None
    if isinstance(holder, (cst.AugAssign, cst.AnnAssign, cst.NamedExpr)):
        return holder.value
    if isinstance(holder, (cst.For, cst.CompFor)):
        return holder.iter
    item = program.parent(holder) if isinstance(holder, cst.AsName) else None
    return item.item if isinstance(item, cst.WithItem) else None


def _is_request(program: Program, node: cst.CSTNode, dotted: str) -> bool:
    names = {dotted, *program.imported_names(node)}
    if any(name in _REQUESTS or name.endswith(".request") for name in names - {"urllib.request"}):
        return True
    owner = program.enclosing(node, cst.ClassDef) if dotted in _HANDLER_FIELDS else None
    return owner is not None and any(
        (dotted_name(base.value) or "").endswith("RequestHandler") for base in owner.bases
    )


def _of_parameter(program: Program, parameter: cst.Param) -> Origin:
    function = program.parent(program.parent(parameter) or parameter)
    if not isinstance(function, cst.FunctionDef) or parameter.name.value in {"self", "cls"}:
        return "unknown"
    annotation = parameter.annotation.annotation if parameter.annotation is not None else None
    named = dotted_name(annotation) if annotation is not None else None
    outer = dotted_name(annotation.value) if isinstance(annotation, cst.Subscript) else None
    literal = outer in {"Literal", "typing.Literal"}
    return "harmless" if literal or named in _HARMLESS_TYPES else "outside"


def _worst(found: set[Origin]) -> Origin:
    order: tuple[Origin, ...] = ("outside", "unknown", "harmless", "fixed")
    return next((each for each in order if each in found), "fixed")
