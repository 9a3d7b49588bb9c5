"""What is no agreement, whatever sounds like one in it: "Kevin is fine", "he needs my approval"."""

from collections.abc import Sequence
from itertools import pairwise

from intents.clauses.telling import is_found_fine
from intents.context import Card, Context
from intents.spans.span import Span
from intents.tasks import REVOKE, SENDS_AWAY, SET

AGAINST = frozenset({"revoke", "decline", "withdraw"})
"""What a card never does without saying so."""
_WHO_DID = ("writer", "subject", "person", "you")
_NEAR = 4
"""Spans from whoever needs something to the need."""
_CONSENTS = ("yes", "polite", "me", "you", "owns", "consent", "emphasis", "article", "concludes")


def tells_otherwise(spans: Sequence[Span], card: Card) -> bool:
    """Whether it tells how things are, so that no yes can be meant by it."""
    fine = card.change in AGAINST and is_found_fine(spans)  # "la télé c'est correct"
    told = fine or _finds_well(spans) or _awaits_consent(spans) or _was_done(spans)
    return told or _needs_it(spans, card)


def is_the_rest(spans: Sequence[Span], at: int, context: Context) -> bool:
    """As in "oui, tout le reste", at a card that takes all but what stays; not in "et le reste"."""
    card = context.card
    if card is None or not spans[at].has("rest"):
        return False
    if any(span.has("also") for span in spans) or (at > 0 and spans[at - 1].has("and")):
        return False
    most = card.change == REVOKE and 2 * len(card.services) > len(context.services)
    return most or card.change == SET


def _was_done(spans: Sequence[Span]) -> bool:
    """As in "he removed himself", "je l'ai déjà donné"; not in "I checked, go ahead"."""
    return not any(span.has("yes") for span in spans) and any(
        verb.act()
        and not verb.has("yes")
        and (who.has("was", "ask_done") or (verb.has("past") and who.has(*_WHO_DID)))
        for who, verb in pairwise(spans)
    )


def _finds_well(spans: Sequence[Span]) -> bool:
    """As in "the TV is fine", "Kevin va bien": said of who or what the card is about."""
    said = [span for span in spans if not span.has("polite", "article", "only_yes")]
    if len(said) > 1 and said[0].has("person") and said[1].has("subject"):
        said = said[1:]  # "Kevin, il est correct"
    who, how = (*said, None, None)[:2]
    if who is None or how is None or not who.has("person", "service", "subject", "field"):
        return False
    if any(span.has("yes") and span.gap.strip() for span in said[2:]):
        return False  # "elle est d'accord, allez-y"
    goes = who.has("person") and how.has("filler") and not how.has("yes", "to", "and")
    return (goes or how.has("is")) and not how.gap.strip(" '’")


def _awaits_consent(spans: Sequence[Span]) -> bool:
    """As in "he needs my approval", "I need her consent"; not in "you have my consent"."""
    said = [span for span in spans if not span.has("article") or span.has("me", "possessive")]
    asked = any(
        span.has("consent") and whose.has("possessive", "he") for whose, span in pairwise(said)
    )
    given = all(span.has(*_CONSENTS) or span.act() == "give" for span in said)
    wanted = any(span.has("want", "he", "person") for span in said)
    return asked and (wanted or not given)


def _needs_it(spans: Sequence[Span], card: Card) -> bool:
    """As in "he still needs his TV", at a card that takes it."""
    if card.intent not in SENDS_AWAY and card.change not in AGAINST:
        return False
    return any(
        span.has("subject", "person")
        and any(near.has("want", "still", "owns") for near in spans[at + 1 : at + _NEAR])
        for at, span in enumerate(spans)
    )
