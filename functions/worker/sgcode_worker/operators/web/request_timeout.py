"""`request-timeout`: a request over HTTP does not wait for its answer without end."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked, is_name, with_keyword
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.web.passed_on import own_keywords, with_own_timeout

# Proxies and load balancers give up after 60 seconds of silence unless told otherwise (nginx's
# proxy_read_timeout, the idle timeout of AWS load balancers): what answers at all answers within that.
SECONDS = 60

_VERBS = frozenset({"get", "options", "head", "post", "put", "patch", "delete", "request"})
_FUNCTIONS = {
    **{f"requests.{verb}": "requests.exceptions.Timeout" for verb in _VERBS},
    **{f"requests.api.{verb}": "requests.exceptions.Timeout" for verb in _VERBS},
    **{f"httpx.{name}": "httpx.TimeoutException" for name in (*_VERBS, "stream", "Client", "AsyncClient")},
}
_LAST_PARTS = frozenset(name.rpartition(".")[2] for name in _FUNCTIONS)


class RequestTimeout:
    """A request without a limit, or with `timeout=None`, gets `timeout=60`."""

    name = "request-timeout"
    cwe = "CWE-400"
    precondition = (
        "A call of a function of requests without a timeout, or of requests or httpx with timeout=None, "
        "whose other arguments cannot hold one, and which does not wait for events on purpose."
    )
    changes = (
        f"A server that is silent for {SECONDS} seconds makes the call raise requests.exceptions.Timeout, or "
        "httpx.TimeoutException, where it waited without end."
    )
    example = (
        "import requests\nanswer = requests.get(url)\n",
        f"import requests\nanswer = requests.get(url, timeout={SECONDS})\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with a limit."""
        call = planned_node(program, edit, _candidates(program))
        names = program.imported_names(call.func) if call is not None else set()
        if call is None or not names or not names <= _FUNCTIONS.keys():
            return Declined(
                "No call of requests or httpx is there, or its name may stand for something else."
            )
        known = argument_of(call, "timeout")
        if known is not None and not is_name(known.value, "None"):
            return Declined(
                "The call has a timeout already: it is worked out, which the analyzer cannot read."
            )
        if known is None and any(name.startswith("httpx.") for name in names):
            return Declined("httpx waits 5 seconds where it is told nothing else: there is nothing to add.")
        if _waits_on_purpose(program, call, known):
            return Declined(
                "The answer is a stream that may be silent; decide how long, as timeout=(connect, read)."
            )
        exception = _FUNCTIONS[min(names)]
        if known is not None:
            limit = cst.Integer(str(SECONDS))
            return _result(program, call, exception, {known.value: limit})
        if not has_unpacked(call, "**"):
            changed = with_keyword(call, "timeout", cst.Integer(str(SECONDS)))
            return _result(program, call, exception, {call: changed})
        keywords = own_keywords(program, call)
        if keywords is None:
            return Declined(
                "The ** arguments may hold a timeout; decide which limit holds where they do not."
            )
        return _result(program, call, exception, with_own_timeout(program, call, keywords, SECONDS))


def _candidates(program: Program) -> Iterator[cst.Call]:
    for call in program.nodes(cst.Call):
        function = call.func
        last = function.attr.value if isinstance(function, cst.Attribute) else None
        if last in _LAST_PARTS or isinstance(function, cst.Name):
            yield call


def _waits_on_purpose(program: Program, call: cst.Call, timeout: cst.Arg | None) -> bool:
    """Whether events are awaited: a stream with its limit switched off, or one that is read line by line."""
    stream = argument_of(call, "stream")
    function = call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
    if function != "stream" and (stream is None or is_name(stream.value, "False")):
        return False
    if timeout is not None:
        return True
    code = program.text
    return "iter_lines" in code or "text/event-stream" in code


def _result(
    program: Program, call: cst.Call, exception: str, replacements: dict[cst.CSTNode, cst.CSTNode]
) -> Rewrite:
    declared = DeclaredChange(
        "exception",
        exception.rpartition(".")[2],
        program.definition(call),
        f"{exception} is raised after {SECONDS} seconds without a word from the server.",
    )
    return Rewrite(f"Gives up after {SECONDS} seconds of silence.", replacements, (), [declared])
