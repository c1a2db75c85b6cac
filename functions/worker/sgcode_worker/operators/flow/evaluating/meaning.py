"""What the words of a function say about the text that it evaluates."""

import re
from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.program import Program

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ARITHMETIC = re.compile(r"math\w*|arithmetic\w*|calc|calculat(?:e|es|ed|ing|ion|or)|formula|equation")
# What a text may be called that is only said to be one.
_PLAIN = re.compile(
    r"[a-z]|expr|exp|ex|expression|input|text|txt|string|str|user|line|raw|entry|display|screen|operation|"
    r"problem|question|exercise|task|sum|term|self|get|read|value|var|strip|replace|lower|decode"
)
# Texts with names, calls, comparisons or statements in them.
_MORE = re.compile(
    r"python|code|scripts?|commands?|statements?|sql|query|queries|functions|lambdas?|modules?|bool\w*|logic\w*|"
    r"conditions?|compar\w*|predicates?|rules?|filters?|lists?|matrix|matrices|vectors?|strings|symbol\w*|"
    r"abs|round|min|max|pow|sqrt|sin|cos|tan|log|trig\w*|pi"
)


def means_arithmetic(program: Program, call: cst.Call, function: cst.FunctionDef) -> bool:
    """Return whether names and texts speak of arithmetic, and nothing of more.

    They are those of the function with its class, of what the call evaluates and of where that is read.
    """
    text = _words(program.code(call.args[0].value))
    own = [function.name.value, *(each.name.value for each in parameters(function))]
    about = _words(" ".join([*own, _types_aside(function.get_docstring() or "")]))
    if any(_MORE.fullmatch(word) for word in about):
        return False
    if not all(_PLAIN.fullmatch(word) or _ARITHMETIC.fullmatch(word) for word in text):
        return False
    words = [*text, *about, *_words(" ".join(_said(program, call, function)))]
    return any(_ARITHMETIC.fullmatch(word) for word in words)


def parameters(function: cst.FunctionDef) -> list[cst.Param]:
    """Return every parameter of the function, those with stars too."""
    given = function.params
    starred = [each for each in (given.star_arg, given.star_kwarg) if isinstance(each, cst.Param)]
    return [*given.posonly_params, *given.params, *given.kwonly_params, *starred]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(text)]


def _types_aside(docstring: str) -> str:
    """A docstring without the types that it gives in parentheses, as in `text (list): ...`."""
    return re.sub(r"^(\s*\w+) *\([^)\n]*\):", r"\1:", docstring, flags=re.MULTILINE)


def _said(program: Program, call: cst.Call, function: cst.FunctionDef) -> Iterator[str]:
    """The name of the function's class and what the text's name is set to, a prompt for it included."""
    holder = program.enclosing(function, cst.ClassDef)
    if holder is not None:
        yield holder.name.value
    text = call.args[0].value
    for node in program.nodes(cst.Assign):
        names = [each.target.value for each in node.targets if isinstance(each.target, cst.Name)]
        if not isinstance(text, cst.Name) or text.value not in names:
            continue
        if program.enclosing(node, cst.FunctionDef) is function:
            yield program.code(node.value)
