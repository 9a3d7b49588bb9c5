"""What counts as a yes, a no, or a "wait": the whole message, never its first word."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from intents.context import Card, Context
from intents.grammar import is_pronoun
from intents.spans import Span
from intents.tasks import PROFILE, About, task_of

_HELPING = ("yes", "polite", "emphasis")
_NAMING = frozenset(
    {
        "account",
        "access",
        "link",
        "password",
        "invitation",
        "request",
        "name",
        "first_name",
        "last_name",
        "email",
        "language",
        "code",
        "last_change",
    }
)
_HARMLESS = frozenset(
    {
        "filler",
        "want",
        "modal",
        "ask_bot",
        "aux",
        "me",
        "you",
        "it",
        "link_name",
        "to",
        "also",
        "title",
        "list_mark",
        "remaining",
        "aux_polite",
        "again",
        "holder",
        "field",
        "game",
        "answered",
        *("and", "or", "article", "clitic", "is", "was", "to_me", "to_whom", "from"),
        "switched_off",
    }
)
"""Kinds that neither agree nor take anything back."""
_REFUSING = (
    "no",
    "cancel",
    "polite",
    "emphasis",
    "neg",
    "filler",
    "he",
    "they",
    "it",
    "yes",
    "later",
    "but",
    "actually",
    "instead",
    "hedge",
    "you",
    "me",
    "want",
    "wait",
    "ask_done",
    "because",
    "aux",
    "modal",
    "ask_bot",
)


def agrees(spans: Sequence[Span], end: str, context: Context, affirms: float) -> bool:
    """Whether a message belongs to agreement, politeness, or names exactly what the card shows.

    `affirms` is how sure the classifier is of a yes, 0 to 1: it lets words pass that the lexicon
    does not have, never a doubt, a condition, a question, a name or another wish.
    (`docs/reading.md`: a yes is the whole message.)
    """
    if not spans or "?" in end or any("?" in span.gap for span in spans):
        return False
    card = context.card or Card("")
    beside = [one for one in spans if not one.has(*_HELPING) and not _is_on(card, one)]
    if any(not _may_stand_beside(one) for one in beside):
        return False
    said = any(one.has("yes") for one in spans)
    if _asks_back(spans) or _puts_right(spans):
        return False
    if not beside:
        return said or _does_it(spans, card) or affirms >= PLAINLY
    unknown = any(one.is_content for one in beside)
    return affirms >= (SURE if said and len(beside) <= FEW and not unknown else PLAINLY)


SURE, PLAINLY = 0.3, 0.6
"""How sure the classifier must be where words are left over, with a yes in words and without."""
FEW = 2


def _may_stand_beside(span: Span) -> bool:
    """Whether words that are no agreement themselves may stand beside one."""
    unknown = span.is_content and not (span.text[:1].isupper() and span.first > 0)
    return unknown or (bool(span.tags) and set(span.tags) <= _HARMLESS)


def _asks_back(spans: Sequence[Span]) -> bool:
    """As in "Do I have to say yes", "are you sure": a question without its mark."""
    if any(one.has("you") and one.gap == "-" for one in spans):
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
        return span.tags["field"] in _NAMING
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


def refuses(spans: Sequence[Span], end: str) -> bool:
    """Whether a message says no, and nothing else that could be done instead."""
    if len(spans) == 1 and spans[0].has("no_alone"):
        return True
    said = [one for one in spans if one.has("no", "cancel")]
    undecided = any(
        one.has("yes") and between.has("filler") and behind.has("no")
        for one, between, behind in zip(spans, spans[1:], spans[2:], strict=False)
    )
    if not said or undecided or "?" in end:
        return False
    return all(one.has(*_REFUSING) or one.act() == "keep" for one in spans)


def waits(spans: Iterable[Span]) -> bool:
    """Whether somebody asks for time: "one moment", "let me ask my wife", "demain"."""
    return any(one.has("wait", "later", "hedge") for one in spans)
