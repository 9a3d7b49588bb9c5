"""Names, addresses, receipts and services of a message, found before its other words."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from intents.context import Context, Mention
from intents.parse_result import Entity
from intents.sighting import Sighting, tokens_of, tokens_within
from intents.spans.carved_ends import with_what_ends
from intents.spans.marks import by_username
from intents.spans.span import Span
from intents.values.household import Called, Household
from intents.words.lexicon import Tags
from intents.words.tokens import Token

RELATIONS = "relations"
"""The extractor of "my son": somebody, but no name."""
CERTAIN = 0.9
"""How sure it must be that words of the lexicon are a name."""
_HARMS = frozenset({"danger", "alarm", "well"})
BESIDE = 2
"""Characters between a relation and the name that belongs to it: "my son, Édouard"."""


def carve(sighting: Sighting, household: Household, context: Context) -> dict[int, Span]:
    """Return the names, addresses, services and languages of a message, by their first token."""
    contacts = {
        at
        for entity in sighting.parse.entities
        if entity.entity in {"email", "phone"}
        for at in range(*tokens_of(entity, sighting.tokens))
    }
    broken = _broken(sighting, contacts)
    inside = contacts | {p for span in broken.values() for p in range(span.first, span.end)}
    carved = _named(sighting, household, context, inside) | _receipts(sighting) | broken
    carved = with_what_ends(sighting, _harms(sighting, carved), contacts, context)
    taken = {at for span in carved.values() for at in range(span.first, span.end)}
    people = [entity for entity in sighting.parse.entities if entity.entity == "person"]
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
        overlap = [at for at in range(first, end) if at in taken]
        if overlap and not _goes_on(span, overlap, sighting.tokens):
            continue
        for at in overlap:
            carved.pop(at, None)
        carved[first] = span
        taken |= set(range(first, end))
    return carved


def _harms(sighting: Sighting, carved: Mapping[int, Span]) -> dict[int, Span]:
    """Put words of danger before everything: "afraid of my husband" names nobody."""
    harms: dict[int, Span] = {}
    at = 0
    while at < len(sighting.tokens):
        end, tags = next(iter(sighting.entries[at]), (at, {}))
        if not _HARMS.isdisjoint(tags):
            words = sighting.text[sighting.tokens[at].start : sighting.tokens[end - 1].end]
            harms[at] = Span(at, end, words, "", tags)
        at = end if at in harms else at + 1
    taken = {at for span in harms.values() for at in range(span.first, span.end)}
    kept = {p: s for p, s in carved.items() if taken.isdisjoint(range(s.first, s.end))}
    return kept | harms


_NAMES_NOBODY = ("polite", "of_two")
"""What is said of nobody by name: "me revoilà", "the former"."""
_BEFORE = 2
"""Words before a name that can belong to a greeting with it."""


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
    beyond = [tokens[at] for at in range(span.first, span.end) if at not in overlap]
    capital = any(token.capital and not token.starts_sentence for token in beyond)
    return span.has("person") and capital


def _named(
    sighting: Sighting, household: Household, context: Context, taken: set[int]
) -> dict[int, Span]:
    """Return the people of the household (and its holder) where the message names them."""
    people = [*context.people, *([context.holder] if context.holder else [])]
    carved: dict[int, Span] = {}
    ends, borders = {at + 1 for at in taken}, sorted(taken)
    by_name, called = by_username(sighting, people), Called.of(people)
    at = 0
    while people and at < len(sighting.tokens):
        token = sighting.tokens[at]
        if at in taken:
            at += 1
            continue
        marked = by_name.get(at)
        named_so = token.capital and token.key in sighting.given  # "Helen", for Hélène
        known = bool(sighting.entries[at]) or (token.key in sighting.ordinary and not named_so)
        asked = "person" in context.expects and not sighting.entries[at]
        family = household.family(token.key, called)
        if family and not _is_led(sighting, at):
            at += 1  # "Gagnons du temps"
            continue
        ahead = bisect_right(borders, at)
        border = borders[ahead] if ahead < len(borders) else None
        free = sighting.tokens[:border]  # "Bouchard: helene.bouchard@…" names her, and no more
        named = household.named(free, at, called, known=known, asked=asked)
        match = marked or ((at + 1, family) if family else named)
        is_word = bool(sighting.entries[at]) and at not in sighting.mended
        common = is_word and not token.capital and not marked
        if match is None or (common and match[0] == at + 1):
            at += 1
            continue
        end, meant = match
        if _is_part_of_a_name(sighting, at, end, apart=at in ends):
            at += 1
            continue
        text = sighting.text[token.start : sighting.tokens[end - 1].end]
        others = [person for person in meant if person in context.people]
        tags: Tags = {"person": ""} if others else {"me": "", "own_name": ""}
        tags = {**tags, "username": ""} if marked else tags
        tags = {**tags, "plural": ""} if len(family) > 1 else tags
        mention = Mention(text, tuple(person.ref for person in others)) if others else None
        carved[at] = Span(at, end, text, "", tags, text, mention)
        ends.add(end)
        at = end
    return carved


def _is_led(sighting: Sighting, at: int) -> bool:
    """Whether "the", "both", "les" stands before."""
    before = sighting.entries[at - 1] if at else ()
    return any({"article", "plural", "both"} & tags.keys() for _, tags in before)


def _is_apart(first: int, sighting: Sighting) -> bool:
    """As in "Kevin, mon petit-fils": a relation that explains a name."""
    return sighting.tokens[first].gap.strip() == ","


def _is_part_of_a_name(sighting: Sighting, start: int, end: int, *, apart: bool) -> bool:
    """Whether more belongs to a name: "Côté-Roy" is not Simon Côté, nor "emma côté"."""
    tokens = sighting.tokens
    hyphened = takewhile(lambda token: token.gap == "-", tokens[end:])
    behind = any(token.capital for token in hyphened)  # nor "Côte-des-Neiges"
    if behind or start == 0 or apart:
        return behind
    before, gap = tokens[start - 1], tokens[start].gap
    given = gap == " " and before.key in sighting.given and not sighting.entries[start - 1]
    return given or (gap == "-" and before.capital)


def _person(
    laid: tuple[Entity, int, int],
    people: Sequence[Entity],
    carved: Mapping[int, Span],
    sighting: Sighting,
    context: Context,
) -> Span | None:
    """Return somebody named who is not found on the account, or meant by a relation."""
    entity, first, end = laid
    if entity.extractor == RELATIONS:
        beside = any(0 <= person.start - entity.end <= BESIDE for person in people)
        said = [span for span in carved.values() if span.has("person") and not span.has("relation")]
        before = any(span.end == first and _is_apart(first, sighting) for span in said)
        if beside or before or any(span.first == end for span in said):
            return Span(first, end, entity.text, "", {"filler": ""}, entity.text)
        only = tuple(person.ref for person in context.people) if len(context.people) == 1 else ()
        return Span(
            first,
            end,
            entity.text,
            "",
            {"person": "", "relation": "", **_called_to(first, end, sighting)},
            entity.text,
            Mention(entity.value, only, relation=True),
        )
    if all(sighting.entries[at] for at in range(first, end)) and entity.confidence < CERTAIN:
        return None
    if _is_said(first, end, sighting):
        return None
    while end - first > 1 and sighting.tokens[end - 1].key == sighting.tokens[first].key:
        end -= 1  # "add Kezia Grant kezia grant at …": the address begins there
    name = sighting.text[sighting.tokens[first].start : sighting.tokens[end - 1].end]
    return Span(first, end, name, "", {"person": "", "new": ""}, name, Mention(name))


def _called_to(first: int, end: int, sighting: Sighting) -> Tags:
    """As in "my friend": what people also call whoever they talk to."""
    said = any("addressed" in tags and until == end for until, tags in sighting.entries[first])
    return {"addressed": ""} if said else {}


def _is_said(first: int, end: int, sighting: Sighting) -> bool:
    """As in "bah oui": a word that nobody wrote as a name, and that the next word goes on with."""
    token = sighting.tokens[first]
    longer = any(until > end for until, _ in sighting.entries[first])
    greets = any(  # "me revoilà", "give it to the former"
        until >= end and not tags.keys().isdisjoint(_NAMES_NOBODY)
        for at in range(max(0, first - _BEFORE), first)
        for until, tags in sighting.entries[at]
    )
    return (longer or greets) and (token.starts_sentence or not token.capital)


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
