"""Calls moved to where analyzers do not look: other APIs, looked-up names, unpacked arguments."""

import ast
import re
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

# Names as Names.callee gives them. A method on a value begins with a dot.
_UNMODELED = re.compile(
    r"os\.(?:spawn\w+|posix_spawnp?|exec[lv]\w*|startfile|fork|forkpty|tempnam|tmpnam)$|posix\.\w+$|nt\.\w+$|pty\.\w+$"
    r"|_posixsubprocess\.\w+$|ctypes\.\w+.*|cffi\.\w+.*|asyncio\.create_subprocess_shell$|\.subprocess_(?:shell|exec)$"
    r"|importlib\.\w+.*|__import__$|imp\.\w+$|runpy\.\w+$|pkgutil\.\w+$|code\.\w+$|codeop\.\w+$|builtins\.\w+$|__builtins__\.\w+$"
    r"|(?:globals|locals|vars|breakpoint)$|types\.(?:FunctionType|CodeType|LambdaType|MethodType)$|timeit\.\w+$|trace\.\w+$|bdb\.\w+$"
    r"|operator\.(?:attrgetter|methodcaller|itemgetter)$|functools\.(?:partial|reduce)$|\.__getattribute__$|\.__getattr__$|\.__call__$"
    r"|(?:_pickle|cloudpickle|marshal|shelve|joblib|dill|jsonpickle)\.\w+$|multiprocessing\.\w+.*|pandas\.(?:eval|read_pickle)$|numexpr\.\w+$"
    r"|yaml\.(?:unsafe_load\w*|full_load\w*|load_all|(?:Unsafe|Full|C)?Loader|parse|compose|scan)$"
    r"|(?:yaml\.)?(?:constructor|loader)\.\w+$|\.(?:get_single_data|get_data|construct_document)$"
    r"|shutil\.unpack_archive$|tempfile\._\w+|(?:.*\.)?Safe(?:String|Text|Data|Bytes)$|(?:.*\.)?HTML$|contextlib\.suppress$|suppress$"
    r"|sys\.(?:settrace|setprofile|_getframe|modules\.\w+)$|inspect\.\w+$|gc\.get_objects$|atexit\.register$|signal\.signal$"
    r"|urllib3\.disable_warnings$|warnings\.(?:filterwarnings|simplefilter)$|logging\.disable$"
    r"|xml\.etree\.c?ElementTree\.(?:XML|XMLID|fromstringlist|XMLPullParser|ElementTree)$|xml\.parsers\.expat\.\w+$"
    r"|typing\.(?:ForwardRef|get_type_hints|_eval_type)$|(?:.*\.)?import_string$|logging\.config\.\w+$|pickle\._\w+$"
    r"|(?:.*\.)?DebuggedApplication$"
    r"|\.(?:create_function|enable_load_extension|load_extension)$|random\.SystemRandom\.\w+$|(?:string\.)?Template$|string\.Formatter$"
)
_SINK = re.compile(
    r"os\.(?:system|popen\d?|exec[lv]p?e?|spawn\w+|posix_spawnp?)$|subprocess\.(?:run|call|Popen|check_output|check_call|getoutput|getstatusoutput)$"
    r"|(?:pickle|cPickle|_pickle|marshal|dill)\.(?:loads?|Unpickler)$|yaml\.(?:load|unsafe_load|full_load)(?:_all)?$"
    r"|(?:builtins\.)?(?:eval|exec|compile|__import__|execfile)$|hashlib\.(?:md5|sha1|new)$|tempfile\.mktemp$|random\.(?:random|randint|choice)$"
)
_REACHED = frozenset(
    {
        "__globals__",
        "__builtins__",
        "__subclasses__",
        "__code__",
        "__dict__",
        "__reduce__",
        "__loader__",
        "__module__",
    }
)
# What decides where modules come from, and what watches or judges a running program.
_INTERPRETER = frozenset(
    f"sys.{name}"
    for name in "modules path meta_path path_hooks path_importer_cache addaudithook gettrace".split()
)
_LOOKUPS = frozenset({"getattr", "setattr", "delattr"})


def check_hiding(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every new use of a door that analyzers do not watch."""
    before, after = _hidden(comparison.original), _hidden(comparison.candidate)
    for fact in lost(after, before):
        yield Evidence(f"{fact}, which analyzers cannot follow", after.line(fact))


def _hidden(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        called = {id(call.node.func) for call in definition.calls}
        for call in definition.calls:
            for fact in _call(program, call):
                found.add(fact, call.node.lineno)
        for node in (*definition.attributes, *definition.names):
            key = program.names.dotted(node)
            if id(node) not in called and key is not None and _SINK.match(key):
                found.add(f"`{key}` is handed around instead of called", node.lineno)
            if key in _INTERPRETER:
                found.add(f"`{key}` is used", node.lineno)
        for attribute in definition.attributes:
            if attribute.attr in _REACHED:
                found.add(f"`{attribute.attr}` is reached into", attribute.lineno)
        for store in definition.stores:
            target = store.target
            if isinstance(target, ast.Attribute) and _imported(program, target.value):
                found.add(f"`{source_text(target)}` of an imported module is replaced", target.lineno)
    return found


def _imported(program: Outline, node: ast.expr) -> bool:
    """Whether an expression is an imported module or a part of one."""
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name) or root.id not in program.names.targets:
        return False
    return not program.names.targets[root.id].startswith("flask.")


def _call(program: Outline, call: Call) -> Iterator[str]:
    node, key = call.node, call.key
    if _UNMODELED.match(key):
        yield f"`{key.lstrip('.')}` is called"
    if key in _LOOKUPS and node.args and _module(program, node.args[0]):
        yield f"`{source_text(node)[:60]}` looks a name up by its text"
    if key in {"exec", "eval", "compile"} and node.args and _built(node.args[0]):
        yield f"`{key}` is given code that is put together"
    if key == "()" and isinstance(node.func, ast.Subscript) and not isinstance(node.func.value, ast.Name):
        yield f"`{source_text(node.func)[:60]}` is called through a lookup"
    unpacked = [keyword.value for keyword in node.keywords if keyword.arg is None]
    watched = _SINK.match(key) or key.endswith(".run") or key.startswith("requests.")
    if any(watched or isinstance(each, ast.Dict) for each in unpacked):
        yield f"the arguments of `{key.lstrip('.')}` are unpacked"


def _module(program: Outline, node: ast.expr) -> bool:
    return _imported(program, node) or (isinstance(node, ast.Name) and node.id == "__builtins__")


def _built(code: ast.expr) -> bool:
    """Whether code is text put together on the spot; a tree that was parsed before may have been checked."""
    if isinstance(code, ast.Call) and isinstance(code.func, ast.Name) and code.func.id == "compile":
        return not (code.args and isinstance(code.args[0], ast.Name))
    return isinstance(code, (ast.Call, ast.BinOp, ast.JoinedStr))
