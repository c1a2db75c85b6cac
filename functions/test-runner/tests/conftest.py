"""Programs in a box find the runner's own packages, also where another environment runs the tests."""

from pathlib import Path

from sgcode_runner.box import layout

for site in Path(__file__).parents[3].glob(".venv-runner/lib/python3.*/site-packages"):
    layout.SITE = site
