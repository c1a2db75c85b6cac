"""What a path is used for: the files that are opened, written, removed, listed or sent by it."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import is_builtin
from sgcode_worker.operators.secrets_env.words import name_words
from sgcode_worker.operators.visibility import dotted_name

_DEEPEST = 4
_FUNCTIONS = frozenset(
    "io.open codecs.open aiofiles.open gzip.open bz2.open lzma.open tarfile.open tarfile.TarFile os.open "
    "zipfile.ZipFile os.remove os.unlink os.rmdir os.removedirs os.rename os.renames os.replace os.listdir "
    "os.scandir os.mkdir os.makedirs os.chmod os.chown os.link os.symlink os.walk os.truncate "
    "os.path.getsize os.path.getmtime shutil.rmtree shutil.copy shutil.copy2 shutil.copyfile shutil.copytree "
    "shutil.move shutil.unpack_archive numpy.load numpy.loadtxt numpy.save numpy.savetxt joblib.load "
    "joblib.dump torch.load torch.save cv2.imread cv2.imwrite PIL.Image.open pandas.read_csv "
    "pandas.read_excel pandas.read_json pandas.read_pickle sqlite3.connect logging.FileHandler "
    "urllib.request.urlretrieve".split()
)
# By their own name, wherever they come from.
_NAMED = frozenset("send_file FileResponse static_file serve_file".split())
_METHODS = frozenset(
    "save savefig to_csv to_excel to_json to_pickle get_contents_to_filename set_contents_from_filename "
    "download_file upload_file".split()
)
_OF_PATH = frozenset(
    "open read_text read_bytes write_text write_bytes unlink rmdir mkdir touch iterdir rename replace chmod "
    "symlink_to hardlink_to glob rglob".split()
)
_PATH_WORDS = frozenset("path paths file filename filepath dir directory folder".split())
_ADDRESS_WORDS = frozenset("url uri link href address route key".split())
_SAME_PATH = frozenset({"pathlib.Path", "pathlib.PosixPath", "os.fspath", "os.path.normpath"})


def file_uses(program: Program, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the calls that the path is handed to for a file, there or by a name of the same function.

    What a function returns counts where its name says that it gives a path, and no text was put together.
    """
    joined = isinstance(node, cst.Call) and text_of(getattr(node.func, "value", node)) is None
    divided = isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Divide)
    return _uses(program, node, _DEEPEST, returned=joined or divided)


def _uses(program: Program, node: cst.CSTNode, depth: int, *, returned: bool) -> Iterator[cst.CSTNode]:
    holder = program.parent(node)
    if isinstance(holder, cst.Arg):
        call = program.parent(holder)
        if isinstance(call, cst.Call) and holder.star == "":
            if _is_file_call(program, call):
                yield call
            elif depth and _is_same_path(program, call):
                yield from _uses(program, call, depth - 1, returned=returned)
    elif isinstance(holder, cst.Attribute) and holder.value is node:
        call = program.parent(holder)
        if isinstance(call, cst.Call) and call.func is holder and holder.attr.value in _OF_PATH:
            yield call
    elif isinstance(holder, cst.Return):
        if returned and _gives_path(program, holder):
            yield holder
    elif depth:
        for use in _named_uses(program, node, holder):
            yield from _uses(program, use, depth - 1, returned=returned)


def _gives_path(program: Program, statement: cst.Return) -> bool:
    function = program.enclosing(statement, cst.FunctionDef)
    words = set(name_words(function.name.value)) if function is not None else set()
    return bool(words & _PATH_WORDS) and not words & _ADDRESS_WORDS


def _is_file_call(program: Program, call: cst.Call) -> bool:
    if is_builtin(program, call.func, "open"):
        return True
    dotted = dotted_name(call.func)
    if dotted is not None and program.imported_names(call.func) & _FUNCTIONS:
        return True
    last = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted
    return last in _NAMED or (isinstance(call.func, cst.Attribute) and last in _METHODS)


def _is_same_path(program: Program, call: cst.Call) -> bool:
    if len(call.args) != 1:
        return False
    named = dotted_name(call.func) is not None and bool(program.imported_names(call.func) & _SAME_PATH)
    return named or is_builtin(program, call.func, "str")


def target_of(program: Program, node: cst.CSTNode) -> cst.Name | None:
    """Return the name that a statement gives the value to; None where it gives it to none, or to several."""
    holder = program.parent(node)
    target: cst.CSTNode | None = None
    if isinstance(holder, cst.Assign) and len(holder.targets) == 1 and holder.value is node:
        target = holder.targets[0].target
    elif isinstance(holder, (cst.AnnAssign, cst.NamedExpr)) and holder.value is node:
        target = holder.target
    return target if isinstance(target, cst.Name) else None


def _named_uses(program: Program, node: cst.CSTNode, holder: cst.CSTNode | None) -> Iterator[cst.Name]:
    """Where the name that the path is given is read, later in the same function."""
    target = target_of(program, node)
    if target is None:
        return
    scope = program.scope(target)
    function = program.enclosing(node, cst.FunctionDef)
    after = extent(program, node)[1]
    read = {access.node for each in scope[target.value] for access in each.references} if scope else set()
    for name in sorted(read, key=lambda each: extent(program, each)):
        later = isinstance(name, cst.Name) and extent(program, name)[0] >= after
        if later and program.enclosing(name, cst.FunctionDef) is function:
            yield name
