"""What is said of changed statements that no compared input reached."""

from sgcode_runner.inside.plan.changes import changed_statements
from sgcode_runner.inside.plan.mend import parsed
from sgcode_runner.inside.watch.marks import Marks

from .programs import check

BACKUP = """
import subprocess

def back_up(name, level):
    if level > 10 ** 9:
        subprocess.call("gzip " + name, shell=True)
    print("done", name)
    return name

def show(name):
    subprocess.call("ls " + name, shell=True)
"""


def unreached(original: str, candidate: str) -> list[tuple[str, list[int], bool]]:
    answer = check(original, candidate)
    assert answer["verdict"] == "kept", answer
    return [(each["part"], each["lines"], each["isWhole"]) for each in answer["unreached"]]


def test_a_program_that_is_the_same_has_nothing_unreached():
    assert unreached(BACKUP, BACKUP.replace("import subprocess", "import subprocess  # noqa")) == []


def test_says_nothing_of_changes_that_were_reached():
    assert unreached(BACKUP, BACKUP.replace('"ls " + name, shell=True', '["ls", name]')) == []


def test_says_which_changed_definition_was_not_reached():
    fixed = BACKUP.replace('"ls " + name, shell=True', '["ls", name]')
    fixed = fixed.replace('"gzip " + name, shell=True', '["gzip", name]')

    assert unreached(BACKUP, fixed) == [("back_up", [6], True)]


def test_says_which_lines_were_not_reached_beside_those_that_were():
    fixed = BACKUP.replace(
        "    print(", '    if name.count("z") > 99:\n        raise ValueError(name)\n    print('
    )

    assert unreached(BACKUP, fixed) == [("back_up", [8], False)]


def test_looks_for_lost_statements_in_the_original():
    lost = BACKUP.replace('        subprocess.call("gzip " + name, shell=True)\n', "        pass\n")
    gone = BACKUP.replace("    if level > 10 ** 9:\n", "    if level > 10 ** 9:\n        print(level)\n")

    assert unreached(BACKUP, lost) == [("back_up", [6], True)]
    assert unreached(gone, BACKUP) == [("back_up", [], True)]


def test_a_helper_that_nothing_calls_is_not_reached():
    helper = "\ndef clean(text):\n    return text.strip()\n"

    used = BACKUP.replace("> 10 ** 9:", "> 10 ** 9 and clean(name):")

    assert unreached(BACKUP, BACKUP + helper) == [("clean", [14], True)]
    assert unreached(BACKUP, used + helper) == [("clean", [14], True)]
    assert unreached(BACKUP, used.replace("and clean(name)", "+ len(clean(name))") + helper) == []


def test_inputs_that_are_not_judged_reach_nothing():
    # Without the value the original fails by accident, and what the candidate does instead is not compared.
    original = (
        "import os\ndef size(row):\n    return os.stat(row['no such key'] + row)\ndef say():\n    print(1)\n"
    )
    candidate = original.replace("row['no such key'] + row", "row.get('no such key')")

    assert unreached(original, candidate) == [("size", [3], True)]


def test_marks_change_neither_texts_nor_names_nor_lines():
    program = (
        '"""What it is."""\nfrom __future__ import annotations\nclass Box:\n    """A box."""\n'
        "    size = 1\n    def look(self):\n        return sorted(vars(Box))\n"
    )
    places = changed_statements(parsed(""), parsed(program))["candidate"]
    marks = Marks(each["at"] for each in places)
    world: dict = {}
    exec(marks.compiled(program, "program.py"), world)

    assert world["__doc__"] == "What it is."
    assert world["Box"].__doc__ == "A box."
    assert "size" in world["Box"]().look()
    assert not [name for name in (*world, *vars(world["Box"])) if name.startswith("_ran")]
    assert [each["line"] for each in places if each["at"] in marks.ran()] == [3, 5, 6, 7]
    marks.begin()
    world["Box"]()
    assert marks.ran() == []


def test_finds_a_change_by_its_place_where_statements_are_the_same():
    before = "def f(a):\n    if a:\n        return 0\n    print(a)\n    return 0\n"
    after = before.replace("    if a:", "    if a == 2:\n        return 0\n    if a:")

    changes = changed_statements(parsed(before), parsed(after))

    assert [each["line"] for each in changes["candidate"]] == [2, 3]
    assert changes["original"] == []


def test_many_changes_are_found_in_time():
    before = "".join(f"a{number} = 1\n" for number in range(5000))

    assert len(changed_statements(parsed(before), parsed(before.replace("= 1", "= 2")))["candidate"]) == 1000
