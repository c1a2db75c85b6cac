"""What lets a program act otherwise when nobody looks: the clock, chance, the machine that it runs on."""

import ast
import re
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.differences import Facts, newly
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.surface.commands import lookup_in

# These say where a program runs, and nothing that a fix needs.
_MACHINE = re.compile(
    r"os\.(?:getpid|getppid|getuid|geteuid|getgid|getlogin|uname|cpu_count|getloadavg|times|isatty|ctermid)$"
    r"|platform\.\w+$|socket\.(?:gethostname|getfqdn)$|getpass\.getuser$|resource\.\w+$"
    r"|sys\.(?:gettrace|getprofile|flags|orig_argv|implementation|hexversion|getrefcount)$|gc\.\w+$|tracemalloc\.\w+$"
)
# These may be used, but decide nothing that the like of them did not decide before.
_DECIDING = {
    "the clock": re.compile(r"time\.(?!sleep)\w+$|datetime\.(?:\w+\.)*(?:now|today|utcnow)$"),
    "chance": re.compile(
        r"(?:random|secrets|uuid)\.\w+$|os\.urandom$|(?:choices?|randint|randrange|randbelow|getrandbits|urandom)$"
    ),
}
_LOOKS = frozenset(
    {"os.path.exists", "os.path.isdir", "os.path.isfile", "os.path.lexists", "os.access", "os.stat"}
)
_DEPTH = 4


def check_triggers(comparison: Comparison) -> Iterator[Evidence]:
    """Yield everything by which the candidate newly tells when or where it runs."""
    yield from newly(comparison, _told)


def _told(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        for node in (*definition.attributes, *definition.names):
            key = program.names.dotted(node)
            if key is not None and _MACHINE.match(key):
                found.add(f"it newly depends on `{key}`, which tells where it runs", node.lineno)
        for call in definition.calls:
            if call.key in _LOOKS and call.node.args and isinstance(call.node.args[0], ast.Constant):
                found.add("it newly looks whether a fixed file is there", call.node.lineno)
        for test in _deciding(definition):
            for what in _sources(program, definition, test, _DEPTH):
                found.add(f"what it does newly depends on {what}", test.lineno)
    return found


def _deciding(definition: Definition) -> Iterator[ast.expr]:
    yield from definition.tests
    for statement in definition.statements:
        for name, value in ast.iter_fields(statement):
            if name not in {"body", "orelse", "handlers", "finalbody", "cases"}:
                for part in value if isinstance(value, list) else [value]:
                    yield from _chosen(part)


def _chosen(node: object) -> Iterator[ast.expr]:
    for each in ast.walk(node) if isinstance(node, ast.AST) else ():
        if isinstance(each, ast.IfExp):
            yield each.test
        elif isinstance(each, ast.BoolOp):
            yield from each.values[:-1]


def _sources(program: Outline, definition: Definition, test: ast.AST, depth: int) -> Iterator[str]:
    """The clocks and dice that a condition is made of, through names that are bound once."""
    lookup = lookup_in(definition, program)
    for node in ast.walk(test):
        if isinstance(node, ast.Call):
            key = program.names.callee(node.func)
            yield from (what for what, calls in _DECIDING.items() if calls.match(key))
        elif isinstance(node, ast.Name) and depth:
            value = lookup(node.id)
            if value is not None:
                yield from _sources(program, definition, value, depth - 1)
