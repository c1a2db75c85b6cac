"""Chance that draws the same lots whichever module is asked."""

import os
import random
import secrets
import uuid
from collections.abc import Sequence
from typing import Any


class Chance:
    """Fractions between 0 and 1 in a fixed order, shared by everything that draws."""

    def __init__(self) -> None:
        self.draws = 0

    def fraction(self) -> float:
        """Return the next fraction: halves, quarters, eighths and so on, spread evenly."""
        self.draws += 1
        number, part, value = self.draws, 0.5, 0.0
        while number:
            value += part * (number & 1)
            number >>= 1
            part /= 2
        return value

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to the limit, the limit excluded."""
        return int(self.fraction() * limit)

    def octets(self, count: int | None = None) -> bytes:
        """Return as many bytes as asked for."""
        self.draws += 1
        size = 32 if count is None else count
        return bytes((index * 37 + self.draws * 11 + 65) % 256 for index in range(size))


def install_chance(chance: Chance) -> None:
    """Replace the random numbers of the standard library: one draw is one fraction, whoever draws."""

    def choice(items: Sequence[Any]) -> Any:
        if not len(items):
            raise IndexError("Cannot choose from an empty sequence")
        return items[chance.below(len(items))]

    def randrange(start: int, stop: int | None = None, step: int = 1) -> int:
        first, last = (0, start) if stop is None else (start, stop)
        return first + step * chance.below(max(1, -(-(last - first) // step)))

    def sample(items: Sequence[Any], k: int, **_: Any) -> list[Any]:
        left = list(items)
        return [left.pop(chance.below(len(left))) for _ in range(k)]

    def shuffle(items: Any) -> None:
        items[:] = sample(items, len(items))

    shared: dict[str, Any] = {
        "choice": choice,
        "random": chance.fraction,
        "uniform": lambda low, high: low + (high - low) * chance.fraction(),
        "randint": lambda low, high: randrange(low, high + 1),
        "randrange": randrange,
        "sample": sample,
        "shuffle": shuffle,
        "choices": lambda items, *_, k=1, **__: [choice(items) for _ in range(k)],
        "getrandbits": lambda bits: chance.below(2**bits),
        "randbytes": chance.octets,
    }
    vars(random).update(shared)
    methods = {name: _method(function) for name, function in shared.items()}
    unseeded = type("SystemRandom", (random.SystemRandom,), methods)
    seeded = random.Random

    def generator(seed: Any = None) -> Any:
        return unseeded() if seed is None else seeded(seed)

    vars(random).update(SystemRandom=unseeded, Random=generator)
    vars(secrets).update(
        SystemRandom=unseeded,
        choice=choice,
        randbelow=chance.below,
        randbits=shared["getrandbits"],
        token_bytes=chance.octets,
        token_hex=lambda count=None: chance.octets(count).hex(),
        token_urlsafe=lambda count=None: chance.octets(count).hex()[: (count or 32) * 4 // 3],
    )
    vars(os).update(urandom=chance.octets, getrandom=lambda count, *_: chance.octets(count))
    vars(uuid).update(
        uuid4=lambda: uuid.UUID(bytes=chance.octets(16), version=4),
        uuid1=lambda *_: uuid.UUID(bytes=chance.octets(16), version=1),
    )


def _method(function: Any) -> Any:
    return lambda self, *values, **named: function(*values, **named)
