"""The runner as a Lambda function: one request in one environment, which is thrown away after it.

Lambda gives no namespaces. What stands around a guest there is the environment itself: it belongs to one
tenant, each request is a tenant of its own, its role may do nothing, and it has no route to a network. Within
it the guest is sealed as a process, and this process hides from it.
"""

from pathlib import Path
from typing import Any

from sgcode_runner.box.run import be_alone
from sgcode_runner.errors import RunnerFailedError, RunnerUnavailableError
from sgcode_runner.handler import handle, refusal

MARK = Path("/opt/sgcode/one-request-image")
"""Only the image has it, so that nothing is sealed as a mere process on anybody's own machine."""

_has_served = False


def handler(event: object, context: object = None) -> dict[str, Any]:
    """Answer a Lambda event, `{error: {name, message}}` where there is no answer. Raises nothing."""
    global _has_served
    # https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-context.html
    if not getattr(context, "tenant_id", None):
        return refusal(RunnerUnavailableError("the function must be deployed with tenant isolation"))
    if _has_served:
        return refusal(RunnerFailedError("this environment has served a request before"))
    _has_served = True
    if MARK.exists():
        be_alone()
    return handle(_sealed_only(event))


def _sealed_only(event: object) -> object:
    """Return the request without the word that lets programs run unsealed: there is no such way here."""
    if not isinstance(event, dict):
        return event
    return {name: value for name, value in event.items() if name != "unsafe"}
