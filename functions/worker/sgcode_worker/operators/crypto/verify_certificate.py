"""`verify-certificate`: certificates of servers are checked, as they are by default."""

import re

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, is_name, with_value
from sgcode_worker.operators.literals import fstring_text, text_of
from sgcode_worker.operators.nodes import without_arguments
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_VERBS = ("get", "options", "head", "post", "put", "patch", "delete", "request")
# Where the URL stands among the plain arguments; a client has none.
_URL_AT = {f"{module}.{verb}": int(verb == "request") for module in ("requests", "httpx") for verb in _VERBS}
_URL_AT |= {"httpx.stream": 1}
_CALLS = frozenset({*_URL_AT, "httpx.Client", "httpx.AsyncClient"})
_UNVERIFIED = "ssl._create_unverified_context"
_SHARED_ARGUMENTS = frozenset({"purpose", "cafile", "capath", "cadata"})
_RAISED = {"requests": "SSLError", "httpx": "ConnectError", "ssl": "SSLCertVerificationError"}
_SAID = re.compile(r"self[-_ ]?signed|snake[-_ ]?oil|untrusted cert", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?)://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)", re.IGNORECASE)
_OWN = re.compile(
    r"localhost|127\..*|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|0\.0\.0\.0|\[::1?\]|[^.]+|"
    r".*\.(?:local|localhost|internal|intranet|lan|home|corp|test)",
    re.IGNORECASE,
)
_COMPANIONS = frozenset({"check_hostname", "verify_mode"})


class VerifyCertificate:
    """`verify=False` goes, and an unverified TLS context becomes the default one."""

    name = "verify-certificate"
    cwe = "CWE-295"
    precondition = (
        "A call of requests or httpx with verify=False, or of ssl._create_unverified_context, for a server "
        "that is not known to lack a valid certificate: no private address, no word of a self-signed "
        "certificate, no fallback after a failed check."
    )
    changes = "A server without a valid certificate is refused with an exception; others answer as before."
    example = (
        "import requests\nanswer = requests.get(url, verify=False)\n",
        "import requests\nanswer = requests.get(url)\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with certificates checked."""
        call = planned_node(
            program, edit, (each for each in program.nodes(cst.Call) if _called(program, each))
        )
        if call is None:
            return Declined("No call is there that leaves certificates unchecked, as far as names tell.")
        name = _called(program, call)
        reason = _known_to_fail(program, call)
        if reason is not None:
            return Declined(reason)
        return _context(program, call) if name == _UNVERIFIED else _request(program, call, name)


def _called(program: Program, call: cst.Call) -> str:
    if dotted_name(call.func) is None:
        return ""
    names = program.imported_names(call.func)
    return names.pop() if len(names) == 1 and names <= _CALLS | {_UNVERIFIED} else ""


def _known_to_fail(program: Program, call: cst.Call) -> str | None:
    """Why the check would fail in the ordinary case, as the program itself tells."""
    outer = program.enclosing(call, cst.FunctionDef) or program.enclosing(call, cst.SimpleStatementLine)
    if outer is not None and _SAID.search(program.code(outer)):
        return "The code speaks of a self-signed certificate: name its file in `verify` or `cafile` instead."
    for handler in program.ancestors(call):
        caught = handler.type if isinstance(handler, cst.ExceptHandler) else None
        if caught is not None and re.search(r"SSL|Certificate", program.code(caught)):
            return "The call is what is done once the check has failed: a person must decide what is right."
    return None


def _request(program: Program, call: cst.Call, name: str) -> Rewrite | Declined:
    verify = argument_of(call, "verify")
    if verify is None or not is_name(verify.value, "False"):
        return Declined("The call does not say verify=False itself.")
    scheme, host = _address(call, _URL_AT.get(name))
    if host and scheme == "https" and _OWN.fullmatch(host):
        return Declined(
            f"`{host}` is a private address, whose certificate no public authority signs: "
            "name the file of its authority in `verify`."
        )
    kept = without_arguments(call, [verify])
    replacements: dict[cst.CSTNode, cst.CSTNode]
    if kept is None:
        replacements = {verify: with_value(verify, cst.Name("True"))}
    else:
        replacements = {call: call.with_changes(args=kept)}
    module = name.partition(".")[0]
    summary = "Lets the server's certificate be checked, as it is by default."
    return Rewrite(summary, replacements, [], [_declared(program, call, module)])


def _address(call: cst.Call, position: int | None) -> tuple[str, str]:
    """The scheme and host that the call's URL begins with, '' where they cannot be read."""
    given = argument_of(call, "url", position) if position is not None else argument_of(call, "base_url")
    node = given.value if given is not None else None
    while isinstance(node, cst.BinaryOperation):
        node = node.left
    if (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and node.func.attr.value == "format"
    ):
        node = node.func.value
    text = text_of(node) if node is not None else None
    if isinstance(node, cst.FormattedString) and node.parts:
        first = node.parts[0]
        text = fstring_text(first, node.start) if isinstance(first, cst.FormattedStringText) else None
        # What follows the text may still belong to the host.
        text = text if text is None or text.count("/") > 2 else text.partition("//")[0] + "//"
    found = _ADDRESS.match(text or "")
    return (found[1].lower(), found[2]) if found is not None and not set(found[2]) & set("%{") else ("", "")


def _context(program: Program, call: cst.Call) -> Rewrite | Declined:
    if (
        any(each.star or each.keyword is None for each in call.args)
        or not {each.keyword.value for each in call.args if each.keyword is not None} <= _SHARED_ARGUMENTS
    ):
        return Declined("The context is given arguments that ssl.create_default_context does not take alike.")
    holder = program.parent(call)
    names = (
        {each.target.value for each in holder.targets if isinstance(each.target, cst.Name)}
        if isinstance(holder, cst.Assign)
        else set()
    )
    for target in program.nodes(cst.AssignTarget):
        changed = target.target
        if not isinstance(changed, cst.Attribute) or changed.attr.value not in _COMPANIONS:
            continue
        if isinstance(changed.value, cst.Name) and changed.value.value in names:
            line = program.span(target).start.line
            return Declined(
                f"Line {line} sets `{changed.attr.value}` on the context, which must be decided with it."
            )
    function = call.func
    if isinstance(function, cst.Attribute):
        value: cst.BaseExpression = function.with_changes(attr=cst.Name("create_default_context"))
        needed = None
    else:
        value, needed = program.reference("ssl", "create_default_context", at=call)
    return Rewrite(
        "Makes the default TLS context, which checks certificates and host names.",
        {function: value},
        [needed] if needed is not None else [],
        [_declared(program, call, "ssl")],
    )


def _declared(program: Program, call: cst.Call, module: str) -> DeclaredChange:
    name = _RAISED[module]
    return DeclaredChange(
        "exception",
        name,
        program.definition(call),
        f"A server without a valid certificate is refused with {name}.",
    )
