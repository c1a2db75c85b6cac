"""`contain-path`: a name from outside cannot lead out of the folder that it is put behind."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.files.containing.checks import check_of, leaving_call, names_behind
from sgcode_worker.operators.files.containing.folders import refusal_of_folder
from sgcode_worker.operators.files.containing.joined import JoinedPath, joined_expressions, read_joined
from sgcode_worker.operators.files.containing.origins import origin_of
from sgcode_worker.operators.files.containing.path_within import NAME, path_within
from sgcode_worker.operators.files.containing.uses import file_uses, target_of
from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.proposed import proposed
from sgcode_worker.operators.queries.bindings import bindings_of

_DEEPEST = 3


class ContainPath:
    """`os.path.join(FOLDER, name)` becomes `_path_within(FOLDER, os.path.join(FOLDER, name))`."""

    name = "contain-path"
    cwe = "CWE-22"
    precondition = (
        "A path that os.path.join, pathlib or a text puts together from a folder that the program chooses "
        "and a value from a parameter, a request, an archive or the terminal, by which the same "
        "function opens, writes, removes, lists or sends a file, or which it returns and is named after, and "
        "which it neither checks nor changes."
    )
    changes = (
        "A path outside the folder is refused with ValueError. Paths are compared as they are written, so a "
        "link in the folder that leads out of it still works."
    )
    example = (
        "import os\n\nFOLDER = 'pages'\n\n\ndef page(name):\n"
        "    with open(os.path.join(FOLDER, name)) as file:\n        return file.read()\n",
        "import os\n\nFOLDER = 'pages'\n\n\ndef _path_within(folder, path):\n"
        '    """Return the path; raise ValueError where it is outside the folder."""\n'
        "    folder = os.path.abspath(folder)\n"
        "    if os.path.commonpath([folder, os.path.abspath(path)]) != folder:\n"
        '        raise ValueError("The path is outside its folder")\n'
        "    return path\n\n\ndef page(name):\n"
        "    with open(_path_within(FOLDER, os.path.join(FOLDER, name))) as file:\n"
        "        return file.read()\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the path with the check around it."""
        region = _region(program, edit)
        paths = [] if region is None else joined_expressions(program, region)
        found = [(each, [each, *file_uses(program, each)]) for each in paths]
        used = [(each, places) for each, places in found if len(places) > 1]
        path = proposed(program, edit, used)
        if path is None:
            return Declined("No path is put together there by which this function uses a file.")
        joined = _contained(program, path, _DEEPEST)
        if isinstance(joined, Declined):
            return joined
        return _rewritten(program, joined)


def _region(program: Program, edit: PlannedEdit) -> cst.CSTNode | None:
    """The innermost function around the edit, else the statement of the module that it begins in."""
    region: cst.CSTNode | None = None
    for node in (*program.module.body, *program.nodes(cst.FunctionDef)):
        start, end = extent(program, node)
        if start[0] <= edit.line <= end[0] and (region is None or edit.end_line <= end[0]):
            region = node
    return region


def _contained(program: Program, node: cst.BaseExpression, depth: int) -> list[JoinedPath] | Declined:
    """The path, after the paths that its folder is made of in turn; or why it is left alone."""
    joined = read_joined(program, node, lambda value: origin_of(program, value) == "outside")
    if joined is None:
        return Declined("Nothing from outside follows a folder in the path.")
    chosen = origin_of(program, joined.folder, trusts_defaults=True) != "outside"
    before = [] if chosen else _folder_in_turn(program, joined.folder, depth)
    if before is None:
        return Declined("The folder comes from outside as well: decide which folder the path may be in.")
    if isinstance(before, Declined):
        return before
    refusal = refusal_of_folder(program, joined.folder)
    if refusal is not None:
        return Declined(refusal)
    names = names_behind(program, joined.names)
    target = target_of(program, node)
    check = check_of(program, names | ({target.value} if target is not None else set()), node)
    if check is None:
        check = leaving_call(program, node)
    if check is not None:
        return Declined(
            f"The function has a check or change of its own, `{check}`: decide whether that is enough."
        )
    return [*before, joined]


def _folder_in_turn(
    program: Program, folder: cst.BaseExpression, depth: int
) -> list[JoinedPath] | Declined | None:
    """The paths behind a folder from outside that is given a name once; None for any other."""
    values = bindings_of(program, folder) if isinstance(folder, cst.Name) else []
    if depth == 0 or len(values) != 1 or values[0] is None:
        return None
    found = _contained(program, values[0], depth - 1)
    return found if not isinstance(found, Declined) or "own, `" in found.reason else None


def _argument(node: cst.BaseExpression) -> cst.BaseExpression:
    """The path as an argument, which needs no parentheses of its own."""
    parentheses = [*getattr(node, "lpar", ()), *getattr(node, "rpar", ())]
    clone = node.deep_clone()
    return clone if any(map(has_comment, parentheses)) else clone.with_changes(lpar=(), rpar=())


def _rewritten(program: Program, paths: Sequence[JoinedPath]) -> Rewrite | Declined:
    helper = path_within(program, paths[0].node)
    if helper is None:
        return Declined(f"The program defines `{NAME}` only after this place.")
    name, definition, needed = helper
    replacements = {
        each.node: cst.Call(
            cst.Name(name), [cst.Arg(each.folder.deep_clone()), cst.Arg(_argument(each.node))]
        )
        for each in paths
    }
    declared = DeclaredChange(
        "exception",
        "ValueError",
        program.definition(paths[-1].node),
        "A path outside its folder is refused with ValueError.",
    )
    return Rewrite(
        "Refuses a path that leaves its folder.",
        replacements,
        [needed] if needed is not None else [],
        [declared],
        helper=definition,
    )
