"""What counts as a yes, a no, or a "wait": the whole message, never its first word."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from intents.answers import is_odd
from intents.clauses import DOING
from intents.context import Card, Context
from intents.grammar import is_pronoun
from intents.lexicon import read_yaml
from intents.sighting import Sighting
from intents.spans import Span
from intents.tasks import PROFILE, About, task_of


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """Return kinds of words by what they do to a yes or a no (`lexicon/kinds.yml`)."""
    listed = read_yaml("lexicon", "kinds.yml")
    return {name: frozenset(kinds) for name, kinds in listed.items()}


UNLIKELY, LIKELY = 0.04, 0.5
"""How sure the classifier must be of a yes: of plain agreement, and where there is more."""


LONG_NUMBER = 3
"""Digits of a number that is no button's: "100 %", "1000 fois oui"."""


FEW = 8
"""Words that nobody knows and that may still be a no, as the classifier hears it."""


def agrees(spans: Sequence[Span], sighting: Sighting, context: Context) -> bool:
    """Whether a message belongs to agreement, politeness, or names exactly what the card shows.

    Other words may stand there if yeses are said with each of them, if none of them spoils one,
    and if the whole sounds like a yes to the classifier (`docs/reading.md`).
    """
    if not spans or "?" in sighting.end or any("?" in span.gap for span in spans):
        return False
    known = any(one.tags for one in spans) or bool(sighting.agreeing)
    numbered = any(one.text.isdecimal() and len(one.text) < LONG_NUMBER for one in spans)
    if sighting.is_cut or not known or numbered:
        return False
    card = context.card or Card("")
    beside = [
        place
        for place, one in enumerate(spans)
        if not one.has("yes", "polite") and not _is_on(card, one)
    ]
    if any(_spoils(spans, place, sighting.agreeing, card) for place in beside):
        return False
    if _asks_back(spans) or _puts_right(spans):
        return False
    said = any(one.has("yes") for one in spans)
    plain = not beside and (said or _does_it(spans, card))
    parts = any(one.tags.get("field") in PROFILE for one in spans)
    if not (said or plain) and (
        parts
        or is_odd(sighting.text)
        or any(_is_of_another(card, one) for one in spans)
        or all(one.has("polite") for one in spans)
        or (context.card is None and len(spans) > 1)
    ):
        return False
    least = LIKELY if not plain else UNLIKELY if len(spans) > 1 else 0.0
    return sighting.answers.get("yes", 0.0) >= least


def _is_of_another(card: Card, span: Span) -> bool:
    """As in "Give it", where something is asked for: a verb of ours that the card is not about."""
    return span.act() in DOING - {"approve", "send", "keep"} and not _names_act(card, span)


def _spoils(spans: Sequence[Span], place: int, agreeing: frozenset[int], card: Card) -> bool:
    """Whether a word that is no agreement itself cannot stand beside one."""
    span = spans[place]
    small = bool(span.tags) and set(span.tags) <= _kinds()["small"]
    if not small and not agreeing.issuperset(range(span.first, span.end)):
        return True
    last = place > 0 and place == len(spans) - 1
    if last and span.mention is not None and span.mention.relation and not span.mention.refs:
        return False  # "oui mon chum": whoever is spoken to
    behind = spans[place + 1] if place + 1 < len(spans) else span
    aimed = any(one.has("he", "they", "person", "service") for one in spans[place + 1 :])
    if span.act() and (
        aimed or card.change in _AGAINST or span.act() not in _kinds()["loose_acts"]
    ):
        return True
    if span.has("wh"):
        return span.tags["wh"] != "" or not behind.has("me")  # "just what I want"
    spoils = span.has(*_kinds()["spoiling"]) and not span.has("emphasis")
    return spoils and not _is_no_trouble(spans, place)


def _is_no_trouble(spans: Sequence[Span], place: int) -> bool:
    """As in "I have no objection", "sans hésiter"."""
    return any(
        one.has("neg", "no", "without", "no_services") and behind.has("trouble")
        for one, behind in pairwise(spans[max(place - 1, 0) : place + 2])
    )


def _asks_back(spans: Sequence[Span]) -> bool:
    """As in "Do I have to say yes", "are you sure": a question without its mark."""
    if any(one.has("you") and one.gap == "-" for one in spans):
        return True
    if any(one.has("aux") and one.end - one.first > 1 for one in spans):
        return True
    said = [one for one in spans if not one.has("polite")]
    for place, (one, behind) in enumerate(pairwise(said)):
        opens = place == 0 or one.gap.strip() or len(one.gap) > 1 or said[place - 1].has("yes")
        inverted = one.has("aux", "ask_done") and not one.has("yes")
        if opens and inverted and behind.has("me", "you", "it", "he", "they"):
            return True
        if one.has("you") and not one.has("yes") and behind.has("yes") and not behind.has("act"):
            return True
    return False


def _puts_right(spans: Sequence[Span]) -> bool:
    """As in "Correct the name": a verb, though the word is a yes as well."""
    return any(
        one.has("yes") and one.has("act") and behind.has("field", "it", "filler")
        for one, behind in pairwise(spans)
    )


def _does_it(spans: Sequence[Span], card: Card) -> bool:
    """As in "Remove him", "envoie-le": what the card shows, with a pronoun for who is on it."""
    if any(one.act() in {"approve", "decline"} and _names_act(card, one) for one in spans):
        return True
    does = any(_names_act(card, one) for one in spans)
    if does and all(
        _names_act(card, one)
        or (one.has("field") and one.tags["field"] not in PROFILE)
        or one.has("polite", "emphasis", "reset_noun")
        for one in spans
    ):
        return True
    points = any(
        one.has("he", "they", "it") and is_pronoun(spans, p) for p, one in enumerate(spans)
    )
    return does and points and not any(one.has("person") for one in spans)


def _is_on(card: Card, span: Span) -> bool:
    if span.mention is not None:
        named = not card.people.isdisjoint(span.mention.refs)  # of two of one name, it shows one
        return named or span.mention.said in card.values
    if span.has("service"):
        return span.value in card.services
    if span.has("email", "language"):
        return span.value in card.values
    if span.has("act"):
        return _names_act(card, span)
    if span.has("both"):
        return len(card.people) > 1
    if span.has("he", "they", "it", "reset_noun"):
        return True
    if span.has("all_services", "all_people"):
        return bool(card.services if span.has("all_services") else len(card.people) > 1)
    if span.has("field"):
        part = bool(card.values) and span.tags["field"] in PROFILE
        return part or span.tags["field"] in _kinds()["named"]
    return any(span.text.casefold() in value.casefold().split() for value in card.values)


def _names_act(card: Card, span: Span) -> bool:
    """Whether a verb is the one that the card carries out."""
    act = span.act()
    if not act or not card.intent:
        return False
    services = bool(card.services) or card.intent == "change_rights"
    fields = frozenset({"password", "invitation", "email", "link"}) & _LINKS.get(
        card.intent, frozenset()
    )
    about = About(
        services, services, True, False, False, False, card.intent == "create_user", fields
    )
    task = task_of(act, about)
    if task is None or task[0] != card.intent:
        return False
    return card.change in {task[1], "set"} or (not card.change and task[1] not in _AGAINST)


_AGAINST = frozenset({"revoke", "decline", "withdraw"})
"""What a card never does without saying so."""
_LINKS = {
    "reset_password": frozenset({"password"}),
    "resend_invitation": frozenset({"invitation"}),
    "edit_profile": frozenset({"email"}),
}


def refuses(spans: Sequence[Span], sighting: Sighting, context: Context) -> bool:
    """Whether a message says no, and nothing else that could be done instead."""
    card = context.card
    known = len(spans) <= FEW or any(one.tags for one in spans)
    if sighting.is_cut or not known:
        return False
    if card and "?" not in sighting.end and sighting.answers.get("no", 0.0) >= LIKELY:
        aside = [one for one in spans if not one.has("no", "cancel") and not _is_on(card, one)]
        return not any(
            one.has(*_kinds()["elsewhere"], "trouble") or one.act() in DOING for one in aside
        ) and not any(one.has("field") for one in spans)
    if len(spans) == 1 and spans[0].has("no_alone"):
        return True
    said = [one for one in spans if one.has("no", "cancel")]
    undecided = any(
        one.has("yes") and between.has("filler") and behind.has("no")
        for one, between, behind in zip(spans, spans[1:], spans[2:], strict=False)
    )
    if not said or undecided or "?" in sighting.end:
        return False
    return all(one.has(*_kinds()["refusing"]) or one.act() == "keep" for one in spans)


def waits(spans: Iterable[Span]) -> bool:
    """Whether somebody asks for time: "one moment", "let me ask my wife", "demain"."""
    return any(one.has("wait", "later", "hedge") for one in spans)
