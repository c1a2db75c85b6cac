import logging

import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_left_alone, check_rewritten
from tests.operators.planning import plan

RULES = {"B110", "B112"}
OWN = 'logging.getLogger(__name__).debug("Ignored an exception", exc_info=True)'
REWRITTEN = {
    "pass": (
        "import logging\ntry:\n    f()\nexcept Exception:\n    pass  # why",
        f"import logging\ntry:\n    f()\nexcept Exception:\n    {OWN}  # why",
    ),
    "bare": (
        "import logging\ntry:\n    f()\nexcept:\n    # why\n    pass\nfinally:\n    g()",
        f"import logging\ntry:\n    f()\nexcept:\n    # why\n    {OWN}\nfinally:\n    g()",
    ),
    "continue": (
        "import logging\nfor x in y:\n    try:\n        f(x)\n    except Exception as e:\n"
        "        continue  # next",
        "import logging\nfor x in y:\n    try:\n        f(x)\n    except Exception as e:\n"
        f"        {OWN}\n        continue  # next",
    ),
    "on one line": (
        "import logging\ntry: f()\nexcept Exception: pass",
        f"import logging\ntry: f()\nexcept Exception: {OWN}",
    ),
    "continue on one line": (
        "import logging\nwhile f():\n    try: g()\n    except: continue",
        f"import logging\nwhile f():\n    try: g()\n    except: {OWN}; continue",
    ),
    "the module's logger": (
        "from logging import getLogger as g\nlog = g('shop')\ndef f():\n    try:\n        h()\n"
        "    except Exception:\n        pass",
        "from logging import getLogger as g\nlog = g('shop')\ndef f():\n    try:\n        h()\n"
        '    except Exception:\n        log.debug("Ignored an exception", exc_info=True)',
    ),
    "a logger of that name inside": (
        "import logging\nlog = logging.getLogger('x')\nclass A:\n    async def f(self, log):\n"
        "        try:\n            await log()\n        except Exception:\n            pass",
        "import logging\nlog = logging.getLogger('x')\nclass A:\n    async def f(self, log):\n"
        f"        try:\n            await log()\n        except Exception:\n            {OWN}",
    ),
    "a logger that comes later": (
        "import logging\ntry:\n    f()\nexcept Exception:\n    pass\nlog = logging.getLogger('x')",
        f"import logging\ntry:\n    f()\nexcept Exception:\n    {OWN}\nlog = logging.getLogger('x')",
    ),
    "without logging": (
        "import os\n\ntry:\n    os.getpid()\nexcept Exception:\n    pass",
        f"import os\nimport logging\n\ntry:\n    os.getpid()\nexcept Exception:\n    {OWN}",
    ),
}
LEFT_ALONE = {
    "at the end of an object": (
        "class A:\n    def __del__(self):\n        try:\n            f()\n        except:\n            pass",
        "within `__del__`",
    ),
    "within logging": (
        "class A(logging.Handler):\n    def f(self):\n        try:\n            g()\n        except: pass",
        "a part of logging",
    ),
    "where a record is written": (
        "def emit(record):\n    try:\n        f(record)\n    except Exception:\n        pass",
        "within `emit`",
    ),
}
NOT_REPORTED = ("try:\n    f()\nexcept KeyError:\n    pass\n", "try:\n    f()\nexcept Exception:\n    g()\n")


@pytest.mark.parametrize("name", REWRITTEN)
def test_logs_what_is_ignored(name: str) -> None:
    before, after = (f"{code}\n" for code in REWRITTEN[name])

    check_rewritten("logged-exception", RULES, before, after)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("logged-exception", RULES, f"{code}\n", reason)


@pytest.mark.parametrize("code", NOT_REPORTED)
def test_is_not_asked_for_handlers_that_do_something_or_catch_one_thing(code: str) -> None:
    assert plan(code.encode(), "logged-exception", RULES) == []


def test_what_it_writes_ignores_the_error_and_logs_it(caplog: pytest.LogCaptureFixture) -> None:
    code = b"for x in [1, 0]:\n    try: y = 1 / x\n    except Exception: continue\ndone = True\n"
    result = apply_edits(code, plan(code, "logged-exception", RULES))
    scope: dict[str, object] = {"__name__": "shop"}

    with caplog.at_level(logging.DEBUG, logger="shop"):
        exec(result.candidate or b"", scope)

    assert scope["done"] is True
    assert [(each.name, each.levelname) for each in caplog.records] == [("shop", "DEBUG")]
    assert "ZeroDivisionError" in caplog.text
