"""The fingerprint, through Bandit: what may change elsewhere without changing it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgcode_worker.analyzers.fingerprint import fingerprints, normalize
from sgcode_worker.analyzers.registry import load_analyzer
from sgcode_worker.source import read_source

PROGRAM = """\
import subprocess


class Runner:
    def run(self, command, password="hunter2"):
        subprocess.call(
            command,
            shell=True,
        )
        return eval(command)

    def again(self, command):
        subprocess.call(command, shell=True)
        subprocess.call(command, shell=True)


def outer(query):
    def inner(table):
        return "SELECT * FROM %s WHERE x = '%s'" % (table, query)

    try:
        return inner("é" + query)
    except Exception:
        pass


assert eval("1")
""".splitlines()

NEUTRAL = st.sampled_from(["", "    ", "# a note", "        # eval(x)  # nosec", "\t# tab"])


def marks(code: str) -> list[tuple[str, str, str]]:
    analysis = load_analyzer("bandit").analyze(read_source(code.encode()))
    assert analysis.reason is None
    return [(each.rule, each.definition, each.fingerprint) for each in analysis.findings]


BEFORE = marks("\n".join(PROGRAM) + "\n")


def test_the_program_has_findings_that_only_the_occurrence_tells_apart() -> None:
    assert len(BEFORE) == 10
    assert len({mark for _, _, mark in BEFORE}) == len(BEFORE)
    assert [place for rule, place, _ in BEFORE if rule == "B602"] == ["Runner.run", *["Runner.again"] * 2]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(PROGRAM)), NEUTRAL), max_size=12))
def test_blank_lines_and_comments_anywhere_change_nothing(insertions: list[tuple[int, str]]) -> None:
    lines = list(PROGRAM)
    for place, text in insertions:
        lines.insert(place, text)

    assert marks("\n".join(lines) + "\n") == BEFORE


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from([2, 3, 15, 16, 25]), min_size=1, max_size=4),
    st.sampled_from(["eval(x)", "subprocess.call(x, shell=True)", "pass"]),
)
def test_other_functions_elsewhere_change_nothing(places: list[int], body: str) -> None:
    lines = list(PROGRAM)
    for number, place in enumerate(sorted(places, reverse=True)):
        lines[place:place] = [f"def other_{number}(x):", f"    {body}"]

    after = marks("\n".join(lines) + "\n")

    assert [each for each in after if not each[1].startswith("other_")] == BEFORE


def test_an_edited_statement_is_another_finding() -> None:
    edited = marks("\n".join(PROGRAM).replace("eval(command)", "eval(commands)") + "\n")

    assert len(set(BEFORE) - set(edited)) == 1


def test_the_same_code_in_another_definition_is_another_finding() -> None:
    assert len(set(fingerprints([("B1", "f", "x()"), ("B1", "g", "x()"), ("B2", "f", "x()")]))) == 3


def test_formula() -> None:
    # printf '%s' '["B602","f","call(x)",0]' | sha256sum
    assert fingerprints([("B602", "f", "call( x )  # why")]) == ["5b4099c2f4aac826"]


def test_normalize_leaves_strings_that_look_like_comments() -> None:
    assert normalize("x = '# no' # yes") == "x='#no'"
    assert normalize("x = (1, # one\n  2)") == normalize("x = (1, 2)")
    assert normalize("x = 1 + \\\n 2") == "x=1+2"


@given(st.text(max_size=60))
def test_normalize_never_raises(text: str) -> None:
    normalize(text)
