"""What a function reads of a request, told by its text: from where, under which names, compared with what."""

import ast
import re
from dataclasses import dataclass, field

from sgcode_runner.inside.plan.texts import collection_texts, constant_text, dotted, pieces

_PLACES = {
    "args": "query",
    "form": "form",
    "values": "query",
    "json": "json",
    "get_json()": "json",
    "headers": "headers",
    "cookies": "cookies",
    "files": "files",
    "data": "raw",
    "get_data()": "raw",
    "stream": "raw",
}
_PASSES = frozenset(
    "decode encode strip lower upper lstrip rstrip replace str int float read title copy to_dict "
    "unquote escape quote".split()
)
_LOADS = re.compile(
    r"(?:yaml|json|pickle|marshal|ET|etree|minidom)\.\w*(?:load|parse|fromstring)\w*(?:\(\))?$"
)
_PLAIN = re.compile(r"(?!.*\.\.)[\w .@:/+=-]+")
_MARKS = re.compile(r"%[-#0 +]*\d*(?:\.\d+)?([sdifrx])")
_QUERY = re.compile(r"\b(select|insert|update|delete)\b", re.IGNORECASE)
_URL_PARTS = {"hostname": "host", "netloc": "host", "path": "path", "scheme": "scheme"}
Source = tuple[str, str]


@dataclass
class Reads:
    """Names by place: query, form, json, headers, cookies, files, session, document."""

    names: dict[str, dict[str, None]] = field(default_factory=dict)
    raw: bool = False
    documents: set[str] = field(default_factory=set)
    numeric: set[str] = field(default_factory=set)
    integers: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    compared: dict[str, list[str]] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    """Values of a collection of the module that the value must be one of."""

    def add(self, place: str, name: str) -> None:
        """Note that the name is read from the place."""
        self.names.setdefault(place, {})[name] = None

    def merge(self, other: "Reads") -> None:
        """Add what another function reads."""
        for place, names in other.names.items():
            self.names.setdefault(place, {}).update(names)
        self.raw = self.raw or other.raw
        self.documents |= other.documents
        self.numeric |= other.numeric
        self.integers |= other.integers
        self.lists |= other.lists
        for name, texts in other.compared.items():
            self.compared.setdefault(name, []).extend(texts)
        self.members.update(other.members)


def with_hints(reads: Reads, hints: Reads | None) -> Reads:
    """Add what another version of the same function compares its values with, and return the reads."""
    if hints is not None:
        for name, texts in hints.compared.items():
            known = reads.compared.setdefault(name, [])
            known.extend(text for text in texts if text not in known)
        for name, texts in hints.members.items():
            reads.members.setdefault(name, texts)
    return reads


class Reader(ast.NodeVisitor):
    """Walks one function in the order of its text."""

    def __init__(self, constants: dict[str, list[str]], parameters: list[str]) -> None:
        self.reads = Reads()
        self._constants = constants
        self._sources: dict[str, Source] = {name: ("parameter", name) for name in parameters}

    def visit_Assign(self, node: ast.Assign) -> None:
        """Follow what a name stands for."""
        self.visit(node.value)
        source = self.source(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name) and source:
                self._sources[target.id] = source

    def visit_For(self, node: ast.For) -> None:
        """What is looped over is a list."""
        source = self.source(node.iter)
        if source:
            self.reads.lists.add(source[1])
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Note reads by `get`, conversions to numbers, and texts that are formatted."""
        self.source(node)
        name = dotted(node.func)
        if name in {"eval", "exec"} and node.args and (source := self.source(node.args[0])):
            self.reads.members[source[1]] = ["1 + 2", "2 * 3"]
        if name in {"int", "float"} and node.args and (source := self.source(node.args[0])):
            self.reads.numeric.add(source[1])
        self._look_at_text(node)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Note reads by item, and texts that are keys of a table of the module."""
        self.source(node)
        source = self.source(node.slice)
        table = self._constants.get(dotted(node.value).rsplit(".", 1)[-1])
        if source and table:
            self.reads.members.setdefault(source[1], table)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Note which texts a value is compared with."""
        sides = [node.left, *node.comparators]
        contains = isinstance(node.ops[0], (ast.In, ast.NotIn))
        # What is looked for inside a value is no value of it, and often the mark of an attack.
        for one in sides[:1] if contains else sides:
            source = self.source(one)
            if source is None:
                continue
            for two in sides:
                known = self._constants.get(dotted(two).rsplit(".", 1)[-1], [])
                texts = collection_texts(two) or known
                if known and contains:
                    self.reads.members.setdefault(source[1], known)
                number = isinstance(two, ast.Constant) and type(two.value) in {int, float}
                if number and not isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
                    self.reads.numeric.add(source[1])
                elif two is not one and texts:
                    self.reads.compared.setdefault(source[1], []).extend(filter(_PLAIN.fullmatch, texts))
        key = constant_text(node.left)
        if key and isinstance(node.ops[0], (ast.In, ast.NotIn)) and (place := self._place(sides[-1])):
            self._add(place, key)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Look at texts that are put together."""
        if isinstance(node.op, ast.Mod) and (form := constant_text(node.left)):
            values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            for kind, value in zip(_MARKS.findall(form), values, strict=False):
                if kind in "di" and isinstance(value, ast.Name) and (source := self.source(value)):
                    self.reads.integers.add(source[1])
        self._look_at_text(node)
        self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Look at texts that are put together."""
        self._look_at_text(node)
        self.generic_visit(node)

    def _look_at_text(self, node: ast.expr) -> None:
        """A value that stands unquoted in a statement is a number."""
        parts = pieces(node)
        if len(parts) < 2 or not _QUERY.search("".join(each for each in parts if isinstance(each, str))):
            return
        before = ""
        for part in parts:
            if isinstance(part, str):
                before = part
            elif (source := self.source(part)) and not before.rstrip().endswith(("'", '"', "%", "`")):
                self.reads.numeric.add(source[1])

    def source(self, node: ast.AST) -> Source | None:
        """Return (place, name) of what the expression stands for; the name is empty for a whole place."""
        if isinstance(node, ast.Name):
            return self._sources.get(node.id)
        if isinstance(node, ast.BoolOp):
            return next(filter(None, map(self.source, node.values)), None)
        if isinstance(node, (ast.Await, ast.FormattedValue)):
            return self.source(node.value)
        if isinstance(node, ast.Attribute):
            return self._of_attribute(node)
        if isinstance(node, ast.Subscript):
            key = constant_text(node.slice)
            place = self._place(node.value)
            return self._add(place, key) if place and key else self.source(node.value) if not key else None
        return self._of_call(node) if isinstance(node, ast.Call) else None

    def _of_attribute(self, node: ast.Attribute) -> Source | None:
        name = dotted(node)
        if re.fullmatch(r"(?:flask\.|self\.)?request\.\w+", name) and node.attr in _PLACES:
            place = _PLACES[node.attr]
            self.reads.raw |= place == "raw"
            return place, ""
        inner = self.source(node.value)
        if inner and inner[0] == "url" and node.attr in _URL_PARTS:
            return "url part", f"{inner[1]}:{_URL_PARTS[node.attr]}"
        return None

    def _place(self, node: ast.AST) -> Source | None:
        if dotted(node) in {"session", "flask.session"}:
            return "session", ""
        place = self.source(node)
        return place if place and (not place[1] or place[0] == "document") else self._of_parameter(place)

    @staticmethod
    def _of_parameter(place: Source | None) -> Source | None:
        return ("document", place[1]) if place and place[0] in {"parameter", "json"} else None

    def _of_call(self, node: ast.Call) -> Source | None:
        name = dotted(node.func)
        last = name.rsplit(".", 1)[-1]
        if re.fullmatch(r"(?:flask\.)?request\.get_(?:json|data)", name):
            self.reads.raw |= last == "get_data"
            return _PLACES[f"{last}()"], ""
        if last in {"urlparse", "urlsplit"} and node.args:
            inner = self.source(node.args[0])
            return ("url", inner[1]) if inner else None
        if last == "urljoin" and node.args:
            return self.source(node.args[0])
        if not isinstance(node.func, ast.Attribute):
            return self.source(node.args[0]) if last in _PASSES and node.args else None
        if _LOADS.search(name) and node.args and (inner := self.source(node.args[0])):
            self.reads.documents.add(inner[1])
            return "document", inner[1]
        if last in {"get", "getlist", "pop"} and node.args and (key := constant_text(node.args[0])):
            place = self._place(node.func.value)
            return self._add(place, key) if place else None
        return self.source(node.func.value) if last in _PASSES else None

    def _add(self, place: Source, key: str) -> Source:
        kind, name = place
        if kind == "raw":
            kind = "document"
        self.reads.add(f"document:{name}" if kind == "document" else kind, key)
        return kind, key
