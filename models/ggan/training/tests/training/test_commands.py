import hashlib
import json
import shutil

import pytest

from ggan_training.__main__ import main
from ggan_training.examples import read_examples, write_codes
from ggan_training.golden import PROGRAMS
from ggan_training.spec import read_spec
from ggan_training.table import figures_table


def command(name, data, out, *more):
    spec = data / "graph-spec.json"
    return main([name, "--data", str(data), "--spec", str(spec), "--out", str(out), "--epochs", "1", *more])


def test_the_programs_to_dump_are_both_sides_of_all_sets(data):
    count = write_codes(data)

    lines = [json.loads(line) for line in (data / "codes.jsonl").read_text(encoding="utf-8").splitlines()]
    graphs = [
        json.loads(line)["id"] for line in (data / "graphs.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert count == len(lines)
    assert {line["id"] for line in lines} == set(graphs)
    assert {"id": "pairs/003/after", "code": "after 3"} in lines


def test_a_program_without_a_graph_is_an_error(data):
    spec = read_spec(data / "graph-spec.json")
    lines = (data / "graphs.jsonl").read_text(encoding="utf-8").splitlines()
    (data / "graphs.jsonl").write_text("\n".join(lines[1:]), encoding="utf-8")

    with pytest.raises(KeyError, match="pairs/000/before"):
        read_examples(data, spec)


def test_tasks_that_are_one_program_in_other_words_are_of_one_group(data):
    spec = read_spec(data / "graph-spec.json")
    apart = {each.group for each in read_examples(data, spec) if each.set == "tune"}
    (data / "tune-families.json").write_text('{"000": 0, "011": 0, "005": 1}', encoding="utf-8")

    examples = read_examples(data, spec)

    groups = {each.id: each.group for each in examples if each.set == "tune"}
    assert len(set(groups.values())) == len(apart) - 1
    assert groups["000"] == groups["001"] == groups["010"] == groups["011"] != groups["005"]
    assert {each.group for each in examples if each.set == "pairs"} == apart


def test_a_program_too_large_for_the_model_is_left_out(data):
    spec = read_spec(data / "graph-spec.json")
    whole = len(read_examples(data, spec))
    spec.document["maxNodes"] = 8

    assert 0 < len(read_examples(data, spec)) < whole


def test_from_data_to_the_files_of_the_product(data, tmp_path, make_document, capsys):
    out, models, folds = tmp_path / "training", tmp_path / "model", tmp_path / "folds"
    golden = [json.dumps({"id": name} | make_document(seed)) for seed, name in enumerate(PROGRAMS)]
    (data / "golden-graphs.jsonl").write_text("\n".join(golden), encoding="utf-8")

    command("cross-validate", data, out, "--workers", "1")
    command("fit", data, out)
    command("export", data, models, "--models", str(out), "--folds-out", str(folds))
    main(["table", str(out / "results.json")])

    description = json.loads((models / "ggan.json").read_text(encoding="utf-8"))
    assert description["sha256"] == hashlib.sha256((models / "ggan.onnx").read_bytes()).hexdigest()
    assert description["specSha256"] == hashlib.sha256((data / "graph-spec.json").read_bytes()).hexdigest()
    assert description["calibration"]["flaggedPer100"] <= 1.0
    assert [each["id"] for each in json.loads((models / "golden.json").read_text())["graphs"]] == list(
        PROGRAMS
    )
    members = json.loads((folds / "folds.json").read_text(encoding="utf-8"))["folds"]
    assert sorted(name for fold in members for name in fold["pairs"]) == [f"{seed:03}" for seed in range(12)]
    assert (folds / "fold-4" / "ggan.onnx").exists() and (folds / "fold-4" / "ggan.json").exists()
    printed = capsys.readouterr().out
    assert "| full |" in printed and "pair ranking" in printed


def test_an_ablation_is_added_to_the_results(data, tmp_path):
    command("ablate", data, tmp_path / "out", "--workers", "1", "--variant", "no-edges")
    command("ablate", data, tmp_path / "out", "--workers", "1", "--variant", "no-adversarial")

    results = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert list(results) == ["no-edges", "no-adversarial"]
    assert not list((tmp_path / "out").glob("fold-*.pt"))


def test_a_table_has_the_error_beside_every_figure():
    results = {"full": {"figures": {"ranking": {"value": 0.86666, "error": 0.01234, "count": 502}}}}

    assert figures_table(results) == (
        "| variant | ranking |\n| --- | --- |\n|  | n = 502 |\n| full | 0.867 ± 0.012 |\n"
    )


def test_copies_of_the_data_give_the_same_figures(data, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in [*data.glob("*.json"), *data.glob("*.jsonl")]:
        shutil.copy(path, copy)

    command("ablate", data, tmp_path / "a", "--workers", "1", "--variant", "full")
    command("ablate", copy, tmp_path / "b", "--workers", "2", "--variant", "full")

    assert (tmp_path / "a" / "results.json").read_text() == (tmp_path / "b" / "results.json").read_text()
