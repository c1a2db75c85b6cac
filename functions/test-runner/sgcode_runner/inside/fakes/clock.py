"""Time that stands still."""

import datetime
import os
import time
import types
from typing import Any

MOMENT = 1_714_991_400.0
_MAX_SLEEPS = 200


class Clock:
    """The time, which only sleeping moves."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Go back to the fixed moment."""
        self.now, self._sleeps = MOMENT, 0

    def sleep(self, seconds: float = 0) -> None:
        """Let time pass at once. Raises KeyboardInterrupt in a program that would sleep for ever."""
        self._sleeps += 1
        self.now += max(float(seconds), 0)
        if self._sleeps > _MAX_SLEEPS:
            raise KeyboardInterrupt


def install_clock(clock: Clock) -> None:
    """Replace the clocks of the standard library."""
    parts: dict[str, Any] = {
        "time": lambda: clock.now,
        "time_ns": lambda: int(clock.now * 1e9),
        "sleep": clock.sleep,
    }
    parts |= {name: lambda: clock.now - MOMENT for name in ("monotonic", "perf_counter", "process_time")}
    gmtime, strftime = time.gmtime, time.strftime
    parts["gmtime"] = parts["localtime"] = lambda seconds=None: gmtime(
        clock.now if seconds is None else seconds
    )
    parts["ctime"] = lambda seconds=None: strftime("%a %b %d %H:%M:%S %Y", parts["gmtime"](seconds))
    parts["strftime"] = lambda form, moment=None: strftime(form, moment or gmtime(clock.now))
    vars(time).update(parts)
    _install_dates(clock)


def _install_dates(clock: Clock) -> None:
    real_datetime, real_date = datetime.datetime, datetime.date

    class DateKind(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, real_datetime if cls.__name__ == "datetime" else real_date)

    def now(cls: Any, tz: Any = None) -> Any:
        moment = real_datetime.fromtimestamp(clock.now, tz or datetime.timezone.utc)
        return cls.combine(moment.date(), moment.time(), moment.tzinfo if tz else None)

    fixed = classmethod(now)
    fake_datetime = DateKind(
        "datetime",
        (real_datetime,),
        {
            "now": fixed,
            "utcnow": classmethod(lambda cls: now(cls)),
            "today": classmethod(lambda cls: now(cls)),
        },
    )
    today = classmethod(lambda cls: cls(*time.gmtime()[:3]))
    vars(datetime).update(datetime=fake_datetime, date=DateKind("date", (real_date,), {"today": today}))


def utc_zone(module: types.ModuleType = time) -> None:
    """Let local time be UTC everywhere."""
    os.environ["TZ"] = "UTC"
    module.tzset()
