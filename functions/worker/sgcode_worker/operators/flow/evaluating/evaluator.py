"""The evaluator that is put into a program: numbers, operators and parentheses, and nothing else."""

from functools import lru_cache

import libcst as cst

from sgcode_worker.operators.operator import Helper
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.visibility import dotted_name

# As eval does, it skips blanks before the text. The limits keep a short text from taking long.
_SOURCE = '''\
def {name}(text):
    """Return what an arithmetic expression comes to; raise ValueError for anything else."""
    operations = {{
        {ast}.Add: lambda left, right: left + right,
        {ast}.Sub: lambda left, right: left - right,
        {ast}.Mult: lambda left, right: left * right,
        {ast}.Div: lambda left, right: left / right,
        {ast}.FloorDiv: lambda left, right: left // right,
        {ast}.Mod: lambda left, right: left % right,
        {ast}.Pow: lambda left, right: left**right,
        {ast}.UAdd: lambda operand: +operand,
        {ast}.USub: lambda operand: -operand,
    }}

    def value(node):
        if isinstance(node, {ast}.Constant) and type(node.value) in (int, float, complex):
            return node.value
        if not isinstance(node, ({ast}.BinOp, {ast}.UnaryOp)) or type(node.op) not in operations:
            raise ValueError("Only numbers, + - * / // % ** and parentheses are evaluated")
        if isinstance(node, {ast}.UnaryOp):
            return operations[type(node.op)](value(node.operand))
        left, right = value(node.left), value(node.right)
        whole = isinstance(left, int) and isinstance(right, int)
        if isinstance(node.op, {ast}.Pow) and whole and left.bit_length() * right > 20000:
            raise ValueError("The power is too large")
        return operations[type(node.op)](left, right)

    if isinstance(text, bytes):
        text = text.decode()
    if not isinstance(text, str) or len(text) > 1000:
        raise ValueError("Only a text of at most 1000 characters is evaluated")
    try:
        return value({ast}.parse(text.lstrip(" \\t"), "<string>", "eval").body)
    except (MemoryError, RecursionError):
        raise ValueError("The expression is nested too deeply") from None
'''
_NAME = "_evaluate_arithmetic"


def evaluator(program: Program, call: cst.Call) -> tuple[str, Helper | None, NeededImport | None] | None:
    """Return the evaluator's name where the call stands, its definition and the import that it needs.

    The definition is None where the program has it already. None where no place is early enough.
    """
    body = program.module.body
    around = {id(each) for each in program.ancestors(call)}
    use = next(index for index, each in enumerate(body) if id(each) in around)
    present = _present(program)
    if present is not None:
        return (_NAME, None, None) if present < use else None
    first = next(index for index, each in enumerate(body) if index == use or _defines(each))
    module, needed = program.reference("ast", at=body[first])
    name = _free_name(program)
    definition = _definition(name, dotted_name(module) or "ast", program.module.default_indent)
    return name, Helper(definition, body[first]), needed


def _defines(statement: cst.CSTNode) -> bool:
    return isinstance(statement, (cst.FunctionDef, cst.ClassDef))


def _present(program: Program) -> int | None:
    """Where the evaluator stands among the program's statements."""
    for index, statement in enumerate(program.module.body):
        if isinstance(statement, cst.FunctionDef) and statement.name.value == _NAME:
            module, needed = program.reference("ast", at=statement)
            known = _definition(_NAME, dotted_name(module) or "ast", program.module.default_indent)
            if needed is None and known.body.deep_equals(statement.body):
                return index
    return None


def _free_name(program: Program) -> str:
    taken = {node.value for node in program.nodes(cst.Name)}
    name = _NAME
    while name in taken:
        name = f"_{name}"
    return name


@lru_cache(maxsize=16)
def _definition(name: str, module: str, indent: str) -> cst.FunctionDef:
    source = _SOURCE.format(name=name, ast=module).replace("    ", indent)
    definition = cst.parse_module(source).body[0]
    assert isinstance(definition, cst.FunctionDef)
    return definition
