"""YAML files of the tests, read as PyYAML's C parser does: ten times as quickly."""

from pathlib import Path
from typing import Any

import yaml

Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=Loader)
