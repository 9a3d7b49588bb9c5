"""Somebody told by what nobody else has: "the Kevin with kevin@example.com", "remove kev77"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intents.context import Context, Mention, Person
from intents.grammar import is_pronoun
from intents.sighting import Sighting
from intents.spans import Span
from intents.tokens import fold

MEMBER = "member"
"""What a question expects that is about somebody of the household."""
_GIVING = frozenset({"add", "change", "rename", "replace"})
"""Verbs with which an address is new, and says nobody."""
_LEADS = ("field", "wh", "to", "aux", "he", "it")
"""What leads from a name to an address: "whose e-mail is", "qui a l'adresse"."""
_GIVEN_TO = frozenset({"create_user", "edit_profile"})
"""Tasks whose card can take a new address."""


def by_username(
    sighting: Sighting, place: int, people: Sequence[Person]
) -> tuple[int, tuple[Person, ...]] | None:
    """Return where a user name that starts at a token ends, and whose it is.

    One that is a name as well, or a word of its own, stands for nobody by itself.
    """
    ends = {token.end: number for number, token in enumerate(sighting.tokens, start=1)}
    start = sighting.tokens[place].start
    names = {fold(part) for one in people for part in (one.first_name, one.last_name)}
    for person in people:
        stop = start + len(person.username)
        said = sighting.text[start:stop]
        plain = said.isalpha() and (fold(said) in names or bool(sighting.entries[place]))
        if stop in ends and not plain and said.casefold() == person.username.casefold():
            return ends[stop], (person,)
    return None


def with_their_marks(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Let an address or a user name say which of several is meant; alone, it says who is."""
    told = list(spans)
    for place, ref in _owners(spans, context):
        unsure = [n for n, one in enumerate(told) if one.mention and _is_unsure(one.mention, ref)]
        nearest = [n for n in unsure if n < place][-1:] or unsure[:1]
        if not nearest and spans[place].has("email"):
            nearest = [_stands_for(spans, place)] if _names(spans, context) else []
        for target in nearest:
            for n in range(target + 1, place + 1):
                if n == place or told[n].has(*_LEADS):
                    told[n] = replace(told[n], tags={"filler": ""}, mention=None)
            mention = Mention(spans[target].text, (ref,))
            told[target] = replace(told[target], tags={"person": ""}, mention=mention)
    return tuple(told)


def _owners(spans: Sequence[Span], context: Context) -> Iterator[tuple[int, str]]:
    """Yield the addresses and user names of the household, and whose each is.

    The one address beside a verb that gives is a new one: it tells nobody apart.
    """
    addresses = {one.email.casefold(): one.ref for one in context.people if one.email}
    gives = any(one.act() in _GIVING for one in spans) and not any(o.has("service") for o in spans)
    is_given = gives and sum(one.has("email") for one in spans) == 1
    for place, span in enumerate(spans):
        if span.has("username") and span.mention:
            yield place, span.mention.value
        elif span.has("email") and not is_given and span.value.casefold() in addresses:
            yield place, addresses[span.value.casefold()]


def _is_unsure(mention: Mention, ref: str) -> bool:
    return len(mention.refs) > 1 and ref in mention.refs


def _stands_for(spans: Sequence[Span], place: int) -> int:
    """Return the pronoun that an address explains, if one does: "the one with kevin@…"."""
    for before in range(place - 1, -1, -1):
        if spans[before].act() not in {"", "use"} or spans[before].has("person"):
            break
        if spans[before].has("he") and is_pronoun(spans, before):
            return before
    return place


def _names(spans: Sequence[Span], context: Context) -> bool:
    """Whether an address stands for its owner, where no name stands beside it."""
    if any(one.mention and one.mention.refs for one in spans):
        return False
    at_card = context.card is not None and context.card.intent not in _GIVEN_TO
    new = {"add"} if sum(one.has("email") for one in spans) > 1 else _GIVING
    does = any(one.act() not in new for one in spans if one.act())
    free = context.card is None and not context.expects
    asks = free and any(one.has("modal", "aux", "wh") for one in spans)
    return MEMBER in context.expects or at_card or does or asks
