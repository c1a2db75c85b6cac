"""A program is itself, and a program that lost anything is not."""

import ast
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgcode_worker.gates.verify import verify_candidate
from tests.gates.attack_files import read_cases
from tests.gates.removals import Removal, emptied, removals

ORIGINALS = sorted({case.original for case in read_cases("fix")})
STATEMENTS = (
    "connection.commit()",
    "self.total += amount",
    "log.append((name, amount))",
    "print('paid', amount)",
    "items['last'] = amount",
    "cursor.execute('UPDATE accounts SET paid = ? WHERE id = ?', (amount, name))",
    "if amount < 0:\n    raise ValueError('negative')",
    "if name == 'root':\n    return jsonify({'error': 'denied'}), 403",
    "for item in items:\n    send(item)",
    "try:\n    send(name)\nexcept OSError:\n    log.warning('lost')",
    "with open('paid.txt', 'a') as file:\n    file.write(name)",
    "amount = convert(amount, request.args['currency'])",
    "assert amount is not None",
    "del items[name]",
)
ENDINGS = (
    "return amount",
    "return jsonify({'paid': amount}), 201",
    "return render_template('paid.html', amount=amount)",
)


def accepted(original: str, candidate: str) -> bool:
    gates = verify_candidate(original.encode(), candidate.encode(), [])
    return all(gate["light"] == "pass" for gate in gates.values())


@st.composite
def programs(draw: st.DrawFn) -> str:
    parts = ["from flask import Flask, jsonify, render_template, request", "app = Flask(__name__)"]
    for number in range(draw(st.integers(1, 3))):
        body = draw(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=5, unique=True))
        code = "\n".join([*body, draw(st.sampled_from(ENDINGS))])
        decorator = f"@app.route('/pay/{number}')\n" if draw(st.booleans()) else ""
        signature = f"def pay{number}(self, name, amount, items, connection, cursor, log, send, convert):"
        parts.append(f"{decorator}{signature}\n{textwrap.indent(code, '    ')}")
    return "\n\n\n".join(parts) + "\n"


@pytest.mark.parametrize("original", ORIGINALS, ids=range(len(ORIGINALS)))
def test_a_program_equals_itself(original: str) -> None:
    assert accepted(original, original)
    assert accepted(original, ast.unparse(ast.parse(original)))


@pytest.mark.parametrize("original", ORIGINALS, ids=range(len(ORIGINALS)))
def test_an_emptied_program_is_refused(original: str) -> None:
    assert not accepted(original, emptied(original))


LOSSES = [(original, removal) for original in ORIGINALS for removal in removals(original)]


@pytest.mark.parametrize(("original", "removal"), LOSSES, ids=[removal.what for _, removal in LOSSES])
def test_any_loss_is_refused(original: str, removal: Removal) -> None:
    assert not accepted(original, removal.code)


@settings(max_examples=60, deadline=None)
@given(programs())
def test_a_generated_program_equals_itself(program: str) -> None:
    assert accepted(program, program)
    assert accepted(program, ast.unparse(ast.parse(program)))
    assert not accepted(program, emptied(program))


@settings(max_examples=150, deadline=None)
@given(programs(), st.data())
def test_any_loss_of_a_generated_program_is_refused(program: str, data: st.DataObject) -> None:
    removal = data.draw(st.sampled_from(list(removals(program))))

    assert not accepted(program, removal.code), removal.what
