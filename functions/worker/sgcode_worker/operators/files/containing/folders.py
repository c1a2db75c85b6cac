"""Which folders a path can be kept in: those that the program chooses itself, and can name once more."""

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of, is_builtin
from sgcode_worker.operators.visibility import dotted_name

# These give the same again, however often they are called.
_REPEATABLE = frozenset(
    "os.path.join os.path.dirname os.path.abspath os.path.realpath os.path.normpath os.fspath os.getenv "
    "os.environ.get pathlib.Path tempfile.gettempdir".split()
)
_ANYWHERE = frozenset(
    "os.getcwd os.getcwdb os.path.expanduser os.path.expandvars pathlib.Path.cwd pathlib.Path.home os.sep "
    "os.curdir os.path.sep".split()
)
_WHOLE_SYSTEM = frozenset({"", "/", ".", "~", "\\"})
_DEEPEST = 6


def refusal_of_folder(program: Program, folder: cst.BaseExpression, depth: int = _DEEPEST) -> str | None:
    """Return why nothing can be kept in the folder; None where it can, if it does not come from outside."""
    if _is_anywhere(program, folder, depth):
        return (
            "The path begins with the working folder, a home or the root: decide which folder it may be in, "
            "and whether an absolute path is meant to be taken."
        )
    if not _is_repeatable(program, folder):
        return "The folder is computed where the path is put together; give it a name, to check the path by."
    return None


def _is_anywhere(program: Program, folder: cst.CSTNode, depth: int) -> bool:
    text = text_of(folder)
    if text is not None:
        return text in _WHOLE_SYSTEM or text.startswith("~")
    if depth == 0:
        return False
    if isinstance(folder, cst.Call):
        if dotted_name(folder.func) is not None and program.imported_names(folder.func) & _ANYWHERE:
            return True
        # A folder below the working folder is one.
        if not folder.args:
            return _last_part(folder.func) in {"cwd", "home", "Path"}
        return len(folder.args) == 1 and _is_anywhere(program, folder.args[0].value, depth - 1)
    if isinstance(folder, cst.Name):
        values = bindings_of(program, folder)
        return any(each is not None and _is_anywhere(program, each, depth - 1) for each in values)
    return dotted_name(folder) is not None and bool(program.imported_names(folder) & _ANYWHERE)


def _is_repeatable(program: Program, folder: cst.CSTNode) -> bool:
    """Whether the expression gives the same folder when it is evaluated once more, and does nothing else."""
    if dotted_name(folder) is not None or text_of(folder) is not None:
        return True
    if isinstance(folder, cst.Subscript):
        return dotted_name(folder.value) is not None and all(
            isinstance(each.slice, cst.Index) and _is_repeatable(program, each.slice.value)
            for each in folder.slice
        )
    if isinstance(folder, cst.Call):
        named = dotted_name(folder.func) is not None and program.imported_names(folder.func) & _REPEATABLE
        setting = isinstance(folder.func, cst.Attribute) and folder.func.attr.value == "get"
        path = isinstance(folder.func, cst.Attribute) and folder.func.attr.value == "joinpath"
        owner = folder.func.value if isinstance(folder.func, cst.Attribute) else folder.func
        known = bool(named) or is_builtin(program, folder.func, "str")
        method = (setting or path) and _is_repeatable(program, owner)
        return (known or method) and all(_is_repeatable(program, each.value) for each in folder.args)
    if isinstance(folder, cst.BinaryOperation) and isinstance(folder.operator, (cst.Add, cst.Divide)):
        return _is_repeatable(program, folder.left) and _is_repeatable(program, folder.right)
    if isinstance(folder, cst.FormattedString):
        return all(
            isinstance(each, cst.FormattedStringText) or _is_repeatable(program, each.expression)  # type: ignore[attr-defined]
            for each in folder.parts
        )
    return False


def _last_part(node: cst.BaseExpression) -> str | None:
    return node.attr.value if isinstance(node, cst.Attribute) else dotted_name(node)
