"""Tables, columns and files that a program's own texts name."""

import ast
import re

from sgcode_runner.inside.fakes.sql_canon import canonical_tokens
from sgcode_runner.inside.fakes.sql_names import named_columns
from sgcode_runner.inside.fakes.sql_tokens import tokens_of
from sgcode_runner.inside.plan.texts import constant_text, dotted, pieces

_STATEMENT = re.compile(r"\s*(?:select|insert|update|delete|create|replace|with)\b", re.IGNORECASE)
_FILE = re.compile(
    r"[\w./-]{0,80}\.(?:txt|json|ya?ml|csv|log|conf|cfg|ini|xml|pem|key|crt|html?|md|tar|tgz|tar\.gz|zip|dat|pkl|png|jpg)"
)
_MAX_FILES = 30
_HASHES = frozenset("md5 sha1 sha224 sha256 sha384 sha512".split())
_OPENS = frozenset("open Path load listdir send_file exists isfile read_text read_bytes".split())


def schema_of(tree: ast.Module) -> dict[str, list[str]]:
    """Return the columns of each table that a statement in the program names, in the order of the text."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Call)):
            continue
        parts = pieces(node)
        if not parts or not isinstance(parts[0], str) or not _STATEMENT.match(parts[0]):
            continue
        text = "".join(part if isinstance(part, str) else "1" for part in parts)
        tokens = canonical_tokens(tokens_of(text, double_is_text=True))
        for table, columns in named_columns(tokens).items():
            known = found.setdefault(table, [])
            known.extend(each for each in columns if each not in known and len(known) < 40)
    return found


def file_names(tree: ast.Module) -> list[str]:
    """Return the names of files that the program opens or that look like files, at most thirty."""
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        text = constant_text(node)
        if text and _FILE.fullmatch(text):
            found[text] = None
        if isinstance(node, ast.Call) and node.args and dotted(node.func).rsplit(".", 1)[-1] in _OPENS:
            text = constant_text(node.args[0])
            if text and re.fullmatch(r"[\w./-]+\.\w+", text):
                found[text] = None
    # What the program writes to is made by the program itself.
    written = {
        constant_text(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and dotted(node.func).endswith("open")
        and len(node.args) > 1
        and "w" in (constant_text(node.args[1]) or "")
    }
    return [name for name in found if name not in written and ".." not in name][:_MAX_FILES]


def imported_names(tree: ast.Module) -> list[str]:
    """Return the names of the modules that the program imports, at any depth."""
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(dict.fromkeys(each.name for each in node.names))
        elif isinstance(node, ast.ImportFrom) and node.module:
            found[node.module] = None
    return list(found)


def hashed_with(tree: ast.Module) -> str | None:
    """Return the hash function that the program uses first, as hashlib names it, or None."""
    aliases = {
        each.asname or each.name: each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "hashlib"
        for each in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = dotted(node.func).rpartition(".")[2]
            name = aliases.get(name, name)
            if name == "new" and node.args:
                name = (constant_text(node.args[0]) or "").lower()
            if name in _HASHES:
                return name
    return None
