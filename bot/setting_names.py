"""Names that are no setting: a slip is refused, because a setting left out is left at its default.

`FOYER_VERFIY=both` would silently ask for one proof.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

PREFIX = "FOYER_"
SLIPS = 2
"""Letters left out, added, exchanged or swapped."""
_INJECTED = re.compile(r"FOYER_(SERVICE|PORT)_.*")
"""What Kubernetes gives every container beside a service called "foyer"."""


@dataclass(frozen=True, slots=True)
class Names:
    """`slips` are misspelt settings, each with what was meant; `unknown` may be anything."""

    slips: Mapping[str, str]
    unknown: tuple[str, ...]


def names_given(given: Iterable[str], settings: Iterable[str]) -> Names:
    """Sort the names of the environment, by the settings that there are ("FOYER_HOST")."""
    known = sorted(settings)
    strange = sorted({name.upper() for name in given} - {*known})
    strange = [name for name in strange if not _INJECTED.fullmatch(name)]
    slips = {
        name: meant[0]
        for name in strange
        if (meant := process.extractOne(
            name, known, scorer=DamerauLevenshtein.distance, score_cutoff=SLIPS
        ))
    }  # fmt: skip
    unknown = (name for name in strange if name.startswith(PREFIX) and name not in slips)
    return Names(slips, tuple(unknown))
