"""`private-temporary-file`: a temporary name is not guessed by others before the program uses it."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked
from sgcode_worker.operators.files.named import Named, named
from sgcode_worker.operators.files.private_name import as_private_name, sibling
from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.operator import Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.statements import call_line, flattened, free_name
from sgcode_worker.operators.visibility import dotted_name

_MKTEMP = "tempfile.mktemp"
# These give the file's permissions on to its new place.
_MOVING = frozenset("rename renames replace move link copy copy2 copymode copystat".split())
_TAKING_APART = frozenset("basename split rsplit partition rpartition splitext stem relpath".split())


class PrivateTemporaryFile:
    """`mktemp` becomes `mkstemp`, `mkdtemp`, or a name in a private folder."""

    name = "private-temporary-file"
    cwe = "CWE-377"
    precondition = (
        "A call of tempfile.mktemp without * or ** arguments, whose name is opened for writing or made a "
        "folder by the next statement, or is in the default folder and not taken apart."
    )
    changes = (
        "A file or folder that the program makes at once is its owner's only; any other name lies in a new "
        "private folder, which stays behind unless the function removes the file by that name."
    )
    example = (
        "import os\nimport tempfile\n\n\ndef f(text):\n    path = tempfile.mktemp('.txt')\n"
        "    with open(path, 'w') as file:\n        file.write(text)\n    return path\n",
        "import os\nimport tempfile\n\n\ndef f(text):\n    descriptor, path = tempfile.mkstemp('.txt')\n"
        "    os.close(descriptor)\n"
        "    with open(path, 'w') as file:\n        file.write(text)\n    return path\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the form that leaves what the program does with the name as it is."""
        call = planned_node(program, edit, _candidates(program))
        if call is None:
            return Declined("No call of tempfile.mktemp is there, or its name may stand for something else.")
        if has_unpacked(call, "*", "**"):
            return Declined("The call is given * or ** arguments, so the name it makes cannot be told.")
        result = named(program, call)
        if result is not None and _makes_folder_next(result):
            return _as_folder(call, result)
        if result is not None and _may_exist(result):
            return _as_file(call, result)
        return _refusal(program, call, result) or as_private_name(program, call, result)


def _candidates(program: Program) -> Iterator[cst.Call]:
    for call in program.nodes(cst.Call):
        if program.imported_names(call.func) == {_MKTEMP}:
            yield call


def _makes_folder_next(result: Named) -> bool:
    """Whether the next line does nothing but make the folder, as private as mkdtemp does or by default."""
    line = result.next_line
    made = line.body[0] if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 else None
    if not isinstance(made, cst.Expr) or not isinstance(made.value, cst.Call) or has_comment(line):
        return False
    call = made.value
    return (
        result.program.imported_names(call.func) <= {"os.mkdir", "os.makedirs"}
        and dotted_name(call.func) is not None
        and bool(result.program.imported_names(call.func))
        and len(call.args) == 1
        and (isinstance(result.target, cst.Attribute) or len(result.uses) > 1)
        and result.is_target(call.args[0])
    )


def _as_folder(call: cst.Call, result: Named) -> Rewrite:
    function, needed = sibling(result.program, call, "mkdtemp")
    replacements: dict[cst.CSTNode, cst.CSTNode | cst.RemovalSentinel] = {
        call: call.with_changes(func=function)
    }
    assert result.next_line is not None
    replacements[result.next_line] = cst.RemoveFromParent()
    summary = "Makes the folder together with its name, so that nobody else can come first."
    return Rewrite(summary, replacements, [needed] if needed else [])


def _may_exist(result: Named) -> bool:
    """Whether a file of that name may be there already, empty and its owner's only."""
    in_class = result.function is None and result.program.enclosing(result.line, cst.ClassDef) is not None
    return not in_class and result.is_written_next() and not _MOVING & set(result.handed_to())


def _as_file(call: cst.Call, result: Named) -> Rewrite:
    """`descriptor, name = mkstemp(...)`, and the descriptor is closed: what follows opens the name itself."""
    program = result.program
    function, needed = sibling(program, call, "mkstemp")
    close, needed_os = program.reference("os", "close", at=call)
    descriptor = free_name(program, "descriptor")
    pair = cst.Tuple(
        [cst.Element(cst.Name(descriptor)), cst.Element(result.target)],
        lpar=[],
        rpar=[],
    )
    assignment = cst.Assign([cst.AssignTarget(pair)], call.with_changes(func=function))
    made = result.line.with_changes(body=[assignment])
    closed = call_line(close, cst.Name(descriptor))
    summary = "Makes the file together with its name, so that nobody else can come first."
    imports = [each for each in (needed, needed_os) if each is not None]
    return Rewrite(summary, {result.line: flattened(made, closed)}, imports)


def _refusal(program: Program, call: cst.Call, result: Named | None) -> Declined | None:
    """Why a name in a private folder would not do."""
    folder = argument_of(call, "dir", 2)
    if folder is not None and not (isinstance(folder.value, cst.Name) and folder.value.value == "None"):
        return Declined(
            "The name is to be in a folder that the program chooses; decide whether an empty file may be "
            "there at once, as tempfile.mkstemp makes it, and with which permissions."
        )
    if has_comment(call):
        return Declined("A comment inside the call would be lost; move it, and the call can be rewritten.")
    parent = program.parent(call)
    user = program.parent(parent) if isinstance(parent, cst.Arg) else None
    handed = set(result.handed_to()) if result is not None else set()
    if isinstance(user, cst.Call):
        handed.add((dotted_name(user.func) or "").rpartition(".")[2])
    if handed & _TAKING_APART:
        return Declined(
            "The program takes the name apart; decide what it is for: uuid.uuid4().hex gives a name that "
            "is no file's."
        )
    return None
