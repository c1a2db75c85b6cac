"""The ways to seal a box, for tests that must hold in each."""

import pytest

from sgcode_runner.box import run
from sgcode_runner.box.forms import sealed_forms
from sgcode_runner.errors import RunnerUnavailableError
from sgcode_runner.limits import Limits

FORMS = ["bubblewrap", "unshare"]


def use_form(name, monkeypatch):
    """Let every box of this test be sealed in one way; skip the test where this machine does not have it."""
    monkeypatch.setattr(run, "_preferred", [])
    monkeypatch.setattr(run, "sealed_forms", lambda: [form for form in sealed_forms() if form.name == name])
    try:
        run.run_boxed("probe", b"", Limits())
    except RunnerUnavailableError as error:
        pytest.skip(str(error))


def use_no_form(monkeypatch):
    """Let no box be sealed in this test."""
    monkeypatch.setattr(run, "_preferred", [])
    monkeypatch.setattr(run, "sealed_forms", list)
