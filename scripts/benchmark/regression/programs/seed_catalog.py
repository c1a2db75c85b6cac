"""Prices of seeds, from the catalog that the shop keeps as YAML."""

from yaml import Loader, load


def prices(text):
    catalog = load(text, Loader=Loader)
    return {seed["name"]: seed["price"] for seed in catalog["seeds"]}


def cheapest(text):
    found = prices(text)
    return min(found, key=found.get) if found else None
