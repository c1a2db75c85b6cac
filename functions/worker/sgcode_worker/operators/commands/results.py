"""Writes the call without a shell so that what the program does with its result stays right."""

from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.commands.calls import ShellCall
from sgcode_worker.operators.commands.pieces import UnreadableError
from sgcode_worker.operators.commands.statuses import status_use
from sgcode_worker.operators.commands.streams import Stream, stream_use
from sgcode_worker.operators.commands.words import Target
from sgcode_worker.operators.nodes import without_arguments
from sgcode_worker.operators.program import NeededImport, Program

_CAPTURING = frozenset({"subprocess.check_output", "os.popen", "subprocess.getoutput"})
_NEEDS_NO_PARENTHESES = (cst.Assign, cst.AnnAssign, cst.AugAssign, cst.Return, cst.Arg)
_SCOPES = (cst.FunctionDef, cst.Lambda, cst.ClassDef, cst.BaseComp, cst.Module)
_NO_SPACE = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))


@dataclass(frozen=True)
class Written:
    """The node to replace, what replaces it, the imports that this needs and a note for the summary."""

    old: cst.CSTNode
    new: cst.BaseExpression
    imports: Sequence[NeededImport] = ()
    note: str = ""


def write_call(
    program: Program, call: ShellCall, words: cst.BaseExpression, redirections: Sequence[tuple[int, Target]]
) -> Written:
    """Return the call with a list in place of the command. Raises UnreadableError where that is not exact."""
    streams = _streams(call, redirections)
    if call.kind == "subprocess":
        return _kept(program, call, words, streams)
    writer = _Writer(program, call.node, words, streams)
    if call.kind == "system":
        use = status_use(program, call.node)
        if use == "ignored":
            return writer.done(call.node, writer.call("run"))
        status = writer.call("call")
        if use == "zero":
            return writer.done(call.node, status)
        shifted = cst.BinaryOperation(status, cst.LeftShift(), cst.Integer("8"))
        if not isinstance(program.parent(call.node), _NEEDS_NO_PARENTHESES):
            shifted = shifted.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        return writer.done(call.node, shifted, "the status keeps the form that os.system gives it")
    if call.kind == "popen":
        return _popen(program, call, writer)
    run = writer.call("run", [("stdout", "PIPE"), ("stderr", "STDOUT")], text=True)
    if call.function == "subprocess.getstatusoutput":
        return writer.done(call.node, _status_and_output(program, call, run))
    return writer.done(call.node, _trimmed(run))


def _status_and_output(program: Program, call: ShellCall, run: cst.Call) -> cst.Tuple:
    """Both answers of one process, which stands under a name that the program does not have."""
    if not isinstance(program.enclosing(call.node, *_SCOPES), (cst.FunctionDef, cst.Module)):
        raise UnreadableError(
            "getstatusoutput gives status and output at once, which takes a name that cannot be bound here."
        )
    taken = {each.value for each in program.nodes(cst.Name)}
    name = next(each for each in map("done{}".format, ("", *range(2, len(taken) + 3))) if each not in taken)
    bound = cst.NamedExpr(cst.Name(name), run, lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    answers = [_member(bound, "returncode"), _trimmed(cst.Name(name))]
    return cst.Tuple([cst.Element(each) for each in answers])


def _trimmed(done: cst.BaseExpression) -> cst.Call:
    """The output without its last line end, as subprocess.getoutput gives it."""
    return cst.Call(_member(_member(done, "stdout"), "removesuffix"), [cst.Arg(cst.SimpleString('"\\n"'))])


def _popen(program: Program, call: ShellCall, writer: "_Writer") -> Written:
    use = stream_use(program, call.node)
    if use is None or isinstance(use, Stream):
        process = writer.call("Popen", [("stdout", "PIPE")], text=True)
        return writer.done(call.node, process if use is None else _member(process, "stdout"))
    run = writer.call("run", [("stdout", "PIPE")], text=True)
    return writer.done(use, _member(run, "stdout"))


class _Writer:
    """Writes calls of subprocess functions, through the program's own imports where it has them."""

    def __init__(
        self,
        program: Program,
        at: cst.Call,
        words: cst.BaseExpression,
        streams: Sequence[tuple[str, str]],
    ) -> None:
        self.program = program
        self.at = at
        self.words = words
        self.streams = streams
        self.imports: list[NeededImport] = []

    def call(self, function: str, streams: Sequence[tuple[str, str]] = (), *, text: bool = False) -> cst.Call:
        arguments = [cst.Arg(self.words)]
        for name, value in (*streams, *self.streams):
            arguments.append(_keyword(name, self.member(value)))
        if text:
            arguments.append(_keyword("text", cst.Name("True")))
        return cst.Call(self.member(function), arguments)

    def member(self, name: str) -> cst.BaseExpression:
        node, needed = self.program.reference("subprocess", name, at=self.at)
        if needed is not None and needed not in self.imports:
            self.imports.append(needed)
        return node

    def done(self, old: cst.CSTNode, new: cst.BaseExpression, note: str = "") -> Written:
        return Written(old, new, self.imports, note)


def _kept(
    program: Program, call: ShellCall, words: cst.BaseExpression, streams: Sequence[tuple[str, str]]
) -> Written:
    """The same call of subprocess with the list, and without `shell`."""
    assert call.shell is not None
    removed = [call.shell] if call.executable is None else [call.shell, call.executable]
    arguments = without_arguments(call.node, removed)
    if arguments is None:
        raise UnreadableError("A comment beside `shell=True` would be lost.")
    changed = [
        each.with_changes(value=words) if each.value is call.command.value else each for each in arguments
    ]
    writer = _Writer(program, call.node, words, streams)
    for name, value in streams:
        if changed[-1].comma == cst.MaybeSentinel.DEFAULT:
            changed[-1] = changed[-1].with_changes(
                comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")),
                whitespace_after_arg=cst.SimpleWhitespace(""),
            )
        changed.append(_keyword(name, writer.member(value)))
    return writer.done(call.node, call.node.with_changes(args=changed))


def _streams(call: ShellCall, redirections: Sequence[tuple[int, Target]]) -> list[tuple[str, str]]:
    """The keywords that do what the redirections did."""
    where: dict[int, str] = {}
    for number, target in redirections:
        if target == "null":
            if number == 1 and where.get(2) == "STDOUT":
                raise UnreadableError("The order of the command's redirections needs a shell.")
            where[number] = "DEVNULL"
        elif number == 2:
            where[2] = where.get(1, "STDOUT")
        else:
            raise UnreadableError("The command needs a shell for a redirection.")
    if 1 in where and call.function in _CAPTURING:
        raise UnreadableError("The output that the program reads is redirected.")
    names = {1: "stdout", 2: "stderr"}
    given = {each.keyword.value for each in call.node.args if each.keyword is not None}
    if any(names[number] in given or "capture_output" in given for number in where):
        raise UnreadableError("The command redirects what the call sets besides.")
    if call.function.startswith("subprocess.get") and where:
        raise UnreadableError("The output that the program reads is redirected.")
    return [(names[number], where[number]) for number in sorted(where)]


def _member(node: cst.BaseExpression, name: str) -> cst.Attribute:
    return cst.Attribute(node, cst.Name(name))


def _keyword(name: str, value: cst.BaseExpression) -> cst.Arg:
    return cst.Arg(value, keyword=cst.Name(name), equal=_NO_SPACE)
