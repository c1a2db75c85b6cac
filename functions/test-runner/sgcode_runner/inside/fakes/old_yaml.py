"""PyYAML is real, but also takes the calls that older releases took."""

from typing import Any


def install_yaml() -> None:
    """Let `yaml.load` without a loader work as it did before PyYAML 6: by the full loader."""
    import yaml

    def loading(function: Any) -> Any:
        return lambda stream, Loader=yaml.FullLoader: function(stream, Loader)

    yaml.load, yaml.load_all = loading(yaml.load), loading(yaml.load_all)
