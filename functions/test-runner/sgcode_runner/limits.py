"""What a request may hold, and what a box may use."""

from dataclasses import dataclass

MIB = 1024 * 1024

MAX_REQUEST_BYTES = 4_000_000
"""The size of one request, programs and tests included."""

MAX_CODE_BYTES = 1_000_000
"""The size of one program or one file of tests."""

MAX_SECONDS = 600.0
"""The longest time that a request may ask for."""


@dataclass(frozen=True)
class Limits:
    """What one box may use before it is ended. Sizes are in bytes, times in seconds."""

    seconds: float = 10.0
    """Wall-clock time, the start of the box included."""
    cpu_seconds: int = 10
    """Processor time of each process."""
    memory: int = 512 * MIB
    """Address space of each process."""
    total_memory: int = 1024 * MIB
    """Resident memory of all processes together."""
    processes: int = 48
    """Processes and threads at once."""
    file_size: int = 16 * MIB
    """The size of one file."""
    disk: int = 32 * MIB
    """The size of each writable folder: /box, /tmp and /dev/shm."""
    open_files: int = 128
    stack: int = 8 * MIB
    answer: int = 1_000_000
    """What the driver may answer; more ends the box."""
    output: int = 16 * MIB
    """What may be printed; it is thrown away, and more ends the box."""
