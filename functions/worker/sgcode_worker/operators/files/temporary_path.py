"""`temporary-path`: a scratch file does not lie where others can put one of the same name before."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.files.named import Named, named
from sgcode_worker.operators.files.private_name import in_private_folder
from sgcode_worker.operators.files.removal import last_removal
from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program

_FOLDER = "/tmp/"
_SHOWING = frozenset("print debug info warning error exception critical log write format".split())


class TemporaryPath:
    """A path in `/tmp` that a function writes and removes itself becomes one in a private folder."""

    name = "temporary-path"
    cwe = "CWE-377"
    precondition = (
        "A local name for a literal path directly in /tmp, by which the function first opens a file for "
        "writing and last removes it, and which it does not show, return or join with other text."
    )
    changes = "The file lies in a new private folder, which the function removes with it."
    example = (
        "import os\nimport shutil\nimport tempfile\n\n\ndef f(text):\n    path = '/tmp/note.txt'\n"
        "    with open(path, 'w') as file:\n        file.write(text)\n    put(path)\n    os.remove(path)\n",
        "import os\nimport shutil\nimport tempfile\n\n\ndef f(text):\n    folder = tempfile.mkdtemp()\n"
        "    path = os.path.join(folder, 'note.txt')\n"
        "    with open(path, 'w') as file:\n        file.write(text)\n    put(path)\n    os.remove(path)\n"
        "    shutil.rmtree(folder, ignore_errors=True)\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the same file in a folder of the function's own."""
        path = planned_node(program, edit, _candidates(program))
        if path is None:
            return Declined("Nothing there is a plain path in /tmp; decide whether other programs know it.")
        text, result = text_of(path) or "", named(program, path)
        removal = last_removal(result) if result is not None else None
        if result is None or removal is None or not _is_scratch(result):
            return Declined(
                "Other programs may know this path; decide whether it is their contract, or a scratch file "
                "that tempfile.mkstemp can make."
            )
        definition = program.definition(path)
        declared = DeclaredChange(
            "setting", text, definition, f"The scratch file {text} lies in a private folder."
        )
        return in_private_folder(result, removal, text.removeprefix(_FOLDER), [declared])


def _candidates(program: Program) -> Iterator[cst.SimpleString]:
    for string in program.nodes(cst.SimpleString):
        if _FOLDER in string.value:
            name = (text_of(string) or "").removeprefix(_FOLDER)
            if name and "/" not in name and name not in {".", ".."}:
                yield string


def _is_scratch(result: Named) -> bool:
    """Whether the name's first use opens the file for writing, and no use shows it."""
    first = min(result.uses, key=lambda use: _start(result.program, use))
    argument = result.program.parent(first)
    call = result.program.parent(argument) if isinstance(argument, cst.Arg) else None
    is_written = isinstance(call, cst.Call) and result.is_written_by(call)
    return is_written and not _SHOWING & set(result.handed_to())


def _start(program: Program, node: cst.CSTNode) -> tuple[int, int]:
    start = program.span(node).start
    return start.line, start.column
