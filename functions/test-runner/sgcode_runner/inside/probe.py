"""A look at the box from within: runs the Python that it is given, and lets it answer."""

import os


def run(request: bytes, answer: int) -> int:
    """Run the request as a program in which `answer` is the way out; without one, answer with the user."""
    if not request:
        os.write(answer, str(os.getuid()).encode())
        return 0
    exec(compile(request, "probe", "exec"), {"answer": answer, "__name__": "__main__"})
    return 0
