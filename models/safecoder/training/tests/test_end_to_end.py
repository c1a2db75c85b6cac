import json

import pytest
import torch

pytest.importorskip("transformers")
pytest.importorskip("peft")

from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

from safecoder_training.__main__ import main
from safecoder_training.data import Kind, Sample, pair_samples
from safecoder_training.margins import margins_of
from safecoder_training.models import encoder_of, load, with_lora
from safecoder_training.pairs import read_pairs, split
from safecoder_training.template import function_instruction, prompt_of
from safecoder_training.train import Settings, tune
from tests.tiny import write_tiny_model

FIXES = [
    ("CWE-327", "    return hashlib.md5({0}).hexdigest()", "    return hashlib.sha256({0}).hexdigest()"),
    ("CWE-295", "    return get({0}, verify=False)", "    return get({0}, verify=True)"),
    ("CWE-078", "    return run({0}, shell=True)", "    return run({0}, check=True)"),
    ("CWE-377", "    return mktemp({0})", "    return mkstemp({0})[1]"),
]
NAMES = ["path", "name", "text", "user", "link", "file", "data", "page", "line", "word"]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return write_tiny_model(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def pairs_file(tmp_path_factory):
    """20 fixes of 10 repositories."""
    rows = []
    for number in range(20):
        cwe, before, after = FIXES[number % len(FIXES)]
        name = NAMES[number // 2]
        head = f"def {name}_{number}({name}):\n    {name} = {name}.strip() + 'a{number}'\n"
        rows.append(
            {
                "id": str(number),
                "cwe": cwe,
                "group": f"someone/{name}",
                "file": f"{name}.py",
                "before": head + before.format(name),
                "after": head + after.format(name),
            }
        )
    file = tmp_path_factory.mktemp("pairs") / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    return file


@pytest.fixture
def tiny(base):
    model, tokenizer = load(base, "cpu", "float32")
    return model, encoder_of(tokenizer)


def tuned_margins(tiny, pairs_file, **settings):
    model, encoder = tiny
    learned, held = split(read_pairs(pairs_file), 0.3, 1)
    samples = [sample for pair in learned for sample in pair_samples(pair, encoder)]
    adapted = with_lora(model, 2)
    before = margins_of(adapted, held, encoder, 1024)
    tune(
        adapted,
        samples,
        Settings(**{"rate": 1e-2, "accumulated": 4, "epochs": 5, **settings}),
        lambda _: None,
    )
    return before, margins_of(adapted, held, encoder, 1024)


def test_a_tuned_model_prefers_what_fixes_write_in_repositories_it_has_not_seen(tiny, pairs_file):
    before, after = tuned_margins(tiny, pairs_file)

    assert after.pairs >= 3
    assert abs(before.margin) < 0.2
    assert after.margin > 1
    assert after.secure > before.secure
    assert after.won > after.pairs / 2


def test_the_same_seed_tunes_the_same_whatever_was_drawn_before(base, pairs_file):
    def weights(drawn):
        model, tokenizer = load(base, "cpu", "float32")
        adapted = with_lora(model, 2)
        samples = pair_samples(read_pairs(pairs_file)[0], encoder_of(tokenizer))
        torch.rand(drawn)
        tune(adapted, samples, Settings(rate=1e-2, accumulated=1), lambda _: None)
        return [value.clone() for value in adapted.parameters()]

    assert all(torch.equal(one, other) for one, other in zip(weights(0), weights(3), strict=True))


def test_only_the_adapter_learns_and_all_of_it(tiny):
    model, _ = tiny
    before = {name: value.clone() for name, value in model.named_parameters()}
    adapted = with_lora(model, 2)
    layers = {name for name, _ in adapted.named_parameters() if "lora_B" in name}
    samples = [
        Sample(Kind.SECURE, (1, 40, 50, 60), (0, 0, 1, 1)),
        Sample(Kind.VULNERABLE, (1, 40, 70), (0, 0, 1)),
    ]

    tune(adapted, samples, Settings(rate=1e-2, accumulated=1, epochs=2), lambda _: None)

    assert all(value.grad is None for value in adapted.parameters()), "gradients go into the next step"
    after = {
        name.replace("base_model.model.", "").replace(".base_layer", ""): value
        for name, value in adapted.named_parameters()
    }
    assert all(torch.equal(after[name], value) for name, value in before.items())
    # Seven in each of the two layers, and the last one.
    assert len(layers) == 15
    assert all(value.abs().sum() > 0 for name, value in adapted.named_parameters() if name in layers)


def test_a_head_that_is_the_embedding_is_left_out(tmp_path):
    model, _ = load(write_tiny_model(tmp_path, tied=True), "cpu", "float32")

    assert not any("lm_head.lora" in name for name, _ in with_lora(model, 2).named_parameters())


def test_nothing_to_learn_from_is_refused(tiny):
    with pytest.raises(ValueError, match="no samples"):
        tune(tiny[0], [], Settings(), lambda _: None)


def test_train_and_merge_write_a_model_that_says_what_the_adapter_said(base, pairs_file, tmp_path, capsys):
    adapter, merged = tmp_path / "adapter", tmp_path / "merged"
    instructions = tmp_path / "instructions.jsonl"
    instructions.write_text(
        json.dumps({"instruction": "Add one.", "output": "def f(a):\n    return a + 1\n"})
    )
    shared = ["--base", str(base), "--dtype", "float32"]

    assert main(["train", *shared, "--out", str(adapter), "--pairs", str(pairs_file), "--held-out", "0.3",
                 "--instructions", str(instructions), "--minority", "6", "--epochs", "1", "--rate", "1e-2",
                 "--accumulated", "4"]) == 0  # fmt: skip
    assert main(["merge", *shared, "--adapter", str(adapter), "--out", str(merged)]) == 0

    said = capsys.readouterr().out
    assert "14 fixes to learn from, 6 held out" in said
    assert "standard" in said and "before: margin" in said and "after: margin" in said
    tokens = torch.tensor([[1, 60, 70, 80, 90]])
    whole = AutoModelForCausalLM.from_pretrained(merged)
    parts = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), adapter).eval()
    with torch.no_grad():
        assert torch.allclose(whole(tokens).logits, parts(tokens).logits, atol=1e-4)
        plain = AutoModelForCausalLM.from_pretrained(base)
        assert not torch.allclose(whole(tokens).logits, plain(tokens).logits, atol=1e-3)


def test_the_chat_template_renders_the_prompt_that_is_tuned_with(base, tmp_path):
    from safecoder_training.merge import CHAT_TEMPLATE

    tokenizer = AutoTokenizer.from_pretrained(base)
    tokenizer.chat_template = CHAT_TEMPLATE.read_text(encoding="utf-8")
    instruction = function_instruction("Add {one}\n<b>&")

    for messages, expected in (
        ([("user", instruction)], prompt_of(instruction)),
        ([("user", "One."), ("user", "Two.")], prompt_of("One.\n\nTwo.")),
        ([("system", "Be safe."), ("user", instruction)], prompt_of("Be safe.", instruction)),
    ):
        chat = [{"role": role, "content": content} for role, content in messages]
        assert tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True) == expected
