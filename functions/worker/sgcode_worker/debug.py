"""What a developer may see and a user may not."""

import os
import sys
import traceback


def log_traceback() -> None:
    """Print the current exception to stderr, only where SGCODE_DEBUG is set: traces can quote user code."""
    if os.environ.get("SGCODE_DEBUG"):
        traceback.print_exc(file=sys.stderr)
