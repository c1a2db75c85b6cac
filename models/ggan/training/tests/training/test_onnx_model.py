import numpy as np
import onnx
import pytest
import torch

from ggan_training.generator import Generator, Shape
from ggan_training.graphs import graph_of
from ggan_training.onnx_model import OUTPUTS, feeds, run, session, torch_says, write_onnx
from ggan_training.spec import SPEC_PATH, read_spec

NO_EDGES = {"source": [], "target": [], "type": []}


@pytest.fixture(scope="module")
def generator(spec):
    torch.manual_seed(3)
    return Generator(spec, Shape(width=16)).eval()


@pytest.fixture
def model(generator, tmp_path):
    path = tmp_path / "model.onnx"
    write_onnx(generator, path)
    return path


def without(document, kept):
    edges = document["edges"]
    rows = [row for row in zip(edges["source"], edges["target"], edges["type"], strict=True) if kept(row)]
    columns = [list(each) for each in zip(*rows, strict=True)] or [[], [], []]
    return document | {"edges": dict(zip(("source", "target", "type"), columns, strict=True))}


def first_node(document):
    per_node = ("kind", "role", "literal", "names", "flags", "span")
    return document | {name: document[name][:1] for name in per_node} | {"edges": NO_EDGES}


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document,
        lambda document: without(document, lambda row: row[2] != 3),
        first_node,
    ],
    ids=["whole", "no def-use edge", "a module without code"],
)
@pytest.mark.parametrize("fillers", [2, 30])
def test_onnx_runtime_says_what_pytorch_says(generator, spec, model, make_document, change, fillers):
    inputs = feeds(graph_of(change(make_document(1, fillers=fillers)), spec), generator)

    theirs, ours = run(session(model), inputs), torch_says(generator, inputs)

    for name in OUTPUTS:
        assert theirs[name].shape == ours[name].shape
        np.testing.assert_allclose(theirs[name], ours[name], atol=1e-4, err_msg=name)


def test_probabilities_are_probabilities(generator, spec, model, make_document):
    graph = graph_of(make_document(1), spec)

    said = run(session(model), feeds(graph, generator))

    assert said["risk"].shape == (graph.nodes,)
    assert said["score"].shape == (1,)
    assert said["cut"].shape == (len(graph.uses(spec)),)
    for name in ("risk", "cut"):
        assert (said[name] > 0).all() and (said[name] < 1).all()
    for name in ("cwe", "operator"):
        np.testing.assert_allclose(said[name].sum(axis=1), 1.0, atol=1e-5)


def test_the_file_says_nothing_of_the_machine(model):
    content = model.read_bytes()

    assert b"/home/" not in content and b"site-packages" not in content
    assert b"ggan_training" not in content
    assert onnx.load(model).opset_import[0].version >= 17


def test_the_model_with_the_real_vocabulary_is_below_two_megabytes(tmp_path):
    if not SPEC_PATH.exists():
        pytest.skip(f"{SPEC_PATH} is not there")
    path = tmp_path / "model.onnx"

    write_onnx(Generator(read_spec(), Shape()), path)

    assert path.stat().st_size < 2_000_000
