"""Somebody told by what nobody else has: "the Kevin with kevin@example.com", "remove kev77"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intents.context import Context, Mention, Person
from intents.sighting import Sighting
from intents.spans.grammar import is_pronoun
from intents.spans.span import Span
from intents.words.tokens import fold

MEMBER = "member"
"""What a question expects that is about somebody of the household."""
_GIVING = frozenset({"add", "change", "rename", "replace"})
"""Verbs with which an address is new, and says nobody."""
_LEADS = ("field", "wh", "to", "aux", "he", "it")
"""What leads from a name to an address: "whose e-mail is", "qui a l'adresse"."""
_GIVEN_TO = frozenset({"create_user", "edit_profile"})
"""Tasks whose card can take a new address."""


def by_username(
    sighting: Sighting, people: Sequence[Person]
) -> dict[int, tuple[int, tuple[Person, ...]]]:
    """Return where user names end and whose they are, by the tokens that they start at.

    One that is a name as well, or a word of its own, stands for nobody by itself.
    """
    named = [person for person in people if person.username]
    if not named:
        return {}
    ends = {token.end: number for number, token in enumerate(sighting.tokens, start=1)}
    names = {fold(part) for person in people for part in (person.first_name, person.last_name)}
    owners: dict[int, tuple[int, tuple[Person, ...]]] = {}
    for at, token in enumerate(sighting.tokens):
        for person in named:
            stop = token.start + len(person.username)
            said = sighting.text[token.start : stop]
            plain = said.isalpha() and (fold(said) in names or bool(sighting.entries[at]))
            if stop in ends and not plain and said.casefold() == person.username.casefold():
                owners[at] = (ends[stop], (person,))
    return owners


def with_their_marks(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Let what only one of several has say which is meant; an address alone says who is."""
    told = list(spans)
    for at, ref in _owners(spans, context):
        unsure = [
            n for n, span in enumerate(told) if (who := span.mention) and _is_unsure(who, ref)
        ]
        nearest = [n for n in unsure if n < at][-1:] or unsure[:1]
        if not nearest and _names(spans, at, context):
            nearest = [_stands_for(spans, at)]
        for target in nearest:
            for n in range(target, at):
                if told[n].has(*_LEADS):
                    told[n] = replace(told[n], tags={"filler": ""})
            told[at] = replace(told[at], tags={"filler": ""}, mention=None)
            mention = Mention(spans[target].text, (ref,))
            told[target] = replace(told[target], tags={"person": ""}, mention=mention)
    return tuple(told)


def _owners(spans: Sequence[Span], context: Context) -> Iterator[tuple[int, str]]:
    """Yield the addresses, user names and names that explain somebody, and whose each is.

    The one address beside a verb that gives is a new one: it tells nobody apart.
    """
    addresses = {person.email.casefold(): person.ref for person in context.people if person.email}
    gives = any(span.act() in _GIVING for span in spans)
    gives = gives and not any(span.has("service") for span in spans)
    is_given = gives and sum(span.has("email") for span in spans) == 1
    for at, span in enumerate(spans):
        named = span.mention is not None and len(span.mention.refs) == 1 and not gives
        if span.mention and (span.has("username") or (named and _is_explained(spans, at))):
            yield at, span.mention.value
        elif span.has("email") and not is_given and span.value.casefold() in addresses:
            yield at, addresses[span.value.casefold()]


def _is_unsure(mention: Mention, ref: str) -> bool:
    return len(mention.refs) > 1 and ref in mention.refs


def _before(spans: Sequence[Span], at: int) -> Iterator[int]:
    """Yield the places before one that belong to it, back to whom or what was named, or a verb."""
    for before in range(at - 1, -1, -1):
        if spans[before].act() not in {"", "use"} or spans[before].has("person", "service"):
            return
        yield before


def _is_explained(spans: Sequence[Span], at: int) -> bool:
    """Whether a name is said of somebody: "the Kevin whose last name is Tran"."""
    return any(spans[before].has("field", "wh", "link_name") for before in _before(spans, at))


def _stands_for(spans: Sequence[Span], at: int) -> int:
    """Return the pronoun that is explained, if one is: "the one with kevin@example.com"."""
    pronouns = (n for n in _before(spans, at) if spans[n].has("he") and is_pronoun(spans, n))
    return next(pronouns, at)


def _names(spans: Sequence[Span], at: int, context: Context) -> bool:
    """Whether an address stands for its owner, or a name for the one who is asked about."""
    if not spans[at].has("email"):
        return MEMBER in context.expects
    before = min(_before(spans, at), default=at) - 1
    if before >= 0 and spans[before].has("person"):
        return False
    at_card = context.card is not None and context.card.intent not in _GIVEN_TO
    new = {"add"} if sum(span.has("email") for span in spans) > 1 else _GIVING
    does = any(span.act() not in new for span in spans if span.act())
    free = context.card is None and not context.expects
    asks = free and any(span.has("modal", "aux", "wh") for span in spans)
    return MEMBER in context.expects or at_card or does or asks
