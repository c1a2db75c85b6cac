"""`logged-exception`: an error that is ignored leaves a trace in the log."""

import libcst as cst

from sgcode_worker.operators.flow.loggers import logger_at
from sgcode_worker.operators.operator import Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

# Python calls these where logging may be gone already, or from within logging itself.
_UNSAFE_TO_LOG = frozenset({"__del__", "emit", "handleError", "filter", "format"})


class LoggedException:
    """`except Exception: pass` becomes a message with the traceback, at the level `debug`."""

    name = "logged-exception"
    cwe = "CWE-703"
    precondition = (
        "A handler whose whole body is `pass` or `continue`, outside of methods that Python calls at its end "
        "or that logging calls itself."
    )
    changes = (
        "The error is logged with its traceback at the level debug, which shows nothing until the program's "
        "logging is set to show it. The error is ignored as before."
    )
    example = (
        "import logging\ntry:\n    tidy()\nexcept Exception:\n    pass\n",
        "import logging\ntry:\n    tidy()\nexcept Exception:\n"
        '    logging.getLogger(__name__).debug("Ignored an exception", exc_info=True)\n',
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the body of the handler with a message in it."""
        handler = planned_node(program, edit, program.nodes(cst.ExceptHandler))
        only = _only_statement(handler) if handler is not None else None
        if handler is None or only is None:
            return Declined("No handler that ignores what it catches is there.")
        function = program.enclosing(handler, cst.FunctionDef)
        if function is not None and function.name.value in _UNSAFE_TO_LOG:
            return Declined(f"Nothing can be logged safely within `{function.name.value}`.")
        if any(_is_log_handler(each) for each in program.ancestors(handler)):
            return Declined("The class is a part of logging, which must not log by itself.")
        logger, needed = logger_at(program, handler)
        message = cst.Expr(
            cst.Call(
                cst.Attribute(logger, cst.Name("debug")),
                [
                    cst.Arg(
                        cst.SimpleString('"Ignored an exception"'),
                        comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")),
                    ),
                    cst.Arg(
                        cst.Name("True"),
                        keyword=cst.Name("exc_info"),
                        equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
                    ),
                ],
            )
        )
        return Rewrite(
            "Logs the error that is ignored, at the level debug.",
            {_place(program, only): _with_message(program, only, message)},
            [needed] if needed else [],
        )


def _only_statement(handler: cst.ExceptHandler) -> cst.Pass | cst.Continue | None:
    body = handler.body.body
    if len(body) != 1:
        return None
    first = body[0]
    if isinstance(first, cst.SimpleStatementLine):
        if len(first.body) != 1:
            return None
        first = first.body[0]
    return first if isinstance(first, (cst.Pass, cst.Continue)) else None


def _place(program: Program, only: cst.Pass | cst.Continue) -> cst.CSTNode:
    line = program.parent(only)
    if isinstance(only, cst.Continue) and isinstance(line, cst.SimpleStatementLine):
        return line
    return only


def _with_message(
    program: Program, only: cst.Pass | cst.Continue, message: cst.Expr
) -> cst.CSTNode | cst.FlattenSentinel[cst.CSTNode]:
    line = program.parent(only)
    if isinstance(only, cst.Pass):
        return message.with_changes(semicolon=only.semicolon)
    if isinstance(line, cst.SimpleStatementLine):
        first = cst.SimpleStatementLine([message], leading_lines=line.leading_lines)
        return cst.FlattenSentinel([first, line.with_changes(leading_lines=())])
    separator = cst.Semicolon(whitespace_after=cst.SimpleWhitespace(" "))
    return cst.FlattenSentinel([message.with_changes(semicolon=separator), only])


def _is_log_handler(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.ClassDef):
        return False
    bases = [dotted_name(base.value) or "" for base in node.bases]
    return any(base.endswith(("Handler", "Formatter", "Filter")) and "Request" not in base for base in bases)
