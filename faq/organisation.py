"""The organisation that the answers speak for: its name, telephone numbers and hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Self

import yaml


@dataclass(frozen=True, slots=True)
class Organisation:
    """Named values, by language; the texts use them as placeholders."""

    by_language: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls) -> Self:
        """Read `faq/organisation.yml`, where a value is one text or one for each language."""
        rows = yaml.safe_load(files("faq").joinpath("organisation.yml").read_text("utf-8"))
        return cls(
            {
                language: MappingProxyType(
                    {
                        name: value if isinstance(value, str) else value[language]
                        for name, value in rows.items()
                    }
                )
                for language in ("en", "fr")
            }
        )

    def values(self, language: str) -> Mapping[str, str]:
        """Every value in `language` ("en" or "fr")."""
        return self.by_language[language]
