"""How a box ended and what came out of it."""

from dataclasses import dataclass
from typing import Literal

Ended = Literal["exited", "timeout", "output-limit", "memory-limit"]


@dataclass(frozen=True)
class BoxResult:
    """The bytes of the answer pipe are the guest's word: judge them as hostile."""

    answer: bytes
    ended: Ended
    """`exited` when the box ended by itself, whatever its status; else which limit ended it."""
    status: int | None
    """The exit status, 128 + signal where a signal ended the driver; None when a limit ended the box."""
    noise: bytes
    """The first few KB of stdout and stderr, for a person who looks for the cause."""
    ms: float
    """Wall-clock time of the whole box."""

    @property
    def signal(self) -> int | None:
        """The signal that ended the driver, or None."""
        return self.status - 128 if self.status is not None and self.status > 128 else None
