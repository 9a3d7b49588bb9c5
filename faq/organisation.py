"""The organisation that the answers speak for: its name, telephone numbers and hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

import yaml


@dataclass(frozen=True, slots=True)
class Organisation:
    """Named values, each one text or one for each language; texts use them as placeholders."""

    named: Mapping[str, str | Mapping[str, str]]

    @classmethod
    def load(cls) -> Self:
        return cls(yaml.safe_load(files("faq").joinpath("organisation.yml").read_text("utf-8")))

    def values(self, language: str) -> Mapping[str, str]:
        """Every value in `language`."""
        return {
            name: value if isinstance(value, str) else value[language]
            for name, value in self.named.items()
        }
