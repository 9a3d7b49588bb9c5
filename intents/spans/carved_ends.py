"""Until when, where a message says it: found before names, and known again if a card shows it."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from intents.context import Context
from intents.sighting import Sighting
from intents.spans.ends import BARE, end_of, ends_said, is_length
from intents.spans.span import Span

_LOCKING = frozenset({"lock", "shut_out"})
_LASTING = frozenset({"account", "suspension"})
"""What is said to last: "block his account 3 days", "extend her suspension to a week"."""
SINCE_SHOWN = timedelta(minutes=30)
"""How far a length, counted from now, may be off the end on a card, which was counted earlier."""


def with_what_ends(
    sighting: Sighting, carved: Mapping[int, Span], contacts: set[int], context: Context
) -> dict[int, Span]:
    """Put what says until when before names: in "until May" nobody is called so."""
    ends: dict[int, Span] = {}
    shown = context.card is not None and "until" in context.card.kinds
    asked = "until" in context.expects or shown
    for first, end, said_as in ends_said(sighting.tokens, asked=asked or _locks_out(sighting)):
        words = set(range(first, end))
        how = said_as
        if said_as == BARE and not asked:
            if not _lasts(sighting, carved, first, end):
                continue
            how = "lasting"
        named = any(words & set(range(s.first, s.end)) for s in carved.values())
        if (how == BARE and (named or _waits(sighting, words))) or not contacts.isdisjoint(words):
            continue
        said = sighting.text[sighting.tokens[first].start : sighting.tokens[end - 1].end]
        shown_so = _on_the_card(said, how, context) if _begins(sighting, first, how) else {}
        tags = {"until": how, **_for_now(sighting, first), **shown_so}
        ends[first] = Span(first, end, said, "", tags, said)
    taken = {at for span in ends.values() for at in range(span.first, span.end)}
    kept = {p: s for p, s in carved.items() if taken.isdisjoint(range(s.first, s.end))}
    return kept | ends


def _on_the_card(said: str, how: str, context: Context) -> dict[str, str]:
    """Tell the end that a card shows already, said once more: "yes, for two weeks"."""
    card, now = context.card, context.now
    if card is None or card.until is None or now is None:
        return {}
    at = end_of(said, now).at
    off = SINCE_SHOWN if how == "lasting" or is_length(said) else timedelta(0)
    return {"same_end": ""} if at is not None and abs(at - card.until) <= off else {}


def _begins(sighting: Sighting, first: int, how: str) -> bool:
    """Whether no small word leads to a bare end: "yes, two weeks", not "yes, in two weeks"."""
    if how != BARE or first == 0 or sighting.tokens[first].gap.strip():
        return True
    return any({"yes", "polite"} & tags.keys() for _, tags in sighting.entries[first - 1])


def _for_now(sighting: Sighting, first: int) -> dict[str, str]:
    """As in "for now": for a time, of which nobody says how long it is."""
    return {"for_now": ""} if any("for_now" in tags for _, tags in sighting.entries[first]) else {}


def _locks_out(sighting: Sighting) -> bool:
    return any(
        tags.get("act") in _LOCKING or tags.get("field") == "suspension"
        for said in sighting.entries
        for _, tags in said
    )


def _lasts(sighting: Sighting, carved: Mapping[int, Span], first: int, end: int) -> bool:
    """As in "suspend Kevin 3 days": how long, right behind whom it is about."""
    tokens = sighting.tokens
    if not first or tokens[first].gap.strip():
        return False
    whom = any(span.end == first and span.has("person") for span in carved.values())
    led = first > 1 and any("to" in tags for _, tags in sighting.entries[first - 1])
    account = any(tags.get("field") in _LASTING for _, tags in sighting.entries[first - 1 - led])
    said = sighting.text[tokens[first].start : tokens[end - 1].end]
    return (whom or account) and is_length(said)


def _waits(sighting: Sighting, words: Collection[int]) -> bool:
    """As in "hold on a minute"."""
    return any(
        "wait" in tags and any(start <= at < end for at in words)
        for start, entries in enumerate(sighting.entries)
        for end, tags in entries
    )
