"""What the worker accepts, and how deep it may recurse over what it accepted."""

import sys

MAX_CODE_BYTES = 1_000_000
"""The size of one program."""

MAX_BLOB_BYTES = 64_000_000
"""The size of one stored document. Findings of a program at its limits stay below."""

MAX_REQUEST_BYTES = 65_536
"""The size of one request line. Code travels as blobs, so a request has a few hundred bytes."""

MAX_DEPTH = 300
"""How deep expressions and blocks may nest, measured by `nesting.exceeds_depth`."""

MAX_FINDINGS = 20_000
"""How many findings one program may have."""

MAX_SNIPPET = 2_000
"""How many characters of a statement go into a finding."""

RECURSION_LIMIT = 6_000
"""Frames for the recursive visitors: LibCST needs up to 9 for each level that `MAX_DEPTH` allows."""


def allow_deep_recursion() -> None:
    """Raise Python's recursion limit so that whatever passed `MAX_DEPTH` can be visited."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION_LIMIT))
