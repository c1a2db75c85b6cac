"""Commands: the programs that are run and their literal arguments, whatever runs them."""

import ast
import posixpath
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.shell_script import fixed_script
from sgcode_worker.gates.surface.native_calls import NATIVE
from sgcode_worker.gates.texts import HOLE, Lookup, fold, plain

_BINARIES = frozenset({"/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin"})
_OPERATORS = frozenset({"|", "||", "&", "&&", ";", ">", ">>", "<", "2>&1", "2>", "&>", "|&"})
# Redirections that the constant DEVNULL of subprocess does without a shell.
_SILENCED = frozenset({"/dev/null", ">/dev/null", "1>/dev/null", "2>/dev/null"})
_EXPANDED = re.compile(r"^~|\$\w|\$[({]|`|[*]")
# A word whole in quotes that keep it as it is: between double ones a shell still expands some characters.
_QUOTED = re.compile(r"'([^']*)'|\"([^\"$`\\]*)\"|\\([;|&<>()*])")


@dataclass(frozen=True)
class Command:
    """One command: its words with holes for values, and whether a shell reads it.

    `quoted` are the words that the quotes around them keep a shell from expanding; `script` is the
    expression of a fixed script that a shell is handed in a list.
    """

    words: tuple[str, ...]
    shell: bool
    line: int
    quoted: frozenset[str]
    script: ast.expr | None = None

    @property
    def program(self) -> str | None:
        """The program's name without the usual folders, None where it is a value."""
        first = self.words[0] if self.words else HOLE
        return None if HOLE in first else _bare(first)


def check_commands(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every program or argument that is lost, new, or no longer read by a shell it needs."""
    for pair in comparison.pairs:
        before = read_commands(pair.before, comparison.original)
        after = read_commands(pair.after, comparison.candidate)
        if before or after:
            yield from _compare(pair, before, after)


def read_commands(definition: Definition, program: Outline) -> list[Command]:
    """Return the commands that the definition runs, as far as their words can be read."""
    found = []
    for call in definition.calls:
        if call.family is not None and call.family.name == "process" and call.node.args:
            lookup = lookup_in(definition, program)
            script = fixed_script(call.node.args[0], lookup)
            if script is not None:
                words = split_words(script[1])
                found.append(Command(tuple(words), True, call.node.lineno, frozenset(), script[0]))
                continue
            words = command_words(call.node.args[0], lookup)
            if words:
                quoted = quoted_words(fold(call.node.args[0], lookup) or "")
                found.append(Command(tuple(words), _shell(call), call.node.lineno, quoted))
    return found


def lookup_in(definition: Definition, program: Outline) -> Lookup:
    """Return a lookup of names bound once, in the definition or else in the module."""

    def find(name: str) -> ast.expr | None:
        if name in definition.bindings:
            return definition.single(name)
        return program.module.single(name)

    return find


def _shell(call: Call) -> bool:
    if call.name in {
        "system",
        "popen",
        "getoutput",
        "getstatusoutput",
        "exec_command",
        "popen2",
        "popen3",
        "popen4",
    }:
        return True
    return any(
        keyword.arg == "shell" and not (isinstance(keyword.value, ast.Constant) and not keyword.value.value)
        for keyword in call.node.keywords
    )


def command_words(node: ast.expr, lookup: Lookup, depth: int = 6) -> list[str] | None:
    """Return a command's words: a text split as a shell would, or a list's own; None where unknown."""
    if depth == 0:
        return None
    if isinstance(node, (ast.List, ast.Tuple)):
        return [fold(each, lookup) or HOLE for each in node.elts]
    text = fold(node, lookup)
    if text is not None:
        return split_words(text)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = (
            command_words(node.left, lookup, depth - 1),
            command_words(node.right, lookup, depth - 1),
        )
        return None if left is None and right is None else [*(left or [HOLE]), *(right or [HOLE])]
    if isinstance(node, ast.Name):
        value = lookup(node.id)
        return None if value is None else command_words(value, lookup, depth - 1)
    if isinstance(node, ast.Call):
        return _words_of_call(node, lookup, depth - 1)
    return None


def _words_of_call(node: ast.Call, lookup: Lookup, depth: int) -> list[str] | None:
    """The words of `TEXT.split()`, `shlex.split(TEXT)` and `list(WORDS)`."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in {"split", "list"}:
        return None
    own = command_words(owner, lookup, depth) if owner is not None else None
    return command_words(node.args[0], lookup, depth) if own is None and node.args else own


def split_words(text: str) -> list[str]:
    """Return the words that a shell makes of a text; where its quotes do not match, those between spaces."""
    try:
        return shlex.split(plain(text))
    except ValueError:
        return plain(text).split()


def quoted_words(text: str) -> frozenset[str]:
    """Return the words of a shell's text that stand whole in quotes which keep them as they are."""
    try:
        raw = shlex.split(plain(text), posix=False)
    except ValueError:
        return frozenset()
    return frozenset(match[1] or match[2] or match[3] for match in map(_QUOTED.fullmatch, raw) if match)


def _bare(word: str) -> str:
    folder, name = posixpath.split(word)
    return name if folder in _BINARIES else word


def _said(words: tuple[str, ...] | list[str]) -> Iterator[str]:
    for word in words:
        for part in _bare(word).replace(HOLE, " ").split():
            # A pattern matches the same files with their folder before it.
            literal = part.strip("'\"").removeprefix("./" if part.startswith("./*") else "")
            if literal and literal not in _OPERATORS:
                yield literal


def _compare(pair: Pair, before: list[Command], after: list[Command]) -> Iterator[Evidence]:
    pool: Counter[str] = Counter()
    scripts = {id(each.script) for each in after}
    for command in after:
        if command.script is not None:
            pool.update(_said(command.words))
    unused = _no_longer_run(pair.after, before, after)
    for node in pair.after.texts:
        words = split_words(fold(node) or "")
        if id(node) not in scripts and not _is_one_of(words, unused):
            pool.update(_said(words))
    # A word may stand under a name that the text itself does not say.
    pool |= Counter(word for command in after for word in _said(command.words))
    native = {call.name for call in pair.after.calls}
    needed: Counter[str] = Counter()
    for command in before:
        done = NATIVE.get(command.program or "", "").split()
        if not native.intersection(done) or any(each.program == command.program for each in after):
            needed.update(_said(command.words))
    gone = needed - pool - _joined(pair.after, pool - needed)
    if _silenced(pair.after) - _silenced(pair.before) >= sum(gone[word] for word in _SILENCED):
        gone = Counter({word: count for word, count in gone.items() if word not in _SILENCED})
    if gone:
        yield Evidence(
            f"a command of {pair.label} lost {', '.join(f'`{word}`' for word in list(gone)[:6])}", pair.line
        )
    known = {word for command in before for word in _said(command.words)}
    unread = Counter(command.words for command in before if not command.shell)
    for command in after:
        if command.program and command.program not in known and known:
            yield Evidence(f"{pair.label} now runs `{command.program}`, which it did not", command.line)
        unread[command.words] -= not command.shell
        if not command.shell and unread[command.words] < 0 and any(each.shell for each in before):
            quoted = frozenset[str]().union(*(each.quoted for each in before))
            yield from _unread(pair, command, quoted)


def _is_one_of(words: list[str], commands: set[tuple[str, ...]]) -> bool:
    """Whether a text is one of these commands, in which names may be what they stand for."""
    return any(
        len(words) == len(command)
        and all(one in (other, HOLE) for one, other in zip(words, command, strict=True))
        for command in commands
    )


def _no_longer_run(
    definition: Definition, before: list[Command], after: list[Command]
) -> set[tuple[str, ...]]:
    """The commands that were run before and are only shown now: their words are in no command any more."""
    started = sum(call.family is not None and call.family.name == "process" for call in definition.calls)
    if not after or started > len(after):
        return set()
    return {command.words for command in before} - {command.words for command in after}


def _joined(definition: Definition, spare: Counter[str]) -> Counter[str]:
    """The ends of paths, with their slash, that are joined to a folder where a text had both."""
    ends = Counter(
        f"/{word}"
        for call in definition.calls
        if call.key == "os.path.join" and not call.effect
        for end in call.node.args[1:]
        for word in _said([fold(end) or ""])
    )
    return ends & Counter({f"/{word}": count for word, count in spare.items()})


def _silenced(definition: Definition) -> int:
    return sum(each.attr == "DEVNULL" for each in definition.attributes) + definition.loads["DEVNULL"]


def _unread(pair: Pair, command: Command, quoted: frozenset[str]) -> Iterator[Evidence]:
    """Words that mean something to a shell only, in a command that no shell reads any more."""
    for word in command.words:
        if word not in quoted and (word in _OPERATORS or _EXPANDED.search(word)):
            yield Evidence(
                f"`{word.replace(HOLE, '...')}` in a command of {pair.label} needed a shell "
                "and is now a plain argument",
                command.line,
            )
