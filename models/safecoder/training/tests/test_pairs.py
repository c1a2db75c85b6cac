import json

import pytest

from safecoder_training.pairs import Pair, read_pairs, split


def row(**changes):
    given = {
        "id": "1",
        "cwe": "CWE-089",
        "group": "a/b",
        "file": "src/app.py",
        "before": "def find(db, name):\n    db.execute('... ' + name)",
        "after": "def find(db, name):\n    db.execute('... ?', (name,))",
    }
    return {**given, **changes}


def read(tmp_path, *rows):
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(each) for each in rows))
    return read_pairs(file)


def test_a_row_becomes_a_pair(tmp_path):
    [pair] = read(tmp_path, row())

    assert (pair.group, pair.cwe, pair.extension) == ("a/b", "CWE-089", "py")
    assert pair.instruction == "Write the function find. Its parameters are db, name."
    assert pair.secure.endswith("(name,))\n")


def test_a_method_is_taken_out_of_its_indentation(tmp_path):
    [pair] = read(
        tmp_path, row(before="    def f(self):\n        a()", after="    def f(self):\n        b()")
    )

    assert pair.vulnerable == "def f(self):\n    a()\n"
    assert pair.instruction == "Write the function f."


def test_a_description_of_its_own_is_taken(tmp_path):
    assert read(tmp_path, row(description="Find a user."))[0].instruction == "Find a user."


def test_what_only_one_version_has_is_not_told(tmp_path):
    before = "def f(a):\n    '''Read it.'''\n    x(a)"
    after = "def f(a, safe):\n    '''Read it safely.'''\n    y(a)"

    assert read(tmp_path, row(before=before, after=after))[0].instruction == (
        "Write the function f. Its parameters are a."
    )


def test_code_of_python_2_is_described_by_its_name(tmp_path):
    before, after = "def f(a):\n    print a", "def f(a):\n    print b"

    assert read(tmp_path, row(before=before, after=after))[0].instruction == "Write the function f."


def test_a_line_that_lacks_something_is_named(tmp_path):
    broken = row()
    del broken["cwe"], broken["after"]

    with pytest.raises(ValueError, match="line 2 has no cwe, after"):
        read(tmp_path, row(), broken)


class TestSplit:
    def pairs(self, *groups):
        return [
            Pair(
                str(number),
                "CWE-1",
                group,
                "py",
                "",
                f"def f{number}(): return {number} + x{number} * y{number}",
                "",
            )
            for number, group in enumerate(groups)
        ]

    def test_no_repository_is_on_both_sides(self):
        pairs = self.pairs(*[f"r{number % 17}" for number in range(100)])

        for seed in range(20):
            learned, held = split(pairs, 0.2, seed)
            assert not {pair.group for pair in learned} & {pair.group for pair in held}
            assert sorted([*learned, *held], key=lambda pair: int(pair.id)) == pairs
            assert 10 <= len(held) <= 20

    def test_a_repository_with_a_copy_of_a_function_goes_with_it(self):
        pairs = self.pairs(*[f"r{number}" for number in range(12)])
        copied = (
            "def add_input(self, data):\n    query = 'INSERT INTO crimes VALUES (%s);' % data\n    run(query)"
        )
        pairs[0] = Pair("0", "CWE-1", "r0", "py", "", copied, "")
        pairs[7] = Pair("7", "CWE-1", "r7", "py", "", copied.replace("run", "cursor.execute"), "")

        sides = [[pair.group for pair in split(pairs, 0.5, seed)[1]] for seed in range(20)]

        assert all(("r0" in held) == ("r7" in held) for held in sides)
        assert any("r0" in held for held in sides)

    def test_the_same_seed_splits_the_same(self):
        pairs = self.pairs(*[f"r{number}" for number in range(30)])

        assert split(pairs, 0.3, 4) == split(pairs, 0.3, 4)
        assert split(pairs, 0.3, 4) != split(pairs, 0.3, 5)

    def test_a_repository_that_is_larger_than_the_share_is_learned_from(self):
        learned, held = split(self.pairs(*["large"] * 9, "small"), 0.1, 1)

        assert {pair.group for pair in held} == {"small"}
        assert len(learned) == 9
