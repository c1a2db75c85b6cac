"""A text that can only be meant as arithmetic is worked out by an evaluator that knows nothing else."""

import libcst as cst

from sgcode_worker.operators.flow.evaluating.evaluator import evaluator
from sgcode_worker.operators.flow.evaluating.meaning import means_arithmetic
from sgcode_worker.operators.flow.evaluating.origin import text_refusal
from sgcode_worker.operators.flow.evaluating.use import is_used_as_more
from sgcode_worker.operators.operator import DeclaredChange, Declined, Rewrite
from sgcode_worker.operators.program import Program

WORKED_OUT = (
    "What is evaluated is worked out; decide whether it may be data only, as ast.literal_eval reads it, or "
    "which operations it may name."
)
_HANDLED = (
    "The function tells wrong names or types in the text from other faults; decide what it answers when the "
    "evaluator raises ValueError for them."
)
_USED = "What is evaluated is used as more than a number, so it may be more than arithmetic."
# What eval raises for names, attributes and calls where the evaluator raises ValueError.
_RAISED = frozenset({"NameError", "TypeError", "AttributeError", "KeyError", "IndexError", "LookupError"})
_EVERY = ("Exception", "BaseException")


def evaluate_arithmetic(program: Program, call: cst.Call) -> Rewrite | Declined:
    """Return the call of the evaluator in place of eval, or why the text may be more than arithmetic."""
    function = program.enclosing(call, cst.FunctionDef, cst.Lambda, cst.CompFor)
    if not isinstance(function, cst.FunctionDef) or not _alone(call):
        return Declined(WORKED_OUT)
    if not means_arithmetic(program, call, function):
        return Declined(WORKED_OUT)
    if is_used_as_more(program, call, function):
        return Declined(_USED)
    reason = text_refusal(program, call, function) or (_HANDLED if _tells_apart(program, call) else None)
    if reason is not None:
        return Declined(reason)
    found = evaluator(program, call)
    if found is None:
        return Declined("The program defines its evaluator only after this use; move the definition up.")
    name, helper, needed = found
    changed = call.with_changes(
        func=cst.Name(name), args=[call.args[0].with_changes(comma=cst.MaybeSentinel.DEFAULT)]
    )
    declared = DeclaredChange(
        "exception",
        "ValueError",
        program.definition(call),
        "A text that is no arithmetic with numbers is refused with ValueError.",
    )
    return Rewrite(
        "Works out arithmetic with an evaluator that runs no code.",
        {call: changed if len(call.args) > 1 else call.with_changes(func=cst.Name(name))},
        [needed] if needed else [],
        [declared],
        helper=helper,
    )


def _alone(call: cst.Call) -> bool:
    """Whether the text is evaluated with no names handed in."""
    text, *namespaces = call.args
    if text.star or text.keyword is not None or any(each.star for each in namespaces):
        return False
    return all(_without_names(each.value) for each in namespaces)


def _without_names(namespace: cst.BaseExpression) -> bool:
    if isinstance(namespace, cst.Name):
        return namespace.value == "None"
    if not isinstance(namespace, cst.Dict):
        return False
    for each in namespace.elements:
        if not isinstance(each, cst.DictElement) or not isinstance(each.key, cst.SimpleString):
            return False
        if each.key.evaluated_value != "__builtins__" or not _without_names(each.value):
            return False
    return True


def _tells_apart(program: Program, call: cst.Call) -> bool:
    """Whether handlers around the call answer otherwise to what eval raises than to ValueError."""
    for outer in program.ancestors(call):
        if isinstance(outer, cst.FunctionDef):
            return False
        if isinstance(outer, cst.Try):
            caught = [_caught(handler) for handler in outer.handlers]
            raised = {"NameError"} | (_RAISED & set().union(*caught))
            if any(_first(caught, each) != _first(caught, "ValueError") for each in raised):
                return True
    return False


def _first(caught: list[set[str]], error: str) -> int | None:
    """Which handler takes the error."""
    return next((index for index, each in enumerate(caught) if each & {error, *_EVERY}), None)


def _caught(handler: cst.ExceptHandler) -> set[str]:
    if handler.type is None:
        return {"BaseException"}
    listed = [each.value for each in handler.type.elements] if isinstance(handler.type, cst.Tuple) else []
    return {each.value for each in listed or [handler.type] if isinstance(each, cst.Name)}
