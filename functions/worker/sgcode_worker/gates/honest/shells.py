"""Commands handed to a shell or an interpreter in a list, or by settings that analyzers do not read."""

import ast
import re
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.shell_script import fixed_script
from sgcode_worker.gates.surface.commands import command_words, lookup_in
from sgcode_worker.gates.texts import HOLE, Lookup

_STARTERS = re.compile(
    r"os\.(?:exec[lv]p?e?|spawn\w+|posix_spawnp?)$|asyncio\.create_subprocess_exec$"
    r"|subprocess\.(?:run|call|Popen|check_output|check_call)$"
)
_SHELLS = frozenset(
    "sh bash dash ash zsh ksh csh tcsh fish cmd cmd.exe powershell powershell.exe pwsh".split()
)
_INTERPRETERS = re.compile(r"python[\d.]*|perl|ruby|node|php|lua|busybox")
_ROUNDABOUT = frozenset({"env", "xargs", "busybox", "su", "ssh"})
_SHELL_CODE = re.compile(
    r"-[a-z]*[cs][a-z]*|-i|/[ck]|-command|-e(?:c|nc\w*)|--command(?:=.*)?", re.IGNORECASE
)
_PYTHON_CODE = re.compile(r"-[A-Za-z]*c")
_CODE = re.compile(r"-\w*[ceErp]|--(?:eval|print|run)(?:=.*)?")
# `Popen` takes what starts a shell in the ninth place, and hardly anybody gives the ones before it so.
_MOST_BY_POSITION = 3


def check_shells(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every command that a shell or an interpreter newly gets where analyzers do not look."""
    before, after = _handed(comparison.original), _handed(comparison.candidate)
    for fact in lost(after, before):
        yield Evidence(f"{fact}, which analyzers cannot follow", after.line(fact))


def _handed(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        for call in definition.calls:
            if _STARTERS.match(call.key) and not call.own:
                for fact in _facts(program, definition, call):
                    found.add(fact, call.node.lineno)
    return found


def _facts(program: Outline, definition: Definition, call: Call) -> Iterator[str]:
    node = call.node
    keywords = {each.arg: each.value for each in node.keywords if each.arg is not None}
    if "executable" in keywords:
        yield "another program is started than the command names"
    if call.key.startswith("subprocess.") and len(node.args) > _MOST_BY_POSITION:
        yield "settings of a process are given by position"
    lookup = lookup_in(definition, program)
    given = keywords.get("args") or (node.args[0] if node.args else None)
    if given is None or fixed_script(given, lookup) is not None:
        return
    words = _words(program, given, call, lookup)
    if len(words) > 1 and _takes_code(words):
        shown = f"{words[0]} {words[1]}".replace(HOLE, "...")
        yield f"a command is handed to `{shown}`"
    elif words and _name(words[0]) in _SHELLS and (len(words) == 1 or words[1:] == ["-"]):
        yield f"a command is handed to `{words[0]}` as its input"


def _words(program: Outline, given: ast.expr, call: Call, lookup: Lookup) -> list[str]:
    """The words of a command; those of a text are for the gate `surface`, which knows if a shell reads it."""
    if isinstance(given, ast.Name):
        given = lookup(given.id) or given
    if isinstance(given, (ast.List, ast.Tuple)):
        elements = list(given.elts)
    elif len(call.node.args) > 1 and not call.key.startswith("subprocess."):
        elements = list(call.node.args)
    else:
        return [] if isinstance(given, (ast.Constant, ast.JoinedStr)) else command_words(given, lookup) or []
    words = command_words(ast.List(elements), lookup) or []
    return [
        "python" if program.names.dotted(each) == "sys.executable" else word
        for each, word in zip(elements, words, strict=True)
    ]


def _takes_code(words: list[str]) -> bool:
    """Whether a shell or an interpreter among the words gets a flag by which it reads code."""
    for index, word in enumerate(words[:-1]):
        name = _name(word)
        code = _SHELL_CODE if name in _SHELLS else _PYTHON_CODE if name.startswith("python") else _CODE
        reads = name in _SHELLS or _INTERPRETERS.fullmatch(name)
        if reads and any(code.fullmatch(each) for each in _flags(words[index + 1 :])):
            return True
        if index == 0 and name in _ROUNDABOUT and _name(words[1]) in _SHELLS | {"-S", "-c", "ash"}:
            return True
    return False


def _flags(words: list[str]) -> Iterator[str]:
    """The words up to the first that is no flag: what follows a script is the script's own."""
    for word in words:
        if not word.startswith(("-", "/")):
            return
        yield word


def _name(word: str) -> str:
    return word.rpartition("/")[2].lower()
