"""A program as the gates see it: definitions, each with what its own reachable body does."""

import ast
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from sgcode_worker.gates.names import Names
from sgcode_worker.gates.sinks import Family
from sgcode_worker.source import split_lines

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
DefinitionNode = FunctionNode | ast.ClassDef | ast.Module


@dataclass
class Call:
    """A call; `deferred` when it stands in a lambda, `effect` when its result is not used.

    `key` is dotted where the callee is known, `.method` on a value, else `()`. `family` is the
    family of dangerous calls it belongs to; a function of the file itself is `own` and in none.
    """

    node: ast.Call
    deferred: bool
    effect: bool
    key: str = "()"
    family: Family | None = None
    own: bool = False

    @property
    def name(self) -> str:
        """The last part of what is called."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True)
class Store:
    """A write through an attribute or a subscript, or to a name of an outer scope."""

    target: ast.expr
    value: ast.expr | None


@dataclass
class Definition:
    """The module (name ''), a class or a function, without what is nested in it."""

    name: str
    node: DefinitionNode
    calls: list[Call] = field(default_factory=list)
    stores: list[Store] = field(default_factory=list)
    bindings: dict[str, list[ast.expr | None]] = field(default_factory=dict)
    loads: Counter[str] = field(default_factory=Counter)
    returns: list[ast.Return] = field(default_factory=list)
    raises: list[ast.Raise] = field(default_factory=list)
    handlers: list[ast.ExceptHandler] = field(default_factory=list)
    tests: list[ast.expr] = field(default_factory=list)
    texts: list[ast.expr] = field(default_factory=list)
    subscripts: list[ast.Subscript] = field(default_factory=list)
    attributes: list[ast.Attribute] = field(default_factory=list)
    statements: list[ast.stmt] = field(default_factory=list)
    names: list[ast.Name] = field(default_factory=list)
    operations: list[ast.BinOp] = field(default_factory=list)
    yields: int = 0

    @property
    def kind(self) -> str:
        """`module`, `class` or `function`."""
        if isinstance(self.node, ast.Module):
            return "module"
        return "class" if isinstance(self.node, ast.ClassDef) else "function"

    def single(self, name: str) -> ast.expr | None:
        """The one expression that the name is bound to here; None where there are more or none."""
        values = self.bindings.get(name, ())
        return values[0] if len(values) == 1 else None

    @cached_property
    def answers(self) -> list[ast.AST]:
        """The nodes that make up what is returned, followed through local names.

        What goes into a call that computes something else is left out: a pattern that is
        searched for or a path that is opened reaches nobody.
        """
        pending: list[ast.AST] = [each.value for each in self.returns if each.value is not None]
        seen: set[str] = set()
        found: list[ast.AST] = []
        while pending:
            node = pending.pop()
            found.append(node)
            if isinstance(node, ast.Name):
                if node.id not in seen:
                    seen.add(node.id)
                    pending.extend(value for value in self.bindings.get(node.id, ()) if value is not None)
            elif not isinstance(node, ast.Call) or _shapes(node):
                pending.extend(ast.iter_child_nodes(node))
        return found

    @property
    def line(self) -> int | None:
        """Where the definition begins; None for the module."""
        return None if isinstance(self.node, ast.Module) else self.node.lineno

    @property
    def label(self) -> str:
        """The definition as evidence names it."""
        return f"`{self.name}`" if self.name else "the module"


_COMPUTING = re.compile(
    r"re$|search|match|fullmatch|find(?:all|iter)?|sub|compile|open|load|loads|get|getlist|getenv|execute\w*|fetch\w*|query|read\w*|"
    r"run|system|popen|Popen|check_\w+|call|startswith|endswith|split|rsplit|strip|replace|encode|decode|mk\w*temp|"
    r"parse\w*|eval|exec|new|md5|sha\w+|index|count|strftime|strptime|getattr|isinstance|input|filter\w*|_run\w*"
)


def _shapes(node: ast.Call) -> bool:
    """Whether a call puts its arguments into what it gives, as far as its name tells."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return _COMPUTING.fullmatch(name) is None


@dataclass
class Outline:
    """Every definition by qualified name; a second definition of a name is `name#2`."""

    tree: ast.Module
    text: str
    definitions: dict[str, Definition]
    names: Names

    @cached_property
    def lines(self) -> list[str]:
        """The program's lines, as Python counts them."""
        return split_lines(self.text)

    def written(self, definition: Definition) -> list[str]:
        """The lines of a definition with its decorators; none for the module."""
        node = definition.node
        if isinstance(node, ast.Module):
            return []
        first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
        return self.lines[first - 1 : node.end_lineno]

    @property
    def module(self) -> Definition:
        """The module's own definition."""
        return self.definitions[""]
