"""How long a step took."""

import time
from collections.abc import Callable


def start_timer() -> Callable[[], float]:
    """Return a function that tells the milliseconds since now."""
    started = time.perf_counter()
    return lambda: round((time.perf_counter() - started) * 1000, 3)
