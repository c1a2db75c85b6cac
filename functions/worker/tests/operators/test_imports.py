"""Where needed imports go, seen in the program that comes out."""

import pytest

from sgcode_worker.operators.apply import apply_edits
from sgcode_worker.operators.program import NeededImport
from tests.operators.planning import edit_at
from tests.operators.toy import Quoting


def quoted(code: str, *imports: NeededImport) -> str | None:
    """The program with `old(x)` replaced and what that needs imported."""
    operators = {"quoting": Quoting(imports or None)}
    result = apply_edits(code.encode(), [edit_at(code, "old(x)", "quoting")], operators)
    return None if result.candidate is None else result.candidate.decode()


PLACES = {
    "nothing before": ("y = old(x)\n", "import shlex\n\ny = shlex.quote(x)\n"),
    "docstring": ('"""Doc."""\ny = old(x)\n', '"""Doc."""\n\nimport shlex\n\ny = shlex.quote(x)\n'),
    "docstring and a blank line": (
        '"""Doc."""\n\ny = old(x)\n',
        '"""Doc."""\n\nimport shlex\n\ny = shlex.quote(x)\n',
    ),
    "future import": (
        "from __future__ import annotations\ny = old(x)\n",
        "from __future__ import annotations\nimport shlex\n\ny = shlex.quote(x)\n",
    ),
    "docstring and future imports": (
        '"""Doc."""\nfrom __future__ import annotations\nfrom __future__ import division\n\ny = old(x)\n',
        '"""Doc."""\nfrom __future__ import annotations\nfrom __future__ import division\nimport shlex\n\n'
        "y = shlex.quote(x)\n",
    ),
    "interpreter and encoding": (
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\ny = old(x)\n",
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nimport shlex\n\ny = shlex.quote(x)\n",
    ),
    "encoding on the second line": (
        "\n# coding: utf-8\ny = old(x)\n",
        "\n# coding: utf-8\nimport shlex\n\ny = shlex.quote(x)\n",
    ),
    "comment of the first function": (
        "# The file.\n\n# The function.\n# More.\ndef f():\n    return old(x)\n",
        "# The file.\n\nimport shlex\n\n# The function.\n# More.\ndef f():\n    return shlex.quote(x)\n",
    ),
    "blank lines first": ("\n\ny = old(x)\n", "\n\nimport shlex\n\ny = shlex.quote(x)\n"),
    "standard imports before others": (
        "import os\n\nimport flask\n\ny = old(x)\n",
        "import os\nimport shlex\n\nimport flask\n\ny = shlex.quote(x)\n",
    ),
    "only other imports": (
        "import flask\ny = old(x)\n",
        "import flask\nimport shlex\ny = shlex.quote(x)\n",
    ),
    "comments among imports": (
        "# Standard.\nimport os  # paths\n# Others.\nimport flask\n\ny = old(x)\n",
        "# Standard.\nimport os  # paths\nimport shlex\n# Others.\nimport flask\n\ny = shlex.quote(x)\n",
    ),
    "import over several lines": (
        "from os import (\n    path,\n    sep,\n)\ny = old(x)\n",
        "from os import (\n    path,\n    sep,\n)\nimport shlex\ny = shlex.quote(x)\n",
    ),
    "several imports in one line": (
        "import os; import re\ny = old(x)\n",
        "import os; import re\nimport shlex\ny = shlex.quote(x)\n",
    ),
    "imports after the first use": (
        "y = old(x)\nimport os\n",
        "import shlex\n\ny = shlex.quote(x)\nimport os\n",
    ),
    "code between the imports": (
        "import os\nos.environ.clear()\nimport flask\ny = old(x)\n",
        "import os\nimport shlex\nos.environ.clear()\nimport flask\ny = shlex.quote(x)\n",
    ),
    "import inside the function only": (
        "def f():\n    import os\n    return old(x)\n",
        "import shlex\n\ndef f():\n    import os\n    return shlex.quote(x)\n",
    ),
    "import in a try": (
        "try:\n    import yaml\nexcept ImportError:\n    yaml = None\ny = old(x)\n",
        "import shlex\n\ntry:\n    import yaml\nexcept ImportError:\n    yaml = None\ny = shlex.quote(x)\n",
    ),
    "same module by name": (
        "from shlex import split\ny = old(x)\n",
        "from shlex import split\nfrom shlex import quote\ny = quote(x)\n",
    ),
    "visible already": ("import shlex as s\ny = old(x)\n", "import shlex as s\ny = s.quote(x)\n"),
    "name is taken": (
        "shlex = 1\ny = old(x)\n",
        "import shlex as _shlex\n\nshlex = 1\ny = _shlex.quote(x)\n",
    ),
    "first statement is replaced": ("old(x)\n", "import shlex\n\nshlex.quote(x)\n"),
    "no line end": ("import os\ny = old(x)", "import os\nimport shlex\ny = shlex.quote(x)"),
    "decorated function": (
        "import os\n\n\n@old(x)\ndef f(): pass\n",
        "import os\nimport shlex\n\n\n@shlex.quote(x)\ndef f(): pass\n",
    ),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", PLACES)
def test_place(name: str, line_end: str) -> None:
    before, after = (text.replace("\n", line_end) for text in PLACES[name])

    assert quoted(before) == after


@pytest.mark.parametrize(
    "code",
    [
        '"""Doc."""; y = old(x)\n',
        "from __future__ import annotations; y = old(x)\n",
    ],
)
def test_declines_where_no_line_is_early_enough(code: str) -> None:
    assert quoted(code) is None


def test_several_imports_are_sorted_and_written_once() -> None:
    code = "y = old(x)\nz = old(x)\n"
    needed = [
        NeededImport("shlex"),
        NeededImport("os.path", None, "_path"),
        NeededImport("html", "escape"),
        NeededImport("html", "unescape", "_unescape"),
    ]
    edits = [edit_at(code, "old(x)", "quoting", number=number) for number in (0, 1)]

    result = apply_edits(code.encode(), edits, {"quoting": Quoting(needed)})

    assert result.candidate is not None
    assert result.candidate.decode().splitlines() == [
        "from html import escape",
        "from html import unescape as _unescape",
        "import os.path as _path",
        "import shlex",
        "",
        "y = shlex.quote(x)",
        "z = shlex.quote(x)",
    ]
