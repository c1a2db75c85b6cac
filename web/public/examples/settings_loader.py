"""Reads settings from YAML, and a cache that an earlier run has left."""

import pickle

import yaml

DEFAULTS = {"retries": 3, "region": "eu"}


def load_settings(path):
    with open(path) as file:
        return {**DEFAULTS, **yaml.load(file, Loader=yaml.Loader)}


def load_cache(path):
    with open(path, "rb") as file:
        return pickle.load(file)
