"""Driver: reads both programs and answers with the plan of the check. Runs neither."""

import json
import os

from sgcode_runner.inside.plan.make import UnplannableError, make_plan


def run(request: bytes, answer: int) -> int:
    """Write the plan, or which program can't be run and why, as one JSON object."""
    given = json.loads(request)
    try:
        made = make_plan(given["original"], given["candidate"], given["environment"], given["allowed"])
    except UnplannableError as error:
        made = {"unplannable": error.program, "reason": str(error)}
    line = json.dumps({"nonce": given["nonce"], **made}).encode()
    while line:
        line = line[os.write(answer, line) :]
    return 0
