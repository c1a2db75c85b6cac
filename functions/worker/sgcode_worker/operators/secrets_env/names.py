"""Names for the environment variables that hold secrets."""

import re

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.operator import Shared
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.spots import Spot, last_part
from sgcode_worker.operators.secrets_env.words import name_words
from sgcode_worker.operators.visibility import dotted_name

# Names that say too little by themselves; PWD is the shell's own.
_BARE = frozenset(
    "password passwd pass pwd token secret passphrase key api_key apikey access_key auth_token value".split()
)
_SPELLED_OUT = {"passwd": "password", "pwd": "password", "pass": "password"}
_SYSTEMS = {
    "DB": (
        "MySQLdb pymysql psycopg2 psycopg mysql cx_Oracle oracledb pyodbc asyncpg aiomysql mariadb pymssql "
        "peewee"
    ),
    "SMTP": "smtplib aiosmtplib",
    "FTP": "ftplib",
    "IMAP": "imaplib",
    "REDIS": "redis aioredis",
    "MONGO": "pymongo",
    "LDAP": "ldap ldap3",
    "SSH": "paramiko pysftp fabric",
}
_SYSTEM_OF = {module: system for system, modules in _SYSTEMS.items() for module in modules.split()}
_DATABASE = frozenset({"db", "database", "dbname"})
_READS = frozenset({"os.getenv", "os.environ.get", "os.environ.pop", "os.environ.setdefault"})
# What an empty text is remembered under: two blanks are not one secret.
_BLANK = "\0blank:"


def variable_name(program: Program, spot: Spot, shared: Shared) -> str:
    """Return the variable for the secret, and remember it.

    One secret keeps one name; another secret, or a variable that the program reads already, never has it too.
    """
    base = _base(program, spot)
    value = spot.value if isinstance(spot.value, str) else spot.value.decode()
    secret = value or f"{_BLANK}{base}"
    known = shared.environment_names.get(secret)
    if known is not None:
        return known
    taken = set(shared.environment_names.values()) | _variables_read(program)
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    shared.environment_names[secret] = name
    return name


def _base(program: Program, spot: Spot) -> str:
    words = name_words(spot.name)
    if "_".join(words) not in _BARE:
        return _upper(words)
    own = [_SPELLED_OUT.get(word, word) for word in words]
    return _upper([*name_words(_context(program, spot)), *own])


def _context(program: Program, spot: Spot) -> str:
    """What the secret belongs to: a system, the dictionary it stands in, a class or a function."""
    if isinstance(spot.holder, cst.Call):
        return _callee(program, spot.holder, spot.beside)
    if isinstance(spot.holder, cst.Dict):
        bound = _bound_to(program, spot.holder)
        if bound:
            return bound
        return "DB" if spot.beside & _DATABASE else _definition(program, spot)
    if spot.role == "item" and isinstance(spot.holder, cst.Assign):
        target = spot.holder.targets[0].target
        return last_part(target.value) if isinstance(target, cst.Subscript) else ""
    if isinstance(spot.key, cst.Attribute) and dotted_name(spot.key.value) not in {None, "self", "cls"}:
        return last_part(spot.key.value)
    return _definition(program, spot)


def _callee(program: Program, call: cst.Call, beside: frozenset[str]) -> str:
    for name in program.qualified_names(call.func):
        system = _SYSTEM_OF.get(name.split(".")[0])
        if system is not None:
            return system
    if beside & _DATABASE:
        return "DB"
    function = last_part(call.func)
    if isinstance(call.func, cst.Attribute) and function in {"connect", "login", "auth", "authenticate"}:
        owner = last_part(call.func.value)
        return owner if owner not in {"", "self", "cls"} else function
    return function or "APP"


def _bound_to(program: Program, node: cst.CSTNode) -> str:
    holder = program.parent(node)
    if isinstance(holder, cst.Assign):
        return last_part(holder.targets[0].target)
    if isinstance(holder, cst.DictElement):
        inner = text_of(holder.key) or ""
        outer = program.parent(holder)
        return inner if outer is None or inner.lower() != "default" else _bound_to(program, outer)
    return ""


def _definition(program: Program, spot: Spot) -> str:
    names = [each for each in program.definition(spot.literal).split(".") if not each.startswith("__")]
    return names[-1].partition("#")[0] if names and names[-1] else "APP"


def _upper(words: list[str]) -> str:
    distinct = [word for index, word in enumerate(words) if index == 0 or word != words[index - 1]]
    name = re.sub(r"[^A-Z0-9_]", "", "_".join(distinct).upper())
    return name if re.match(r"[A-Z_]", name) else f"APP_{name}".rstrip("_")


def _variables_read(program: Program) -> set[str]:
    found: set[str] = set()
    for call in program.nodes(cst.Call):
        if call.args and program.qualified_names(call.func) & _READS:
            found.add(text_of(call.args[0].value) or "")
    for subscript in program.nodes(cst.Subscript):
        index = subscript.slice[0].slice
        if isinstance(index, cst.Index) and "os.environ" in program.qualified_names(subscript.value):
            found.add(text_of(index.value) or "")
    return found
