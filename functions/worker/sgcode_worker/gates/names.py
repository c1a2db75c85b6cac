"""What a name or an attribute chain stands for, through the file's imports and aliases."""

import ast
from dataclasses import dataclass, field

# Fragments use these without their import; a name that nothing binds is read as the module.
_WELL_KNOWN = frozenset(
    "os subprocess commands popen2 yaml pickle cPickle dill marshal shelve jsonpickle json hashlib hmac "
    "random secrets requests urllib urllib2 httpx socket ssl tempfile shutil tarfile zipfile xml lxml "
    "defusedxml jinja2 flask sqlite3 html cgi shlex re sys logging time datetime pathlib codecs io ast "
    "base64 asyncio ctypes pty importlib builtins crypt bcrypt paramiko ftplib telnetlib smtplib http "
    "operator functools types werkzeug django".split()
)


@dataclass(frozen=True)
class Imported:
    """One imported name: `import module as alias`, or `from module import name as alias`."""

    module: str
    name: str | None
    alias: str
    line: int
    definition: str

    @property
    def target(self) -> str:
        """The dotted name that the alias stands for."""
        if self.name is not None:
            return f"{self.module}.{self.name}"
        return self.module if self.alias != self.module.split(".")[0] else self.alias


@dataclass
class Names:
    """The imports of one file and every name that it binds anywhere."""

    imported: list[Imported] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)

    def add_import(self, statement: ast.Import | ast.ImportFrom, definition: str) -> None:
        """Record the names that an import statement binds."""
        for alias in statement.names:
            if isinstance(statement, ast.ImportFrom):
                module = "." * statement.level + (statement.module or "")
                entry = Imported(module, alias.name, alias.asname or alias.name, statement.lineno, definition)
            else:
                bound = alias.asname or alias.name.split(".")[0]
                entry = Imported(alias.name, None, bound, statement.lineno, definition)
            self.imported.append(entry)
            self.targets[entry.alias] = entry.target

    def dotted(self, node: ast.expr) -> str | None:
        """Return `subprocess.run` for `sp.run`, `open` for a builtin, None for what hangs on a value."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        root = self.targets.get(node.id)
        if root is None:
            if parts and (node.id in self.bound or node.id not in _WELL_KNOWN):
                return None
            root = node.id
        return ".".join([root, *reversed(parts)])

    def callee(self, node: ast.expr) -> str:
        """Return a stable key for what is called: dotted where known, `.method` on a value, else `()`."""
        dotted = self.dotted(node)
        if dotted is not None:
            return dotted
        return f".{node.attr}" if isinstance(node, ast.Attribute) else "()"
