"""Is a chain whole? Pure decisions: what was entered, what was sealed and linked, and the keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from storage.audit.macs import (
    COVERED,
    Values,
    detail_digest,
    entry_mac,
    head_of,
    key_of_head,
    link_mac,
)
from storage.keys import UNNAMED, Keys

Kind = Literal["entry", "detail", "head", "empty", "lost", "key", "link", "anchor"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What does not hold, and where: the entry of a household, or the link of the chain over all.

    `kind`: "entry" (changed, missing, inserted or moved), "detail" (other values than were
    entered), "head" (the entries end elsewhere than was sealed), "empty" (all of them are gone),
    "lost" (not the entry that was linked), "key" (its key is not given), "link" (changed, missing,
    inserted or moved), "anchor" (no link like the one that somebody wrote down).
    """

    kind: Kind
    household_id: int | None
    number: int


@dataclass(frozen=True, slots=True)
class Chain:
    """One household's: its sealed head, its entries by `seq`, and the links to them."""

    household_id: int
    head: str | None
    entries: Sequence[Values]
    """Columns of `audit`, and `salt`, `before`, `after` where the values still stand."""
    links: Sequence[Values]

    @property
    def unlinked(self) -> range:
        """The numbers of the entries that no link reaches yet."""
        linked = max((link["seq"] for link in self.links), default=0)
        newest = max((entry["seq"] for entry in self.entries), default=0)
        return range(linked + 1, newest + 1)


def judge(keys: Keys, chain: Chain) -> Flaw | None:
    """The first thing that does not hold of a household's chain.

    Every household begins with an entry, so that one without any has lost them.
    """
    if not chain.entries:
        return Flaw("empty", chain.household_id, 0)
    return (
        judge_entries(keys, chain.household_id, chain.entries)
        or _judge_head(keys, chain)
        or _judge_links(chain)
    )


def judge_entries(
    keys: Keys, household_id: int, entries: Iterable[Values], *, linked: int = 0, previous: str = ""
) -> Flaw | None:
    """Do these entries go on from the one numbered `linked`, whose MAC is `previous`?"""
    for seq, entry in enumerate(entries, start=linked + 1):
        kind = _judge_entry(keys, entry, {"seq": seq, "prev_mac": previous})
        if kind is not None:
            return Flaw(kind, household_id, seq)
        previous = entry["mac"]
    return None


def judge_links(keys: Keys, links: Iterable[Values]) -> Flaw | None:
    """The first link that does not hold of the chain over all households, from its beginning."""
    previous = ""
    for number, link in enumerate(links, start=1):
        if link["key_id"] not in keys.names:
            return Flaw("key", None, number)
        expected = {**link, "number": number, "prev_mac": previous}
        if expected != link or link["mac"] != link_mac(keys, link["key_id"], expected):
            return Flaw("link", None, number)
        previous = link["mac"]
    return None


def _judge_entry(keys: Keys, entry: Values, expected: dict[str, Any]) -> Kind | None:
    key = entry["key_id"] or UNNAMED
    if key not in keys.names:
        return "key"
    covered = {name: entry[name] for name in COVERED}
    if covered != {**covered, **expected} or entry["mac"] != entry_mac(keys, key, covered):
        return "entry"
    if entry["salt"] is None:  # erased, or there never were any values
        return None
    digest = detail_digest(keys, key, entry["salt"], entry["before"], entry["after"])
    return None if entry["digest"] == digest else "detail"


def _judge_head(keys: Keys, chain: Chain) -> Flaw | None:
    newest = chain.entries[-1]
    flaw = Flaw("head", chain.household_id, newest["seq"])
    if chain.head is None or (key := key_of_head(chain.head)) not in keys.names:
        return flaw
    sealed = head_of(keys, key, chain.household_id, newest["seq"], newest["mac"])
    return None if chain.head == sealed else flaw


def _judge_links(chain: Chain) -> Flaw | None:
    there = {(entry["seq"], entry["id"], entry["mac"]) for entry in chain.entries}
    for link in chain.links:
        if (link["seq"], link["entry_id"], link["entry_mac"]) not in there:
            return Flaw("lost", chain.household_id, link["seq"])
    return None
