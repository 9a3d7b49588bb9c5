"""Names, addresses, receipts and services of a message, found before its other words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from intents.context import Context, Mention
from intents.household import Household
from intents.lexicon import Tags
from intents.parse_result import Entity
from intents.sighting import Sighting, tokens_of
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
    carved = _named(sighting, household, context, contacts) | _receipts(sighting)
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
    place = 0
    while people and place < len(sighting.tokens):
        token = sighting.tokens[place]
        if place in taken:
            place += 1
            continue
        known = bool(sighting.entries[place]) or token.key in sighting.ordinary
        asked = "person" in context.expects and not sighting.entries[place]
        found = household.named(sighting.tokens, place, people, known=known, asked=asked)
        common = bool(sighting.entries[place]) and not token.capital
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


_OWN_VERBS = {
    ("change", "tv_channels"),
    ("add", "data_addons"),
    ("change", "voicemail"),
    ("send", "voicemail"),
}


def with_their_verbs(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "change the channels" as what is allowed where another verb allows it."""
    allowed = False
    found: list[Span] = []
    for place, span in enumerate(spans):
        service = next((o for o in spans[place + 1 : place + 4] if o.has("service")), None)
        own = service is not None and (span.act(), service.value) in _OWN_VERBS
        found.append(replace(span, tags={"act": "use"}) if own and allowed else span)
        allowed = allowed or span.has("act", "modal", "want", "except", "aux")
    return tuple(found)


def with_whole_names(spans: Sequence[Span], sighting: Sighting) -> tuple[Span, ...]:
    """Join words that nobody knows to the new name beside them: "emy gagnon", typed small.

    Before an address a run of such words is a name by itself.
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last is not None
            and span.gap == " "
            and _is_a_name(last, sighting)
            and (_is_a_name(span, sighting) and (last.has("new") or span.has("new")))
        ):
            joined[-1] = _joined_names([last, span])
            continue
        if span.has("email") and last is not None and not any(one.has("new") for one in joined):
            run: list[Span] = []
            while joined and _is_a_name(joined[-1], sighting):
                run.insert(0, joined.pop())
            joined += [_joined_names(run)] if run else []
        joined.append(span)
    return tuple(joined)


def with_the_locked(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read "the one who is locked" as whom, where that is asked: nothing is to be done by it."""
    locked = tuple(one.ref for one in context.people if one.status == "locked")
    state = [one for one in spans if one.tags.get("state") == "locked"]
    named = any(one.has("person", "me") for one in spans)
    if not (locked and state and "person" in context.expects) or named:
        return tuple(spans)
    somebody = Mention(state[0].text, locked)
    return tuple(
        replace(one, tags={"person": ""}, mention=somebody)
        if one is state[0]
        else replace(one, tags={"filler": ""})
        if one.has("he", "somebody", "state", "wh")
        else one
        for one in spans
    )


_BETWEEN = ("actually", "no", "wait", "filler", "polite", "emphasis", "hedge", "link_name", "me")


def with_corrections(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Leave out whoever is put right at once: "Kevin, no wait, Tyler" is Tyler."""
    found = list(spans)
    before: int | None = None
    turned = False
    for place, span in enumerate(spans):
        if span.has("person"):
            if before is not None and turned and _is_as_long(span, spans[before]):
                found[before] = replace(found[before], tags={"filler": ""}, mention=None)
            before, turned = place, False
        elif span.has(*_BETWEEN):
            turned = turned or span.has("actually", "wait") or _is_no(span)
        else:
            before = None
    return tuple(found)


def _is_as_long(name: Span, before: Span) -> bool:
    """Whether a name can stand for the one before: "Ben Carver, sorry, Carter" has two words."""
    return len(name.text.split()) >= len(before.text.split())


def _is_no(span: Span) -> bool:
    return span.has("no") and not span.has("neg") and span.gap.strip() != ""


def _is_a_name(span: Span, sighting: Sighting) -> bool:
    keys = [token.key for token in sighting.tokens[span.first : span.end]]
    unknown = span.is_content and sighting.ordinary.isdisjoint(keys) and span.text.isalpha()
    return span.has("new") or unknown


def _joined_names(spans: Sequence[Span]) -> Span:
    text = " ".join(one.text for one in spans)
    return Span(
        spans[0].first,
        spans[-1].end,
        text,
        spans[0].gap,
        {"person": "", "new": ""},
        text,
        Mention(text),
    )


_RECEIPT = re.compile(r"\bF[- ]?(\d{6,})\b", re.IGNORECASE)


def _receipts(sighting: Sighting) -> dict[int, Span]:
    """Return the numbers of receipts that a message names."""
    found: dict[int, Span] = {}
    for match in _RECEIPT.finditer(sighting.text):
        inside = [
            p for p, one in enumerate(sighting.tokens) if match.start() <= one.start < match.end()
        ]
        if inside:
            span = Span(inside[0], inside[-1] + 1, match[0], "", {"receipt": ""}, f"F-{match[1]}")
            found[inside[0]] = span
    return found
