"""`secure-random`: what must not be guessed is drawn from the system's random numbers."""

import libcst as cst

from sgcode_worker.operators.crypto.hash_reach import walk, words_in
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.secrets_env.words import name_words
from sgcode_worker.operators.visibility import dotted_name

# All of them methods of random.SystemRandom with the same arguments.
_DRAWS = frozenset(
    "random.random random.randrange random.randint random.choice random.choices random.uniform "
    "random.triangular random.randbytes random.sample random.getrandbits".split()
)
_SECRET = frozenset(
    "password passwords passwd passphrase pwd pw token tokens secret secrets session sessions sid csrf otp "
    "nonce salt credential credentials apikey captcha pin passcode verification activation reset".split()
)
_KEYS = frozenset("api secret private access session encryption license activation auth".split())
_PLAY = frozenset(
    "simulate simulation test tests mock fake faker dummy demo game dice shuffle seed benchmark".split()
)


class SecureRandom:
    """`random.choice` for a token becomes `secrets.choice`; other draws use `SystemRandom`."""

    name = "secure-random"
    cwe = "CWE-330"
    precondition = (
        "A call of a function of `random` that names show to make a password, token, key or session id, in a "
        "program that never seeds `random`."
    )
    changes = "Nothing but where the random numbers come from."
    example = (
        "import random\ntoken = ''.join(random.choice(letters) for _ in range(32))\n",
        "import random\nimport secrets\ntoken = ''.join(secrets.choice(letters) for _ in range(32))\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with a source that cannot be guessed."""
        call = planned_node(program, edit, (each for each in program.nodes(cst.Call) if _draw(program, each)))
        if call is None:
            return Declined("No call is there that certainly draws from the module `random`.")
        if any(program.imported_names(each.func) == {"random.seed"} for each in _calls_of(program, "seed")):
            return Declined("The program seeds `random`, so its numbers are meant to be repeatable.")
        near = _near(program, call)
        if near & _PLAY:
            return Declined(
                "Names speak of a test, a game or a simulation: the numbers protect nothing there."
            )
        if not near & _SECRET and not ("key" in near and near & _KEYS):
            return Declined(
                "What the numbers are for cannot be told: whatever must not be guessed needs `secrets`."
            )
        function, imports = _secure(program, call, _draw(program, call))
        summary = "Draws from the system's random numbers, which cannot be guessed."
        where = program.definition(call)
        declared = [
            DeclaredChange("import", f"{each.module}.{each.name}", where, f"`{each.name}` is imported.")
            for each in imports
            if each.name is not None
        ]
        return Rewrite(summary, {call.func: function}, imports, declared)


def _draw(program: Program, call: cst.Call) -> str:
    """The function of `random` that is called, '' for anything else."""
    if dotted_name(call.func) is None:
        return ""
    names = program.imported_names(call.func)
    return names.pop().rpartition(".")[2] if len(names) == 1 and names <= _DRAWS else ""


def _calls_of(program: Program, name: str) -> list[cst.Call]:
    return [
        each for each in program.nodes(cst.Call) if (dotted_name(each.func) or "").rpartition(".")[2] == name
    ]


def _near(program: Program, call: cst.Call) -> set[str]:
    """The words of the statement around the call, of its function and class, and of where it goes later."""
    words: set[str] = set()
    names: set[str] = set()
    for outer in program.ancestors(call):
        if isinstance(outer, (cst.FunctionDef, cst.ClassDef)):
            words.update(name_words(outer.name.value))
        if isinstance(outer, cst.BaseSmallStatement):
            words |= words_in([outer])
            if isinstance(outer, cst.Assign):
                names = {each.target.value for each in outer.targets if isinstance(each.target, cst.Name)}
    return words | _later(program, call, names)


def _later(program: Program, call: cst.Call, names: set[str]) -> set[str]:
    """The words of the targets and keywords that the variable is put into within the function."""
    outer = program.enclosing(call, cst.FunctionDef)
    if outer is None or not names:
        return set()
    words: set[str] = set()
    for node in walk(outer):
        value: cst.CSTNode | None = None
        target: list[cst.CSTNode] = []
        if isinstance(node, cst.Assign):
            value, target = node.value, [each.target for each in node.targets]
        elif isinstance(node, cst.Arg) and node.keyword is not None:
            value, target = node.value, [node.keyword]
        used = () if value is None else (each.value for each in walk(value) if isinstance(each, cst.Name))
        if any(each in names for each in used):
            words |= words_in(target)
    return words


def _secure(program: Program, call: cst.Call, name: str) -> tuple[cst.BaseExpression, list[NeededImport]]:
    if name == "choice":
        function, needed = program.reference("secrets", "choice", at=call)
        return function, [needed] if needed is not None else []
    if isinstance(call.func, cst.Attribute):
        maker: cst.BaseExpression = call.func.with_changes(attr=cst.Name("SystemRandom"))
        needed = None
    else:
        maker, needed = program.reference("random", "SystemRandom", at=call)
    return cst.Attribute(cst.Call(maker), cst.Name(name)), [needed] if needed is not None else []
