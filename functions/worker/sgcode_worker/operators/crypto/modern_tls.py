"""`modern-tls`: TLS is negotiated, and versions that are broken are not asked for."""

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked, with_keyword
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.visibility import dotted_name

# PROTOCOL_TLS takes the newest version that both sides know, TLS 1.2 at least from Python 3.10 on
# (https://docs.python.org/3/whatsnew/3.10.html#ssl). pyOpenSSL's TLS_METHOD has no such floor, so 1.2 it is.
_MODERN = {
    **{f"ssl.PROTOCOL_{version}": "PROTOCOL_TLS" for version in ("SSLv2", "SSLv3", "TLSv1", "TLSv1_1")},
    **{
        f"{package}.SSL.{version}_METHOD": "TLSv1_2_METHOD"
        for package in ("OpenSSL", "pyOpenSSL")
        for version in ("SSLv2", "SSLv3", "SSLv23", "TLSv1", "TLSv1_1")
    },
}
_WRAP = "ssl.wrap_socket"
# Where `ssl_version` stands among the plain arguments of ssl.wrap_socket.
_WRAP_AT = 5
_TAKES = frozenset({"wrap_socket", "SSLContext", "Context"})
_KEYWORDS = frozenset({"ssl_version", "method", "protocol"})


class ModernTls:
    """Fixed old versions become the negotiated one; a call that names none says what it gets."""

    name = "modern-tls"
    cwe = "CWE-327"
    precondition = (
        "A broken version of SSL or TLS, named from ssl or pyOpenSSL, as an argument or as the default of a "
        "parameter; or a call of ssl.wrap_socket that names no version; outside of tests."
    )
    changes = "A peer that knows nothing newer than TLS 1.1 is refused with an exception."
    example = (
        "import ssl\nsecured = ssl.wrap_socket(plain, ssl_version=ssl.PROTOCOL_TLSv1)\n",
        "import ssl\nsecured = ssl.wrap_socket(plain, ssl_version=ssl.PROTOCOL_TLS)\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call, or the function's defaults, with TLS as it is negotiated."""
        if edit.rule == "B503":
            return _defaults(program, edit)
        every = program.nodes(cst.Call)
        calls = (each for each in every if _is_wrap(program, each) or _weak(program, _versions(each)))
        call = planned_node(program, edit, calls)
        if call is None:
            return Declined("No call is there that names a broken version by a name of ssl or pyOpenSSL.")
        outer = program.enclosing(call, cst.FunctionDef)
        if outer is not None and outer.name.value.startswith("test"):
            return Declined("A test asks for the old version on purpose.")
        placed = argument_of(call, "ssl_version", _WRAP_AT) if _is_wrap(program, call) else None
        if placed is not None and placed.keyword is None:
            return _named(program, call, placed)
        weak = _weak(program, _versions(call))
        if weak:
            return _modern(program, weak, [_refused(program, call)])
        if placed is not None or has_unpacked(call, "*", "**"):
            return Declined("Which version the call is given cannot be told.")
        value, needed = program.reference("ssl", "PROTOCOL_TLS", at=call)
        return Rewrite(
            "Says which version is used: the newest that both sides know, as before.",
            {call: with_keyword(call, "ssl_version", value)},
            [needed] if needed is not None else [],
        )


def _is_wrap(program: Program, call: cst.Call) -> bool:
    return dotted_name(call.func) is not None and program.imported_names(call.func) == {_WRAP}


def _versions(call: cst.Call) -> list[cst.BaseExpression]:
    """The arguments that may name a version."""
    takes = (dotted_name(call.func) or "").rpartition(".")[2] in _TAKES
    return [
        each.value
        for each in call.args
        if not each.star and (each.keyword.value in _KEYWORDS if each.keyword is not None else takes)
    ]


def _weak(program: Program, values: list[cst.BaseExpression]) -> list[cst.BaseExpression]:
    named = (each for each in values if isinstance(each, (cst.Attribute, cst.Name)))
    return [each for each in named if len(program.imported_names(each) & _MODERN.keys()) == 1]


def _named(program: Program, call: cst.Call, placed: cst.Arg) -> Rewrite | Declined:
    """The version by its keyword: analyzers do not see one that is told by its place alone."""
    after = call.args[call.args.index(placed) + 1 :]
    if any(each.keyword is None for each in after):
        return Declined("The version stands among other arguments without names: a person must name it.")
    weak = _weak(program, [placed.value])
    value, needed = placed.value, None
    if weak:
        value, needed = _replacement(program, placed.value)
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return Rewrite(
        "Asks for no broken version of TLS." if weak else "Names the version that the call is given.",
        {placed: placed.with_changes(value=value, keyword=cst.Name("ssl_version"), equal=equal)},
        [needed] if needed is not None else [],
        [_refused(program, call)] if weak else [],
    )


def _defaults(program: Program, edit: PlannedEdit) -> Rewrite | Declined:
    function = planned_node(program, edit, program.nodes(cst.FunctionDef))
    if function is None:
        return Declined("No function is there.")
    parameters = [*function.params.posonly_params, *function.params.params, *function.params.kwonly_params]
    found = {
        each.name.value: weak[0]
        for each in parameters
        if each.default is not None and (weak := _weak(program, [each.default]))
    }
    if not found:
        return Declined("No parameter has a broken version of ssl or pyOpenSSL as its default.")
    where = program.definition(parameters[0])
    declared = [
        DeclaredChange("constant", name, where, f"The default of `{name}` is TLS as it is negotiated today.")
        for name in found
    ]
    return _modern(program, list(found.values()), declared)


def _modern(program: Program, weak: list[cst.BaseExpression], declared: list[DeclaredChange]) -> Rewrite:
    replacements: dict[cst.CSTNode, cst.CSTNode] = {}
    imports: list[NeededImport] = []
    for node in weak:
        value, needed = _replacement(program, node)
        replacements[node] = value
        imports += [needed] if needed is not None and needed not in imports else []
    return Rewrite("Asks for no broken version of TLS.", replacements, imports, declared)


def _replacement(
    program: Program, node: cst.BaseExpression
) -> tuple[cst.BaseExpression, NeededImport | None]:
    (name,) = program.imported_names(node) & _MODERN.keys()
    if isinstance(node, cst.Attribute):
        return node.with_changes(attr=cst.Name(_MODERN[name])), None
    return program.reference(name.rpartition(".")[0], _MODERN[name], at=node)


def _refused(program: Program, call: cst.Call) -> DeclaredChange:
    detail = "A peer that knows nothing newer than TLS 1.1 is refused."
    return DeclaredChange("exception", "SSLError", program.definition(call), detail)
