"""Uploaded bytes as a program: decoded, measured, parsed and compiled, but never run.

Everything that looks at user code starts here. What has a `tree` is small and flat enough for the
recursive visitors and for LibCST's native parser, neither of which survives every input by itself.
"""

import ast
import codecs
import io
import re
import sys
import tokenize
import warnings
from dataclasses import dataclass
from functools import lru_cache

from sgcode_worker.limits import MAX_CODE_BYTES, MAX_DEPTH
from sgcode_worker.nesting import exceeds_depth

# A tree takes about a hundred times the memory of its text.
_MAX_KEPT_BYTES = 100_000

_PYTHON = f"Python {sys.version_info.major}.{sys.version_info.minor}"

# Encodings in which ASCII bytes always mean ASCII characters. Others (UTF-7, HZ, escapes) would let a file
# show a reader one program and the interpreter another.
_ASCII_BASED = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp(125\d|437|8[56]\d|874|932|949|950)|koi8-[rtu]|mac-\w+|shift_jis|euc_\w+|"
    r"gb2312|gbk|gb18030|big5|big5hkscs|johab|tis-620|kz1048|ptcp154"
)


# What CPython says where a name is mentioned before it is declared (GLOBAL_AFTER_ASSIGN and the like in
# https://github.com/python/cpython/blob/main/Python/symtable.c).
_LATE_DECLARATION = re.compile(
    r"name '.*' is (used prior to|assigned to before) (global|nonlocal) declaration", re.DOTALL
)


@dataclass(frozen=True)
class CompileError:
    """Why a program that parses does not compile."""

    message: str
    """One sentence."""
    line: int | None
    late_global: bool
    """Whether a name is used before its `global` or `nonlocal` statement, which stands in `line`."""


@dataclass(frozen=True)
class Source:
    """One program. Exactly one of `tree` and `reason` is None."""

    data: bytes
    """The file as it came in."""
    text: str
    """The decoded text without its BOM, line ends as they were; '' where it cannot be decoded."""
    tree: ast.Module | None
    """The syntax tree; None where the program cannot be analyzed."""
    reason: str | None
    """Why the program cannot be analyzed, in one sentence."""
    compile_error: CompileError | None
    """Why a program that parses does not compile; None where it does, or does not even parse."""

    @property
    def compiles(self) -> bool:
        """Whether Python would load it. A program may parse and still not compile."""
        return self.tree is not None and self.compile_error is None


def read_source(data: bytes) -> Source:
    """Return the program in `data` and what stands in the way of analyzing it. Never raises for bad input.

    The text is decoded as Python would: by its BOM, its PEP 263 comment, or as UTF-8. The steps of a run read
    the same few programs, so the last ones are kept: leave the tree as it is.
    """
    return _read_kept(data) if len(data) <= _MAX_KEPT_BYTES else _read(data)


@lru_cache(maxsize=4)
def _read_kept(data: bytes) -> Source:
    return _read(data)


def _read(data: bytes) -> Source:
    text, reason = _decode(data)
    if reason is not None:
        return _unanalyzable(data, text, reason)
    tree, reason = _parse(text)
    if tree is None:
        return _unanalyzable(data, text, reason or "It cannot be parsed.")
    return Source(data, text, tree, None, compile_error_of(tree))


def compile_error_of(program: ast.Module | str) -> CompileError | None:
    """Return why a program that parses does not compile; None where it does."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(program, "<stdin>", "exec", dont_inherit=True)
    except SyntaxError as error:
        late = bool(error.lineno) and _LATE_DECLARATION.fullmatch(error.msg or "") is not None
        return CompileError(f"It does not compile: {_explain(error)}.", error.lineno or None, late)
    except (RecursionError, MemoryError):
        return CompileError("It does not compile: it is too large or nests too deep.", None, False)
    except (ValueError, OverflowError) as error:
        return CompileError(f"It does not compile: {_shorten(str(error))}.", None, False)
    return None


def split_lines(text: str) -> list[str]:
    """Return the lines of a program, ends removed, as Python counts them: form feeds do not end a line."""
    return re.split(r"\r\n|\r|\n", text)


def _unanalyzable(data: bytes, text: str, reason: str) -> Source:
    return Source(data, text, None, reason, None)


def _decode(data: bytes) -> tuple[str, str | None]:
    if len(data) > MAX_CODE_BYTES:
        return "", f"It has {len(data):,} bytes; the limit is {MAX_CODE_BYTES:,}."
    if b"\0" in data:
        return "", f"It holds a NUL byte (at offset {data.index(0)}), so it is not Python source."
    try:
        declared, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        encoding = codecs.lookup(declared).name
    except (SyntaxError, LookupError, ValueError) as error:
        return "", _decode_error(data, "utf-8") or f"Its encoding cannot be told: {_shorten(str(error))}."
    if declared != "utf-8-sig" and not _ASCII_BASED.fullmatch(encoding):
        return "", f"Its encoding, {_shorten(declared)}, is not supported: save it as UTF-8."
    reason = _decode_error(data, declared)
    return ("", reason) if reason else (data.decode(declared), None)


def _decode_error(data: bytes, encoding: str) -> str | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return f"It is not valid {encoding} (byte 0x{data[error.start]:02x} at offset {error.start})."
    return None


def _parse(text: str) -> tuple[ast.Module | None, str | None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, "<stdin>")
        if exceeds_depth(tree, MAX_DEPTH):
            return None, f"Its code nests too deep (the limit is {MAX_DEPTH} levels)."
    except SyntaxError as error:
        return None, f"It is not valid {_PYTHON}: {_explain(error)}."
    except (RecursionError, MemoryError):
        return None, "Its code nests too deep or is too large to be parsed."
    except (ValueError, OverflowError) as error:
        return None, f"It is not valid {_PYTHON}: {_shorten(str(error))}."
    return tree, None


def _explain(error: SyntaxError) -> str:
    message = _shorten(error.msg or "syntax error")
    return f"{message} (line {error.lineno})" if error.lineno else message


def _shorten(text: str) -> str:
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= 200 else f"{line[:200]}…"
