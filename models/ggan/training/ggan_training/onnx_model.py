"""The generator as an ONNX file, and what ONNX Runtime says with it."""

import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from ggan_training.encoder import messages
from ggan_training.generator import Generator
from ggan_training.graphs import Graph

OPSET = 18
OUTPUTS = ("risk", "cwe", "operator", "cut", "score")
_NODES = ("kind", "role", "literal", "names", "flags")
_EDGES = ("edge_source", "edge_target", "edge_type")
_USES = ("use_source", "use_target")


class OneProgram(nn.Module):
    """The generator as the product asks it: one graph, and probabilities in return."""

    def __init__(self, generator: Generator) -> None:
        super().__init__()
        self.generator = generator

    def forward(
        self,
        kind: Tensor,
        role: Tensor,
        literal: Tensor,
        names: Tensor,
        flags: Tensor,
        edge_source: Tensor,
        edge_target: Tensor,
        edge_type: Tensor,
        use_source: Tensor,
        use_target: Tensor,
    ) -> tuple[Tensor, ...]:
        """Return what `OUTPUTS` names."""
        nowhere = torch.zeros_like(kind)
        graph = Graph(
            kind, role, literal, names, flags, edge_source, edge_target, edge_type, nowhere, nowhere, 1
        )
        inputs = self.generator.inputs(graph)
        states = self.generator.states(graph, inputs, messages(graph, self.generator.spec))
        said = self.generator.heads(graph, inputs, states, use_source, use_target)
        return (
            torch.sigmoid(said.risk),
            torch.softmax(said.cwe, dim=1),
            torch.softmax(said.operator, dim=1),
            torch.sigmoid(said.cut),
            said.score,
        )


def feeds(graph: Graph, generator: Generator) -> dict[str, np.ndarray]:
    """Return a graph as the model's inputs. Where it has no edge, one from the module to itself stands in."""
    uses = graph.uses(generator.spec)
    tensors = {name: getattr(graph, name) for name in (*_NODES, *_EDGES)}
    tensors["use_source"] = graph.edge_source[uses]
    tensors["use_target"] = graph.edge_target[uses]
    for names in (_EDGES, _USES):
        if tensors[names[0]].numel() == 0:
            tensors |= {name: torch.zeros(1, dtype=torch.long) for name in names}
    return {name: tensor.numpy() for name, tensor in tensors.items()}


def write_onnx(generator: Generator, path: Path) -> None:
    """Write the model for graphs of any size."""
    generator.eval()
    program = OneProgram(generator).eval()
    inputs = _any_graph(generator)
    sizes = {"N": _NODES, "E": _EDGES, "U": _USES}
    dynamic = {name: {0: torch.export.Dim(size)} for size, names in sizes.items() for name in names}
    with warnings.catch_warnings():
        # The exporter warns of its own insides.
        warnings.simplefilter("ignore")
        exported = torch.onnx.export(
            program,
            tuple(inputs.values()),
            dynamo=True,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=list(OUTPUTS),
            dynamic_shapes=tuple(dynamic[name] for name in inputs),
            verbose=False,
        )
    if exported is None:
        raise RuntimeError("the exporter gave no program")
    exported.optimize()
    onnx.save_model(_plain(exported.model_proto), path)


def _any_graph(generator: Generator) -> dict[str, Tensor]:
    """Inputs of sizes that all differ and of which none is one: the exporter takes such a size for fixed."""
    nodes, edges, uses = 7, 5, 3
    spec = generator.spec
    return {
        **{name: torch.zeros(nodes, dtype=torch.long) for name in _NODES[:3]},
        "names": torch.zeros(nodes, spec.names_per_node, dtype=torch.long),
        "flags": torch.zeros(nodes, spec.flags),
        **{name: torch.zeros(edges, dtype=torch.long) for name in _EDGES},
        **{name: torch.zeros(uses, dtype=torch.long) for name in _USES},
    }


def session(path: Path) -> onnxruntime.InferenceSession:
    """Open a model as the product does: on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def run(opened: onnxruntime.InferenceSession, inputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return what the model says, by the names of its outputs."""
    return dict(zip(OUTPUTS, opened.run(list(OUTPUTS), dict(inputs)), strict=True))


@torch.no_grad()
def torch_says(generator: Generator, inputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return what PyTorch says of the same inputs."""
    program = OneProgram(generator).eval()
    said = program(*(torch.from_numpy(value) for value in inputs.values()))
    return dict(zip(OUTPUTS, (each.numpy() for each in said), strict=True))


def _plain(model: onnx.ModelProto) -> onnx.ModelProto:
    """Without the notes on where each step stood in the sources: they name folders of this machine."""
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.value_info, *model.graph.initializer, *model.graph.input, *model.graph.output):
        del value.metadata_props[:]
        value.doc_string = ""
    del model.graph.metadata_props[:]
    del model.metadata_props[:]
    return model
