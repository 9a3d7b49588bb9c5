"""The texts and tables of the bot's own YAML files."""

from importlib.resources import files
from typing import Any

import yaml

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML was built with it: ten times as quick at every start."""


def parse_yaml(source: str) -> Any:
    """Return what YAML says; raises yaml.YAMLError."""
    return yaml.load(source, Loader=_LOADER)  # noqa: S506 -- both are safe


def read_yaml(package: str, name: str) -> Any:
    """Return the content of a file of one of our packages."""
    return parse_yaml(files(package).joinpath(name).read_text("utf-8"))
