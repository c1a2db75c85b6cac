"""What every test may rely on: a box that can be sealed, with the runner's own packages in it."""

from pathlib import Path

import pytest

from sgcode_runner.box import layout
from sgcode_runner.box.run import run_boxed
from sgcode_runner.errors import RunnerUnavailableError
from sgcode_runner.limits import Limits

# Programs in a box find the runner's packages, also where another environment runs the tests.
for site in Path(__file__).parents[3].glob(".venv-runner/lib/python3.*/site-packages"):
    layout.SITE = site


@pytest.fixture(autouse=True, scope="session")
def sealed():
    try:
        run_boxed("probe", b"", Limits())
    except RunnerUnavailableError as error:
        pytest.skip(f"programs cannot be sealed off here: {error}")
