"""What runs in the box, beside hostile code and in its interpreter.

A module here is started by `run_boxed("<module>", request, limits)` and has
`run(request: bytes, answer: int) -> int | None`: `answer` is the file descriptor that leads out of the
box, and what is returned is the exit status. Nothing here is trusted by the outside.
"""
