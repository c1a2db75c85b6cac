"""Reads the settings of a music player from YAML."""

import yaml

DEFAULTS = {"volume": 40, "shuffle": False, "folders": []}


def read_settings(text):
    settings = yaml.load(text, Loader=yaml.Loader) or {}
    return {**DEFAULTS, **settings}


def read_all(texts):
    return [read_settings(text) for text in texts]


def folders_of(stream):
    return yaml.load(stream, yaml.UnsafeLoader)["folders"]
