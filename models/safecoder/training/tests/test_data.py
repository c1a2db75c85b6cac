import json
from collections import Counter

import pytest

from safecoder_training.data import Kind, Sample, is_usable, oversampled, pair_samples, standard_samples
from safecoder_training.pairs import Pair
from safecoder_training.template import function_instruction, prompt_of


def pair(vulnerable, secure, **changes):
    given = {"id": "1", "cwe": "CWE-020", "group": "a/b", "extension": "py", "instruction": "Load it."}
    return Pair(**{**given, **changes}, vulnerable=vulnerable, secure=secure)


def words(tokens):
    return "".join(chr(token - 10) for token in tokens)


def test_a_fix_gives_a_secure_sample_up_to_its_last_difference(letters):
    [secure] = pair_samples(pair("y.load(x)\n", "y.safe_load(x)\n"), letters, 400)

    prompt = prompt_of(function_instruction("Load it."))
    assert (secure.kind, words(secure.tokens[1:])) == (Kind.SECURE, f"{prompt}y.safe_")
    assert sum(secure.mask) == len("safe_")
    assert secure.mask[-5:] == (1, 1, 1, 1, 1)
    assert (secure.tokens[0], secure.minority) == (1, ("py", "CWE-020"))


def test_the_instruction_is_not_masked_and_both_versions_end_at_their_last_difference(letters):
    secure, vulnerable = pair_samples(pair("f(shell=True, x)\n", "f(shell=False, x)\n"), letters, 400)

    begin = len(prompt_of(function_instruction("Load it."))) + 1
    for sample in (secure, vulnerable):
        assert sum(sample.mask[:begin]) == 0
        assert sample.mask[-1] == 1
    assert words(vulnerable.tokens[begin:]) == "f(shell=Tru"
    assert words(secure.tokens[begin:]) == "f(shell=Fals"


def test_a_version_without_a_difference_of_its_own_is_dropped(letters):
    samples = pair_samples(pair("y.load(x)\n", "y.safe_load(x)\n"), letters, 400)

    assert [sample.kind for sample in samples] == [Kind.SECURE]


def test_a_sample_that_is_too_long_is_dropped_and_what_was_cut_does_not_count(letters):
    prompt = len(prompt_of(function_instruction("Load it."))) + 1
    fix = pair(f"f(a){'#' * 5000}", f"f(b){'#' * 5000}")

    assert len(pair_samples(fix, letters, prompt + 3)) == 2
    assert pair_samples(fix, letters, prompt + 2) == []


@pytest.mark.parametrize(
    ("mask", "is_taken"),
    [((0, 1), True), ((0, 0), False), ((1, 1), False), ((0, 1, 1), False)],
)
def test_a_sample_is_usable_with_some_of_it_masked_and_within_the_limit(mask, is_taken):
    assert is_usable(Sample(Kind.SECURE, mask, mask), 2) is is_taken


def test_a_standard_sample_is_masked_on_its_answer_and_its_end(letters, tmp_path):
    file = tmp_path / "instructions.jsonl"
    rows = [
        {"instruction": "Add.", "input": "", "output": "1"},
        {"instruction": "Add.", "input": "2", "output": "3"},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows))

    plain, given = standard_samples(file, letters, 400)

    assert plain.kind is Kind.STANDARD
    assert plain.tokens[-2:] == (ord("1") + 10, letters.end)
    assert (sum(plain.mask), plain.mask[-2:]) == (2, (1, 1))
    assert "### Input:\n2\n" in words(given.tokens[1:-1])


class TestOversampling:
    def samples(self, **classes):
        return [
            Sample(Kind.SECURE, (number, 1), (0, 1), ("py", name))
            for name, count in classes.items()
            for number in range(count)
        ]

    def test_small_classes_are_topped_up_and_large_ones_are_left(self):
        given = self.samples(small=2, large=30)

        taken = oversampled(given, 20, seed=1)

        assert Counter(sample.minority[1] for sample in taken) == {"small": 20, "large": 30}
        assert taken[: len(given)] == given
        assert set(taken) == set(given)

    def test_the_same_seed_draws_the_same_and_another_does_not(self):
        given = self.samples(small=5)

        assert oversampled(given, 40, seed=1) == oversampled(given, 40, seed=1)
        assert oversampled(given, 40, seed=1) != oversampled(given, 40, seed=2)

    def test_files_of_other_languages_are_classes_of_their_own(self):
        given = [Sample(Kind.SECURE, (1, 2), (0, 1), (extension, "CWE-089")) for extension in ("py", "js")]

        assert len(oversampled(given, 3, seed=1)) == 6

    def test_none_is_asked_for(self):
        given = self.samples(small=2)

        assert oversampled(given, 0, seed=1) == given
