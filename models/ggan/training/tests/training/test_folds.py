import dataclasses
import random
from collections import Counter

import pytest
import torch

from ggan_training.fit import Settings
from ggan_training.folds import FOLDS, folds_of, held_out, learnable
from ggan_training.groups import joined_groups
from ggan_training.variants import VARIANTS, varied_examples, varied_settings


@pytest.fixture
def everything(make_example):
    draws = random.Random(3)
    judged = [
        dataclasses.replace(make_example(seed, name), group=f"g{draws.randrange(20)}")
        for name in ("pairs", "tune")
        for seed in range(60)
    ]
    synthetic = [
        make_example(seed, "synthetic", split="train" if seed % 2 else "held-out") for seed in range(6)
    ]
    clean = [make_example(seed, "clean", fixed=False, split="held-out") for seed in range(3)]
    return [*judged, *synthetic, *clean]


def key(example):
    return example.set, example.group


def test_no_fold_learns_from_a_group_that_it_is_judged_by(everything):
    for fold in folds_of(everything, 1):
        assert {key(each) for each in fold.training}.isdisjoint({key(each) for each in fold.judged})
        assert fold.judged


def test_every_judged_program_is_in_one_fold_and_in_the_training_of_all_others(everything):
    folds = folds_of(everything, 1)
    judged = Counter(f"{each.set}/{each.id}" for fold in folds for each in fold.judged)
    learned = Counter(f"{each.set}/{each.id}" for fold in folds for each in fold.training)

    assert len(judged) == 120 and set(judged.values()) == {1}
    assert {learned[name] for name in judged} == {FOLDS - 1}


def test_what_is_held_out_is_in_no_training(everything):
    trained = {f"{each.set}/{each.id}" for fold in folds_of(everything, 1) for each in fold.training}

    for name, count in (("synthetic", 3), ("clean", 3)):
        kept = held_out(everything, name)
        assert len(kept) == count
        assert trained.isdisjoint({f"{each.set}/{each.id}" for each in kept})
    assert all(each.split == "train" for each in learnable(everything))


def test_folds_are_about_equal_and_depend_on_the_seed_only(everything):
    first, again, other = (folds_of(everything, seed) for seed in (1, 1, 2))
    ids = [[[each.id for each in fold.judged] for fold in folds] for folds in (first, again, other)]

    sizes = [len(fold.judged) for fold in first]
    assert max(sizes) - min(sizes) <= 8
    assert ids[0] == ids[1] != ids[2]


def test_groups_with_programs_of_one_family_are_one():
    groups = {"a": "one", "b": "two", "c": "two", "d": "three", "e": "four", "f": "five"}

    found = joined_groups(groups, {"a": 0, "b": 0, "c": 1, "d": 1, "e": 2})

    assert found == {"a": "one", "b": "one", "c": "one", "d": "one", "e": "four", "f": "five"}


@pytest.mark.parametrize(
    ("variant", "kept"),
    [("full", {0, 1, 2, 3}), ("no-edges", set()), ("syntax-only", {0}), ("no-def-use", {0, 1, 2})],
)
def test_a_variant_has_the_edges_that_its_name_says(everything, spec, variant, kept):
    for each in varied_examples(everything, spec, variant, 1):
        assert set(each.before.edge_type.tolist()) <= kept
        assert len(each.cut) == len(each.before.edge_type)
    types = {
        kind
        for each in varied_examples(everything, spec, variant, 1)
        for kind in each.before.edge_type.tolist()
    }
    assert types == kept


def test_without_synthetic_pairs_only_the_held_out_ones_are_left_to_judge(everything, spec):
    left = varied_examples(everything, spec, "no-synthetic", 1)

    assert {each.split for each in left if each.set == "synthetic"} == {"held-out"}


def test_shuffled_edges_keep_their_number_their_types_and_their_ends(everything, spec):
    shuffled = varied_examples(everything, spec, "shuffled-edges", 1)
    changed = 0
    for before, after in zip(everything, shuffled, strict=True):
        assert torch.equal(before.before.edge_type, after.before.edge_type)
        assert torch.equal(before.before.edge_source, after.before.edge_source)
        assert torch.equal(before.before.edge_target.sort().values, after.before.edge_target.sort().values)
        changed += not torch.equal(before.before.edge_target, after.before.edge_target)
    assert changed > len(everything) / 2


def test_a_bag_of_nodes_keeps_only_what_a_node_is_by_itself(everything, spec):
    for whole, bare in zip(everything, varied_examples(everything, spec, "bag-of-nodes", 1), strict=True):
        assert len(bare.before.edge_type) == 0
        assert bare.before.role.eq(0).all() and not whole.before.role.eq(0).all()
        assert torch.equal(bare.before.flags[:, 0], whole.before.flags[:, 0])
        assert bare.before.flags[:, 1:].eq(0).all() and not whole.before.flags[:, 1:].eq(0).all()
        assert torch.equal(bare.before.names, whole.before.names)


def test_only_one_variant_changes_the_settings():
    settings = Settings()

    changed = [variant for variant in VARIANTS if varied_settings(settings, variant) != settings]

    assert changed == ["no-adversarial"]
    assert varied_settings(settings, "no-adversarial").weights.adversarial == 0.0
