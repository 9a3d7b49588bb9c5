"""What others wrote without having seen the lexicon: frames, yeses, hedges, values, by language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from intents.context import Context, Person

FOLDER = Path(__file__).with_name("material")
LANGUAGES = ("en", "fr")
SERVICES = ("view_invoice", "pay_bill", "tv_channels", "data_addons", "usage", "voicemail")
REFS = {"Kevin": "id:1", "Hélène": "id:2", "Tyler": "id:3", "Jo": "id:4"}
EVERYBODY = frozenset(REFS.values())
PEOPLE = (
    Person("id:1", "Kevin", "O'Brien", services=frozenset({"view_invoice", "usage"})),
    Person("id:2", "Hélène", "Bouchard", services=frozenset({"view_invoice"})),
    Person("id:3", "Tyler", "Gagnon", "locked", frozenset({"tv_channels"})),
    Person("id:4", "Jo", "Tremblay", "invited", frozenset({"view_invoice", "tv_channels"})),
)
HOLDER = Person("id:9", "Margaret", "O'Brien")


@cache
def material(kind: str, language: str) -> Mapping[str, Any]:
    """The file of this kind and language."""
    found: Mapping[str, Any] = yaml.safe_load(
        (FOLDER / f"{kind}_{language}.yml").read_text(encoding="utf-8")
    )
    return found


def at_home(language: str, **more: Any) -> Context:
    """The household that all of the material is about, its holder verified."""
    return Context(language, PEOPLE, HOLDER, SERVICES, **more)
