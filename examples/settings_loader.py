"""Layered settings for a service: defaults, then the site's YAML file, then the user's own."""

import os
from pathlib import Path
from typing import Any

import yaml
from yaml import Loader

DEFAULTS: dict[str, Any] = {
    "listen": {"host": "127.0.0.1", "port": 8080},
    "log": {"level": "info", "file": None},
}


def merge(base: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """The two trees joined; where both have a value, that of `extra` wins."""
    merged = dict(base)
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def read_site_settings(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=Loader) or {}


def read_user_settings(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader=yaml.FullLoader) or {}


def read_overrides(folder: Path) -> list[dict[str, Any]]:
    """Every override of the folder, in the order of their names."""
    return [
        yaml.load(file.read_text(encoding="utf-8"), yaml.UnsafeLoader)  # one mapping per file
        for file in sorted(folder.glob("*.yaml"))
    ]


def load_settings(site_file: Path, user_text: str, override_folder: Path) -> dict[str, Any]:
    settings = merge(DEFAULTS, read_site_settings(site_file))
    settings = merge(settings, read_user_settings(user_text))
    for override in read_overrides(override_folder):
        settings = merge(settings, override)
    return settings


if __name__ == "__main__":
    site = Path(os.environ.get("SITE_SETTINGS", "site.yaml"))
    print(load_settings(site, "", Path("overrides.d")))
