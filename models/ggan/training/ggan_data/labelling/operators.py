"""Which operator a fix amounts to, by rules on what it took away and put in."""

from collections.abc import Callable
from dataclasses import dataclass

_SHELLS = ("shell=True", "os.system", "popen", "getoutput", "getstatusoutput", "commands.", "exec_command")
_RUNS = (
    *_SHELLS,
    "subprocess",
    "Popen",
    "check_output",
    "check_call",
    "execute",
    "run(",
    "call(",
    "cmd",
    "command",
)
_PATH_CHECKS = (
    "basename realpath abspath normpath commonpath commonprefix relpath startswith relative_to resolve isabs "
    "is_relative_to secure_filename safe_join safepath safe_path check_path sanitize sanitise validate "
    "is_safe within absolute is_subpath send_from_directory ../ '..' \"..\""
).split()
_PATHS = (
    "open",
    "path",
    "Path",
    "file",
    "dir",
    "send",
    "join",
    "remove",
    "rmtree",
    "copy",
    "move",
    "read",
    "write",
)
_SAFE_FILES = (
    "mkstemp",
    "NamedTemporaryFile",
    "mkdtemp",
    "TemporaryDirectory",
    "TemporaryFile",
    "SpooledTemporaryFile",
)
_UNSAFE_FILES = ("mktemp", "tempnam", "tmpnam")
_STRONG = ("sha256", "sha384", "sha512", "sha3_", "blake2", "SHA256", "SHA512", "SHA384")
_WEAK = ("md5", "sha1", "MD5", "SHA1", "sha(", "md4")
_ESCAPES = (
    "escape(",
    "html.escape",
    "cgi.escape",
    "conditional_escape",
    "escape_html(",
    "xml_escape",
    "quoteattr(",
)


@dataclass(frozen=True)
class Evidence:
    """What is known about a weak place: its own text, its statement's, and the tokens taken and put in.

    All texts are without white space between tokens.
    """

    place: str
    statement: str
    removed: str
    added: str
    before: str
    after: str


def operator_of(cwe: str, evidence: Evidence) -> str | None:
    """Return the name of the operator that does what the fix does at the place, None where none does."""
    for name, rule in _RULES.get(cwe, {}).items():
        if rule(evidence):
            return name
    return None


def _has(text: str, words: tuple[str, ...] | list[str]) -> bool:
    return any(word in text for word in words)


def _parameterizes(seen: Evidence) -> bool:
    formats = _has(seen.place, ("%", "+", ".format(", "f'", 'f"', "join(", "f'''"))
    runs = _has(
        seen.statement, ("execute", "raw(", "query", "sql", "SELECT", "select ", "INSERT", "UPDATE", "DELETE")
    )
    escapes = _has(seen.added, ("escape", "quote", "int(", "isdigit", "literal("))
    placeholder = _has(seen.after, ("%s", "%d", "?", "%(", ":", "$1", "{}"))
    hands = _has(
        seen.after, ("execute(", "raw(", "read_sql", "query(", "fetch", "executemany(", "select(")
    ) or ("," in seen.added)
    return (
        (formats or "execute" in seen.place or "raw(" in seen.place)
        and runs
        and placeholder
        and hands
        and not escapes
    )


def _lists_words(seen: Evidence) -> bool:
    runs = _has(seen.statement, _RUNS) or (_has(seen.place, ("'", '"')) and " " in seen.place)
    lists = (
        "[" in seen.added
        or "shell=False" in seen.after
        or "shlex.split" in seen.added
        or "split(" in seen.added
    )
    drops_shell = "shell=True" in seen.removed + seen.before and "shell=True" not in seen.after
    varargs = "*" in seen.added or (
        _has(seen.place, ("%", "+", ".format(", "f'", 'f"')) and "," in seen.added
    )
    return runs and (lists or drops_shell or varargs)


def _escapes(seen: Evidence) -> bool:
    made = _has(seen.after, _ESCAPES) and not _has(seen.before, _ESCAPES)
    return _has(seen.added, _ESCAPES) or (made and "<" in seen.place)


def _checks_path(seen: Evidence) -> bool:
    return _has(seen.added, _PATH_CHECKS) and _has(seen.place + seen.statement, _PATHS)


def _evaluates_arithmetic(seen: Evidence) -> bool:
    return "eval(" in seen.place and _has(seen.added, ("BinOp", "literal_eval", "[0-9"))


_RULES: dict[str, dict[str, Callable[[Evidence], bool]]] = {
    "CWE-89": {"parameterize-query": _parameterizes},
    "CWE-78": {
        "quote-shell-word": lambda seen: (
            _has(seen.added, ("quote(", "shellquote", "quote,")) or seen.added == "quote"
        ),
        "safe-loader": lambda seen: "yaml." in seen.place and "safe" in seen.added,
        "literal-eval": lambda seen: "eval(" in seen.place and "literal_eval" in seen.added,
        "argv-without-shell": _lists_words,
    },
    "CWE-79": {
        "autoescape": lambda seen: "autoescape" in seen.added,
        "escape-markup": lambda seen: (
            _has(seen.place + seen.removed, ("Markup(", "mark_safe("))
            and _has(seen.after, ("format_html", "escape", ").format(", "format_html_join"))
        ),
        "escape-html": _escapes,
    },
    "CWE-22": {
        "safe-extract": lambda seen: "extract" in seen.place,
        "contain-path": _checks_path,
    },
    "CWE-377": {
        "private-temporary-file": lambda seen: (
            _has(seen.place, _UNSAFE_FILES)
            and (_has(seen.after, _SAFE_FILES) or not _has(seen.after, _UNSAFE_FILES))
        ),
        "temporary-path": lambda seen: _has(seen.place + seen.removed, ("/tmp", "/var/tmp")),
    },
    "CWE-502": {
        "safe-loader": lambda seen: (
            "load" in seen.place
            and "yaml" in seen.before + seen.place
            and ("yaml.load" in seen.place or _has(seen.after, ("safe", "Safe")))
        ),
        "literal-eval": lambda seen: "eval(" in seen.place and "literal_eval" in seen.added,
        "weights-only-load": lambda seen: "torch.load" in seen.place and "weights_only" in seen.added,
    },
    "CWE-74": {
        "quote-shell-word": lambda seen: "quote(" in seen.added,
        "escape-html": _escapes,
    },
    "CWE-77": {
        "argv-without-shell": lambda seen: "shell=True" in seen.place and "shell=True" not in seen.after,
        "escape-html": _escapes,
        "literal-eval": _evaluates_arithmetic,
    },
    "CWE-94": {"literal-eval": _evaluates_arithmetic},
    "CWE-95": {"literal-eval": _evaluates_arithmetic},
    "CWE-327": {
        "refuse-weak-hash": lambda seen: "algorithms_" in seen.place,
        "replace-weak-hash": lambda seen: (
            _has(seen.place, _WEAK) and (_has(seen.added, _STRONG) or not _has(seen.after, _WEAK))
        ),
        "modern-tls": lambda seen: (
            _has(seen.removed + seen.place, ("PROTOCOL_", "_METHOD", "ssl", "SSL", "TLS"))
            and _has(seen.after, ("TLS", "ssl.", "SSL"))
        ),
    },
    "CWE-326": {
        "strong-key-size": lambda seen: _has(
            seen.removed + seen.place, ("1024", "512", "768", "bits", "key_size")
        ),
        "modern-tls": lambda seen: _has(seen.place, ("PROTOCOL_", "_METHOD", "ssl", "SSL")),
    },
    "CWE-295": {
        "verify-host-key": lambda seen: _has(seen.place, ("AutoAddPolicy", "WarningPolicy")),
        "verify-certificate": lambda seen: _has(
            seen.place + seen.removed, ("verify", "CERT_NONE", "unverified")
        ),
    },
}
