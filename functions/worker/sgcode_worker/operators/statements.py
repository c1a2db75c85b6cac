"""Whole statements for a rewrite to put in, and names for what they bind."""

import libcst as cst

from sgcode_worker.operators.program import Program


def assignment_line(target: cst.BaseExpression, value: cst.BaseExpression) -> cst.SimpleStatementLine:
    """Return the line `target = value`."""
    return cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(target)], value)])


def call_line(
    function: cst.BaseExpression, *values: cst.BaseExpression, **keywords: cst.BaseExpression
) -> cst.SimpleStatementLine:
    """Return the line `function(values, keyword=value)`."""
    given = [cst.Arg(value) for value in values]
    given += [keyword_argument(name, value) for name, value in keywords.items()]
    return cst.SimpleStatementLine([cst.Expr(cst.Call(function, given))])


def keyword_argument(name: str, value: cst.BaseExpression) -> cst.Arg:
    """Return the argument `name=value`."""
    none = cst.SimpleWhitespace("")
    return cst.Arg(value, cst.Name(name), equal=cst.AssignEqual(none, none))


def flattened(*lines: cst.BaseStatement) -> cst.FlattenSentinel[cst.CSTNode]:
    """Return the lines as what one line is replaced by."""
    return cst.FlattenSentinel(lines)


def free_name(program: Program, wished: str) -> str:
    """Return the wished name, or one like it where the program uses that already."""
    taken = {node.value for node in program.nodes(cst.Name)}
    name, number = wished, 2
    while name in taken:
        name, number = f"{wished}_{number}", number + 1
    return name
