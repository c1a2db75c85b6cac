"""`safe-loader`: YAML is read without building arbitrary objects."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.nodes import without_arguments
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.visibility import dotted_name

_SAFE_FORMS = {
    "load": "safe_load",
    "full_load": "safe_load",
    "unsafe_load": "safe_load",
    "load_all": "safe_load_all",
    "full_load_all": "safe_load_all",
    "unsafe_load_all": "safe_load_all",
}
_UNSAFE = frozenset({"yaml.Loader", "yaml.FullLoader", "yaml.UnsafeLoader"})
_UNSAFE_C = frozenset({"yaml.CLoader", "yaml.CFullLoader", "yaml.CUnsafeLoader"})
_SAFE, _SAFE_C = "yaml.SafeLoader", "yaml.CSafeLoader"
# What these register is known to the unsafe loaders only, unless they are told otherwise.
_REGISTER = ("add_constructor", "add_multi_constructor", "add_implicit_resolver", "add_path_resolver")
_REGISTER_FUNCTIONS = frozenset(f"yaml.{name}" for name in _REGISTER)
_REGISTER_METHODS = frozenset(f"{owner}.{name}" for owner in _UNSAFE | _UNSAFE_C for name in _REGISTER)
_TEXT_ONLY = frozenset({"yaml.BaseLoader", "yaml.CBaseLoader"})


class SafeLoader:
    """`yaml.load` becomes `yaml.safe_load` unless its loader is safe; C loaders become `CSafeLoader`."""

    name = "safe-loader"
    cwe = "CWE-20"
    precondition = (
        "A call of PyYAML's load, full_load or unsafe_load, or of their _all forms, with no loader or one of "
        "PyYAML's own, in a program that registers no tags of its own for the unsafe loaders."
    )
    changes = (
        "A document with tags that build Python objects is refused with yaml.constructor.ConstructorError; "
        "plain data is read as before."
    )
    example = (
        "import yaml\nsettings = yaml.load(text, Loader=yaml.Loader)\n",
        "import yaml\nsettings = yaml.safe_load(text)\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call of the safe form."""
        call = planned_node(program, edit, _candidates(program))
        if call is None:
            return Declined("No call of PyYAML's load is there, or `yaml` is not certainly PyYAML.")
        function = _function(program, call)
        if any(argument.star for argument in call.args):
            return Declined("The call passes * or ** arguments, so its loader cannot be told.")
        loader = _loader(call)
        loaders = {_SAFE_FORMS[function]} if loader is None else program.imported_names(loader.value)
        known = _UNSAFE | _UNSAFE_C | {_SAFE, _SAFE_C}
        if loader is not None and not (loaders and loaders <= known):
            return Declined(_custom(program, loader))
        registered = _registers_tags(program)
        if registered is not None and not loaders <= {_SAFE, _SAFE_C}:
            return Declined(registered)
        if loader is not None and loaders <= _UNSAFE_C | {_SAFE_C}:
            return _with_loader(program, call, loader, "CSafeLoader")
        return _with_safe_form(program, call, loader, _SAFE_FORMS[function])


def _candidates(program: Program) -> list[cst.Call]:
    return [call for call in program.nodes(cst.Call) if _function(program, call)]


def _function(program: Program, call: cst.Call) -> str:
    """The name in PyYAML of what is called, '' for anything else."""
    last = dotted_name(call.func)
    if last is None:
        return ""
    names = program.imported_names(call.func)
    functions = {name.removeprefix("yaml.") for name in names}
    known = (
        len(names) == 1
        and all(name.startswith("yaml.") for name in names)
        and functions <= _SAFE_FORMS.keys()
    )
    return functions.pop() if known else ""


def _loader(call: cst.Call) -> cst.Arg | None:
    for index, argument in enumerate(call.args):
        if argument.keyword is not None and argument.keyword.value == "Loader":
            return argument
        if argument.keyword is None and index == 1:
            return argument
    return None


def _custom(program: Program, loader: cst.Arg) -> str:
    shown = dotted_name(loader.value)
    if shown is None:
        return "The loader is computed, so it cannot be told which one is used."
    if program.imported_names(loader.value) & _TEXT_ONLY:
        return f"`{shown}` reads every value as text; the safe loader would read numbers and dates as such."
    for definition in program.nodes(cst.ClassDef):
        bases = {name for base in definition.bases for name in program.imported_names(base.value)}
        if definition.name.value == shown and bases and bases <= {_SAFE, _SAFE_C}:
            return f"`{shown}` is built on PyYAML's safe loader in this program: there is nothing to replace."
    return f"`{shown}` is not one of PyYAML's loaders: a person must decide which tags it may build."


def _registers_tags(program: Program) -> str | None:
    """Why the safe loader would read less than before: the program's own tags."""
    if any(_registers(program, call) for call in program.nodes(cst.Call)):
        return "The program registers YAML tags or resolvers that the safe loader does not know."
    for definition in program.nodes(cst.ClassDef):
        if any("yaml.YAMLObject" in program.imported_names(base.value) for base in definition.bases):
            return f"`{definition.name.value}` is a yaml.YAMLObject, whose tag the safe loader does not know."
    return None


def _registers(program: Program, call: cst.Call) -> bool:
    names = program.imported_names(call.func)
    if names & _REGISTER_METHODS:
        return True
    given = [each.value for each in call.args if each.keyword and each.keyword.value == "Loader"]
    loaders = program.imported_names(given[0]) if given else set()
    return bool(names & _REGISTER_FUNCTIONS) and not (loaders and loaders <= {_SAFE, _SAFE_C})


def _with_loader(program: Program, call: cst.Call, loader: cst.Arg, name: str) -> Rewrite:
    value, needed = _sibling(program, call, loader.value, name)
    return _result(
        program, call, {loader.value: value}, needed, f"Reads YAML with {name}, which builds plain data only."
    )


def _with_safe_form(program: Program, call: cst.Call, loader: cst.Arg | None, form: str) -> Rewrite:
    arguments: Sequence[cst.Arg] | None = call.args if loader is None else without_arguments(call, [loader])
    if arguments is None and loader is not None:
        return _with_loader(program, call, loader, "SafeLoader")
    function, needed = _sibling(program, call, call.func, form)
    changed = call.with_changes(func=function, args=arguments)
    return _result(
        program, call, {call: changed}, needed, f"Reads YAML with {form}, which builds plain data only."
    )


def _sibling(
    program: Program, call: cst.Call, known: cst.BaseExpression, name: str
) -> tuple[cst.BaseExpression, NeededImport | None]:
    """The member `name` of PyYAML, through the same module as the member that is there."""
    if isinstance(known, cst.Attribute):
        return known.with_changes(attr=cst.Name(name)), None
    return program.reference("yaml", name, at=call)


def _result(
    program: Program,
    call: cst.Call,
    replacements: dict[cst.CSTNode, cst.CSTNode],
    needed: NeededImport | None,
    summary: str,
) -> Rewrite:
    declared = DeclaredChange(
        "exception",
        "ConstructorError",
        program.definition(call),
        "YAML with tags that build Python objects is refused with yaml.constructor.ConstructorError.",
    )
    return Rewrite(summary, replacements, [needed] if needed else [], [declared])
