"""Names, addresses, receipts and services of a message, found before its other words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intents.context import Context, Mention
from intents.household import Household
from intents.lexicon import Tags
from intents.marks import by_username
from intents.parse_result import Entity
from intents.sighting import Sighting, tokens_of, tokens_within
from intents.spans import Span
from intents.tokens import Token

RELATIONS = "relations"
"""The extractor of "my son": somebody, but no name."""


CERTAIN = 0.9
"""How sure it must be that words of the lexicon are a name."""
BESIDE = 2
"""Characters between a relation and the name that belongs to it: "my son, Édouard"."""


def carve(sighting: Sighting, household: Household, context: Context) -> dict[int, Span]:
    """Return the names, addresses, services and languages of a message, by their first token."""
    contacts = {
        place
        for entity in sighting.parse.entities
        if entity.entity in {"email", "phone"}
        for place in range(*tokens_of(entity, sighting.tokens))
    }
    broken = _broken(sighting, contacts)
    inside = contacts | {p for span in broken.values() for p in range(span.first, span.end)}
    carved = _named(sighting, household, context, inside) | _receipts(sighting) | broken
    carved = _harms(sighting, carved)
    taken = {place for span in carved.values() for place in range(span.first, span.end)}
    people = [one for one in sighting.parse.entities if one.entity == "person"]
    for entity in sighting.parse.entities:
        first, end = tokens_of(entity, sighting.tokens)
        if entity.entity == "right_change" or first == end:
            continue
        if entity.entity == "person":
            first = _with_first_name(first, sighting) if entity.extractor == "names" else first
            span = _person((entity, first, end), people, carved, sighting, context)
        else:
            tags: Tags = {entity.entity: ""}
            span = Span(first, end, entity.text, "", tags, entity.value)
        if span is None:
            continue
        overlap = [one for one in range(first, end) if one in taken]
        if overlap and not _goes_on(span, overlap, sighting.tokens):
            continue
        for one in overlap:
            carved.pop(one, None)
        carved[first] = span
        taken |= set(range(first, end))
    return carved


def _harms(sighting: Sighting, carved: Mapping[int, Span]) -> dict[int, Span]:
    """Put words of danger before everything: "afraid of my husband" names nobody."""
    harms: dict[int, Span] = {}
    place = 0
    while place < len(sighting.tokens):
        end, tags = next(iter(sighting.entries[place]), (place, {}))
        if tags.keys() & {"danger", "alarm"}:
            words = sighting.text[sighting.tokens[place].start : sighting.tokens[end - 1].end]
            harms[place] = Span(place, end, words, "", tags)
        place = end if place in harms else place + 1
    taken = {place for span in harms.values() for place in range(span.first, span.end)}
    kept = {p: s for p, s in carved.items() if taken.isdisjoint(range(s.first, s.end))}
    return kept | harms


def _with_first_name(first: int, sighting: Sighting) -> int:
    """Take in a capital word before a name: "Line Gagnon", though a line is a thing as well."""
    before = sighting.tokens[first - 1] if first else None
    if before is not None and before.capital and sighting.tokens[first].gap == "-":
        return _with_first_name(first - 1, sighting)
    joined = before is not None and sighting.tokens[first].gap == " " and not before.starts_sentence
    named = joined and before is not None and before.capital and not sighting.entries[first - 1]
    return first - 1 if named else first


def _goes_on(span: Span, overlap: Sequence[int], tokens: Sequence[Token]) -> bool:
    """Whether a name goes beyond one of the household: "Kevin Tran" is not Kevin O'Brien."""
    beyond = [tokens[place] for place in range(span.first, span.end) if place not in overlap]
    return span.has("person") and any(one.capital and not one.starts_sentence for one in beyond)


def _named(
    sighting: Sighting, household: Household, context: Context, taken: set[int]
) -> dict[int, Span]:
    """Return the people of the household (and its holder) where the message names them."""
    people = [*context.people, *([context.holder] if context.holder else [])]
    carved: dict[int, Span] = {}
    ends = {place + 1 for place in taken}
    by_name = by_username(sighting, people)
    place = 0
    while people and place < len(sighting.tokens):
        token = sighting.tokens[place]
        if place in taken:
            place += 1
            continue
        marked = by_name.get(place)
        known = bool(sighting.entries[place]) or token.key in sighting.ordinary
        asked = "person" in context.expects and not sighting.entries[place]
        named = household.named(sighting.tokens, place, people, known=known, asked=asked)
        found = marked or named
        common = bool(sighting.entries[place]) and not token.capital and not marked
        if found is None or (common and found[0] == place + 1):
            place += 1
            continue
        end, meant = found
        if _is_part_of_a_name(sighting, place, end, apart=place in ends):
            place += 1
            continue
        text = sighting.text[token.start : sighting.tokens[end - 1].end]
        others = [one for one in meant if one in context.people]
        tags: Tags = {"person": ""} if others else {"me": "", "own_name": ""}
        tags = {**tags, "username": ""} if marked else tags
        mention = Mention(text, tuple(one.ref for one in others)) if others else None
        carved[place] = Span(place, end, text, "", tags, text, mention)
        ends.add(end)
        place = end
    return carved


def _is_apart(first: int, sighting: Sighting) -> bool:
    """As in "Kevin, mon petit-fils": a relation that explains a name."""
    return sighting.tokens[first].gap.strip() == ","


def _is_part_of_a_name(sighting: Sighting, start: int, end: int, *, apart: bool) -> bool:
    """Whether more belongs to a name: "Côté-Roy" is not Simon Côté, nor "emma côté"."""
    tokens = sighting.tokens
    behind = end < len(tokens) and tokens[end].gap == "-" and tokens[end].capital
    if behind or start == 0 or apart:
        return behind
    before, gap = tokens[start - 1], tokens[start].gap
    given = gap == " " and before.key in sighting.given and not sighting.entries[start - 1]
    return given or (gap == "-" and before.capital)


def _person(
    found: tuple[Entity, int, int],
    people: Sequence[Entity],
    carved: Mapping[int, Span],
    sighting: Sighting,
    context: Context,
) -> Span | None:
    """Return somebody named who is not found on the account, or meant by a relation."""
    entity, first, end = found
    if entity.extractor == RELATIONS:
        beside = [one for one in people if 0 <= one.start - entity.end <= BESIDE and one != entity]
        named = [one for one in carved.values() if one.has("person") and not one.has("relation")]
        before = any(one.end == first and _is_apart(first, sighting) for one in named)
        if beside or before or any(one.first == end for one in named):
            return Span(first, end, entity.text, "", {"filler": ""}, entity.text)
        only = tuple(one.ref for one in context.people) if len(context.people) == 1 else ()
        return Span(
            first,
            end,
            entity.text,
            "",
            {"person": "", "relation": ""},
            entity.text,
            Mention(entity.value, only, relation=True),
        )
    if all(sighting.entries[place] for place in range(first, end)) and entity.confidence < CERTAIN:
        return None
    name = sighting.text[sighting.tokens[first].start : entity.end]
    return Span(first, end, name, "", {"person": "", "new": ""}, name, Mention(name))


_RECEIPT = re.compile(r"\bF[- ]?(\d{6,})\b", re.IGNORECASE)
_BROKEN = re.compile(r"[^\s@]+@\S+")
"""What was meant as an address, and is none: "kim@@example"."""


def _receipts(sighting: Sighting) -> dict[int, Span]:
    """Return the numbers of receipts that a message names."""
    return {
        span.first: replace(span, tags={"receipt": ""}, value=f"F-{match[1]}")
        for match, span in _matches(_RECEIPT, sighting)
    }


def _broken(sighting: Sighting, contacts: set[int]) -> dict[int, Span]:
    """Return addresses that are none: somebody has one, and it must be asked for."""
    return {
        span.first: replace(span, tags={"email": ""})
        for _, span in _matches(_BROKEN, sighting)
        if contacts.isdisjoint(range(span.first, span.end))
    }


def _matches(pattern: re.Pattern[str], sighting: Sighting) -> Iterator[tuple[re.Match[str], Span]]:
    for match in pattern.finditer(sighting.text):
        first, end = tokens_within(match.start(), match.end(), sighting.tokens)
        if first < end:
            yield match, Span(first, end, match[0], "")
