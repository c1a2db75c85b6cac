"""Graphs with what PyTorch said of them, for tests that have no PyTorch."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ggan_training.generator import Generator
from ggan_training.graphs import graph_of
from ggan_training.onnx_model import feeds, torch_says

# Plain, broken, without a flow, with letters beyond ASCII, with nothing in it, and one flow too many.
PROGRAMS = {
    "query": (
        "import sqlite3\n\n\n"
        "def find(connection, name):\n"
        "    query = \"SELECT id FROM users WHERE name = '%s'\" % name\n"
        "    return connection.execute(query).fetchall()\n"
    ),
    "broken": "import os\n\ndef remove(path:\n    os.system('rm ' + path\n    return (\n",
    "no-flow": "print('ready')\n",
    "unicode": (
        "from flask import request\n\n\n"
        "def grüße():\n"
        "    größe = request.args['größe']  # 🙂\n"
        "    return f'<b>🙂 {größe}</b>'\n"
    ),
    "empty": "",
    "method": (
        "import hashlib\nimport subprocess as sp\n\n\n"
        "class Store:\n"
        "    def __init__(self, root):\n"
        "        self.root = root\n\n"
        "    async def pack(self, names):\n"
        "        for name in sorted(names):\n"
        "            if not name:\n"
        "                continue\n"
        "            sp.call('tar cf ' + name + ' ' + self.root, shell=True)\n"
        "        return hashlib.md5(self.root.encode()).hexdigest()\n"
    ),
}


def write_golden_codes(path: Path) -> None:
    """Write the programs, from which their graphs are dumped."""
    lines = [json.dumps({"id": name, "code": code}, ensure_ascii=False) for name, code in PROGRAMS.items()]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def golden(generator: Generator, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return for each dumped graph its program, the graph, and what PyTorch says of it."""
    return {
        "version": 1,
        "specSha256": generator.spec.sha256,
        "graphs": [
            {
                "id": document["id"],
                "code": PROGRAMS[document["id"]],
                "graph": {name: value for name, value in document.items() if name != "id"},
                "said": _said(generator, document),
            }
            for document in documents
        ],
    }


def _said(generator: Generator, document: dict[str, Any]) -> dict[str, Any]:
    graph = graph_of(document, generator.spec)
    said = torch_says(generator, feeds(graph, generator))
    if len(graph.uses(generator.spec)) == 0:
        said["cut"] = said["cut"][:0]
    return {name: [_rounded(row) for row in value.tolist()] for name, value in said.items()}


def _rounded(value: Any) -> Any:
    """Six places are enough to compare at 1e-4, and keep the file small."""
    return [round(each, 6) for each in value] if isinstance(value, list) else round(value, 6)
