"""Injections into calls."""

import ast
from collections.abc import Iterator, Mapping

from ggan_data.labelling.places import operation
from ggan_data.labelling.spans import Spans
from ggan_data.synthesis.backward.injection import Injection, source

# What is called, what is called in its place, and the operator and weakness of that.
_RENAMED: Mapping[str, tuple[str, str, str]] = {
    "hashlib.sha256": ("hashlib.md5", "replace-weak-hash", "CWE-327"),
    "hashlib.sha512": ("hashlib.sha1", "replace-weak-hash", "CWE-327"),
    "ast.literal_eval": ("eval", "literal-eval", "CWE-95"),
    "literal_eval": ("eval", "literal-eval", "CWE-95"),
    "tempfile.mkdtemp": ("tempfile.mktemp", "private-temporary-file", "CWE-377"),
    "ssl.create_default_context": ("ssl._create_unverified_context", "verify-certificate", "CWE-295"),
    "ssl._create_default_https_context": ("ssl._create_unverified_context", "verify-certificate", "CWE-295"),
    "secrets.choice": ("random.choice", "secure-random", "CWE-330"),
    "secrets.randbelow": ("random.randrange", "secure-random", "CWE-330"),
    "yaml.safe_load": ("yaml.load", "safe-loader", "CWE-502"),
}
_UNWRAPPED: Mapping[str, tuple[str, str]] = {
    "html.escape": ("escape-html", "CWE-79"),
    "escape": ("escape-html", "CWE-79"),
    "xml.sax.saxutils.escape": ("escape-html", "CWE-79"),
    "shlex.quote": ("quote-shell-word", "CWE-78"),
    "os.path.basename": ("contain-path", "CWE-22"),
}
_JOINS = {"os.path.join", "join", "open", "pathlib.Path", "Path"}
_RUNS = {f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen", "getoutput")}


def renamed_call(spans: Spans, node: ast.AST) -> Iterator[Injection]:
    """The weak function in place of the strong one."""
    if isinstance(node, ast.Call) and (name := dotted(node.func)) in _RENAMED:
        weak, operator, cwe = _RENAMED[name]
        yield Injection(operator, cwe, spans.of(node.func), weak, spans.of(node))


def unwrapped_value(spans: Spans, node: ast.AST) -> Iterator[Injection]:
    """The value itself in place of the one made safe, where it is a part of something larger."""
    if not isinstance(node, ast.Call) or len(node.args) != 1 or dotted(node.func) not in _UNWRAPPED:
        return
    parent = spans.parents.get(node)
    if isinstance(parent, ast.expr) and (around := operation(spans, parent)) is not None:
        operator, cwe = _UNWRAPPED[dotted(node.func)]
        joins = isinstance(around, ast.Call) and dotted(around.func) in _JOINS
        if joins if operator == "contain-path" else isinstance(around, ast.Call | ast.BinOp):
            yield Injection(operator, cwe, spans.of(node), source(spans, node.args[0]), spans.of(around))


def shell_text(spans: Spans, node: ast.AST) -> Iterator[Injection]:
    """A text for a shell in place of a list of words."""
    if not isinstance(node, ast.Call) or dotted(node.func) not in _RUNS or not node.args:
        return
    words = node.args[0]
    known = {each.arg for each in node.keywords}
    if not isinstance(words, ast.List) or len(words.elts) < 2 or "shell" in known:
        return
    if any(isinstance(each, ast.Starred | ast.JoinedStr) for each in words.elts):
        return
    parts = [_word(spans, each) for each in words.elts]
    if any(part is None or "'" in part or "\n" in part or "\\" in part for part in parts):
        return
    text = " ".join(part for part in parts if part)
    yield Injection("argv-without-shell", "CWE-78", spans.of(words), f"f'{text}', shell=True", spans.of(node))


def open_permissions(spans: Spans, node: ast.AST) -> Iterator[Injection]:
    """A mode that lets everybody write."""
    if isinstance(node, ast.Call) and dotted(node.func) in {"os.chmod", "os.fchmod"} and len(node.args) == 2:
        yield Injection("private-permissions", "CWE-732", spans.of(node.args[1]), "0o777", spans.of(node))


def dotted(node: ast.expr) -> str:
    """The name that an expression is, '' for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def _word(spans: Spans, node: ast.expr) -> str | None:
    """A word of a command in the notation of an f-string; None for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) and not set(node.value) & set("{}\"'") else None
    return "{" + source(spans, node) + "}"
