"""Whether a text under a secret's name is a secret, or something that the program needs as it is."""

import re

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.spots import Spot, last_part
from sgcode_worker.operators.secrets_env.words import is_secret_word, name_words

# Names that end so tell of a secret's place, look or handling, not of the secret itself.
_ABOUT = frozenset(
    "url uri endpoint path file filename dir folder header headers name names field fields label column "
    "columns msg message error err prompt help hint title regex pattern re format fmt type types kind "
    "length len min max expires expiry expiration ttl timeout lifetime template view page route prefix "
    "suffix param parameter placeholder policy rule rules validator algorithm algo method hasher "
    "hashers scheme location cookie attr attribute input element selector xpath css status state action "
    "event scope grant table query sql context".split()
)
_CONNECTION = frozenset(
    "user username usr login host hostname server port db database dbname email account uid dsn "
    "client_id".split()
)
_CONNECTS = re.compile(
    r"connect|login|auth|client|session|database|engine|sign_?in|redis|bind$", re.IGNORECASE
)
_WORDS_OF_CODE = frozenset(
    "none null nil true false yes no y n q quit exit back cancel required optional invalid missing string "
    "str text hidden bearer basic password passwd token unknown empty".split()
)
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|\.{0,2}/|[A-Za-z]:\\|X-[A-Z]")
_FILE = re.compile(r"[\w./\\-]+\.(?:txt|json|ya?ml|ini|cfg|conf|env|pem|key|crt|html?|py|csv|xml|db)")
_TEMPLATE = re.compile(r"%\(\w+\)[sd]|%[sd]\b|\{\w*\}|\$\{\w+\}|\{\{")
_PATTERN = re.compile(r"\^|\(\?|.*(?:\\[dwsb]|\[\^?\w-\w)")
_MODULE = re.compile(r"[a-z_]\w*(?:\.[A-Za-z_]\w*){2,}")
_READS_KEY = frozenset(
    {"get", "getlist", "pop", "setdefault", "getenv", "get_secret", "has_key", "get_cookie"}
)


def connects(spot: Spot) -> bool:
    """Whether the literal is handed over with a user or host, or to what opens a connection."""
    if spot.beside & _CONNECTION:
        return True
    return isinstance(spot.holder, cst.Call) and _CONNECTS.search(last_part(spot.holder.func)) is not None


def why_not_a_secret(program: Program, spot: Spot) -> str | None:
    """Return why the text must stay, in words for the person who decides; None for a secret."""
    text = spot.value if isinstance(spot.value, str) else spot.value.decode("latin-1")
    if spot.role in {"entry", "keyword"} and connects(spot):
        return _in_test(program, spot) or _shape(text) if text else None
    if not text:
        return f"`{spot.name}` is given an empty text, which is a beginning or a blank and no secret."
    tail = name_words(spot.name)[-1]
    if tail in _ABOUT:
        return f"`{spot.name}` names a secret's {tail} and not a secret, so the program needs the text."
    reason = _in_test(program, spot) or _shape(text) or _plain_word(program, spot, text)
    if reason is None and _is_key(program, spot):
        reason = f"`{spot.name}` is used to look a value up, so its text is a field's name and no secret."
    return reason


def _shape(text: str) -> str | None:
    """What the text itself says it is."""
    if not any(map(str.isalnum, text)):
        return "The text holds no letter and no digit: a mark that the program looks for, not a secret."
    if _ADDRESS.match(text) or _FILE.fullmatch(text):
        return "The text is an address, a path or a header's name, not a secret."
    if _TEMPLATE.search(text) or _PATTERN.match(text):
        return "The text is a template or a pattern, not a secret."
    if len(text.split()) > 1 and not text.startswith("-----BEGIN"):
        return "The text reads like a message; a person must decide whether it is a secret."
    if _MODULE.fullmatch(text) and not text.startswith("eyJ"):
        return "The text is the name of a module or a setting, not a secret."
    return None


def _plain_word(program: Program, spot: Spot, text: str) -> str | None:
    """Why a text that may be an ordinary word is not taken for a secret under this name."""
    words = name_words(spot.name)
    marked = any(map(str.isdigit, text)) and any(map(str.isalpha, text)) and len(text) >= 8
    if marked:
        return None
    said = name_words(text)
    if said and set(said) <= set(words) and any(map(is_secret_word, said)) and words != ["secret", "key"]:
        return f"The text only repeats the name `{spot.name}`: it may be a field's name or a real secret."
    if text.lower() in _WORDS_OF_CODE and words != ["secret", "key"]:
        return f"The text given to `{spot.name}` is an ordinary word; a person must decide what it is for."
    if set(words) <= {"token", "tokens"}:
        return f"`{spot.name}` may be a token of a language that is read, and the text is an ordinary word."
    if spot.role == "comparison" and not _with_other_condition(program, spot) and len(text) < 8:
        return "The comparison may look for weak passwords or a command word; a person must decide."
    return None


def _with_other_condition(program: Program, spot: Spot) -> bool:
    """Whether a user or the like is compared in the same condition, as in a check of a login."""
    outer = program.parent(spot.holder)
    if not isinstance(outer, cst.BooleanOperation) or not isinstance(outer.operator, cst.And):
        return False
    return any(
        isinstance(side, cst.Comparison) for side in (outer.left, outer.right) if side is not spot.holder
    )


def _is_key(program: Program, spot: Spot) -> bool:
    """Whether the name is used as the key of an item or a request's field."""
    scope = program.scope(spot.literal)
    if spot.role != "binding" or not isinstance(spot.key, cst.Name) or scope is None:
        return False
    for assignment in scope[spot.key.value]:
        for access in assignment.references:
            holder = program.parent(access.node)
            if isinstance(holder, cst.Index):
                return True
            call = program.parent(holder) if isinstance(holder, cst.Arg) else None
            if isinstance(call, cst.Call) and call.args[0] is holder and last_part(call.func) in _READS_KEY:
                return True
    return False


def _in_test(program: Program, spot: Spot) -> str | None:
    for outer in program.ancestors(spot.literal):
        if isinstance(outer, (cst.FunctionDef, cst.ClassDef)) and outer.name.value.lower().startswith("test"):
            return f"The text belongs to the test `{outer.name.value}`, whose data stay in it."
    return None
