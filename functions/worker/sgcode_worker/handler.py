"""One step in, one answer out: for the JSON-lines server of `__main__`."""

import importlib
import os
from pathlib import Path
from typing import Any

from sgcode_worker.blobs import Blobs, FileBlobs
from sgcode_worker.debug import log_traceback
from sgcode_worker.errors import InputTooLargeError, InvalidInputError, WorkerError, WorkerFailedError
from sgcode_worker.limits import allow_deep_recursion

_STEPS = {
    "analyze": "sgcode_worker.steps.analyze",
    "apply-edits": "sgcode_worker.steps.apply_edits",
    "verify": "sgcode_worker.steps.verify",
    "excerpt": "sgcode_worker.steps.excerpt",
    "put-back": "sgcode_worker.steps.put_back",
    "describe": "sgcode_worker.steps.describe",
}


def dispatch(step: object, value: object, blobs: Blobs) -> dict[str, Any]:
    """Return the step's output. Raises nothing but WorkerError, whose message holds no code of the user."""
    if not isinstance(step, str) or step not in _STEPS:
        raise InvalidInputError(f"step must be one of: {', '.join(_STEPS)}")
    allow_deep_recursion()
    try:
        # A step's module is loaded when first needed: libcst and bandit each take longer than most requests.
        output: dict[str, Any] = importlib.import_module(_STEPS[step]).run(value, blobs)
    except WorkerError:
        raise
    except (RecursionError, MemoryError):
        log_traceback()
        raise InputTooLargeError(
            f"{step}: the program nests too deep or is too large for this step"
        ) from None
    except Exception as error:
        log_traceback()
        raise WorkerFailedError(f"the worker failed in {step} ({type(error).__name__})") from None
    return output


def open_blobs() -> Blobs:
    """Return the blob store that the environment names. Raises InvalidInputError where it names none."""
    if bucket := os.environ.get("BUCKET_NAME"):
        # Only the Lambda image has the AWS SDK.
        from sgcode_worker.s3_blobs import S3Blobs

        return S3Blobs(bucket)
    folder = os.environ.get("SGCODE_BLOB_DIR")
    if not folder:
        raise InvalidInputError(
            "SGCODE_BLOB_DIR must name the folder of the blobs, or BUCKET_NAME their bucket"
        )
    return FileBlobs(Path(folder))
