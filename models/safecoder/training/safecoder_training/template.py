"""The prompt that SafeCoder's models are tuned with, letter for letter.

From `safecoder/constants.py` of github.com/eth-sri/SafeCoder: PROMPT_NO_INPUT, PROMPT_INPUT and INSTRUCTION.
The adapter that calls such a model renders the same text; so does `chat-template.jinja`.
"""

_WITHOUT_INPUT = (
    "Below is an instruction that describes a task. "
    "Write a response that appropriately completes the request.\n\n"
    "### Instruction:\n{instruction}\n\n### Response:\n"
)
_WITH_INPUT = (
    "Below is an instruction that describes a task, paired with an input that provides further context. "
    "Write a response that appropriately completes the request.\n\n"
    "### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:\n"
)


def prompt_of(instruction: str, given: str = "") -> str:
    """Return the text up to where the model's answer begins."""
    if not given:
        return _WITHOUT_INPUT.format(instruction=instruction)
    return _WITH_INPUT.format(instruction=instruction, input=given)


def function_instruction(problem: str) -> str:
    """Return the instruction that asks for a Python function."""
    return f"Create a Python function for this problem:\n{problem}"
