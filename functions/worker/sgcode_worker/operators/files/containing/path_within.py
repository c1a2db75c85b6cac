"""The function that is put into a program to refuse a path that leaves its folder."""

from functools import lru_cache

import libcst as cst

from sgcode_worker.operators.operator import Helper
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.visibility import dotted_name

# It compares the paths as they are written: where a link in the folder leads out of it, that is what the
# program's owner wants. Two drives of Windows have no common path, which is a ValueError too.
_SOURCE = '''\
def {name}(folder, path):
    """Return the path; raise ValueError where it is outside the folder."""
    folder = {os}.path.abspath(folder)
    if {os}.path.commonpath([folder, {os}.path.abspath(path)]) != folder:
        raise ValueError("The path is outside its folder")
    return path
'''
NAME = "_path_within"


def path_within(program: Program, use: cst.CSTNode) -> tuple[str, Helper | None, NeededImport | None] | None:
    """Return the function's name where it is used, its definition and the import that it needs.

    The definition is None where the program has it already. None where no place is early enough.
    """
    body = program.module.body
    around = {id(each) for each in program.ancestors(use)}
    last = next(index for index, each in enumerate(body) if id(each) in around)
    present = _present(program)
    if present is not None:
        return (NAME, None, None) if present < last else None
    first = next(
        index
        for index, each in enumerate(body)
        if index == last or isinstance(each, (cst.FunctionDef, cst.ClassDef))
    )
    module, needed = program.reference("os", at=body[first])
    taken = {node.value for node in program.nodes(cst.Name)}
    name = NAME
    while name in taken:
        name = f"_{name}"
    definition = _definition(name, dotted_name(module) or "os", program.module.default_indent)
    return name, Helper(definition, body[first]), needed


def _present(program: Program) -> int | None:
    """Where the function stands among the program's statements."""
    for index, statement in enumerate(program.module.body):
        if isinstance(statement, cst.FunctionDef) and statement.name.value == NAME:
            module, needed = program.reference("os", at=statement)
            known = _definition(NAME, dotted_name(module) or "os", program.module.default_indent)
            if needed is None and known.body.deep_equals(statement.body):
                return index
    return None


@lru_cache(maxsize=16)
def _definition(name: str, module: str, indent: str) -> cst.FunctionDef:
    source = _SOURCE.format(name=name, os=module).replace("    ", indent)
    definition = cst.parse_module(source).body[0]
    assert isinstance(definition, cst.FunctionDef)
    return definition
