"""What counts as a no: nothing is wished for that could be done instead."""

from collections.abc import Sequence
from dataclasses import replace

from intents.answers.agreement import names_some_services
from intents.answers.shown import is_on, is_the_card, kinds
from intents.clauses.clause import DOING
from intents.context import Card, Context, Wish
from intents.sighting import Sighting
from intents.spans.span import Span
from intents.tasks import PROFILE

REFUSED = 0.5
"""How sure the classifier must be of a no."""
FEW = 8
"""Words that nobody knows and that may still be a no, as the classifier hears it."""


def refuses(
    spans: Sequence[Span], sighting: Sighting, context: Context, wishes: Sequence[Wish]
) -> bool:
    """Whether a message says no, and wishes for nothing that could be done instead."""
    card = context.card
    known = len(spans) <= FEW or any(span.tags for span in spans)
    if sighting.is_cut or not known:
        return False
    named = {ref for span in spans if span.mention for ref in span.mention.refs}
    if card and named and named < card.people:  # "not Jo", of two: it is put right
        return False
    fewer = card is not None and names_some_services(spans, card)
    if fewer and any(span.has("without", "also", "neg") for span in spans):  # "never mind the bill"
        return False
    put_off = any(span.has("wait", "later", "until", "whether") for span in spans)
    put_off = put_off or (card is not None and not named <= card.people)  # "he stays, Tyler goes"
    if card and "?" not in sighting.end and not put_off and _refuses_the_card(wishes, card):
        return True
    if card and "?" not in sighting.end and sighting.answers.get("no", 0.0) >= REFUSED:
        aside = [span for span in spans if not span.has("no", "cancel") and not is_on(card, span)]
        wished = any(wish.mood == "wish" for wish in wishes)
        puts_right = any(span.tags.get("field") in {*PROFILE, "last_change"} for span in spans)
        return not (wished or puts_right) and not any(
            span.has(*kinds()["elsewhere"], "trouble") or span.act() in DOING - kinds()["declining"]
            for span in aside
        )
    if len(spans) == 1 and spans[0].has("no_alone"):
        return True
    said = [span for span in spans if span.has("no", "cancel")]
    undecided = any(
        span.has("yes") and between.has("filler") and behind.has("no")
        for span, between, behind in zip(spans, spans[1:], spans[2:], strict=False)
    )
    if not said or undecided or "?" in sighting.end:
        return False
    return all(span.has(*kinds()["refusing"]) or span.act() == "keep" for span in spans)


def _refuses_the_card(wishes: Sequence[Wish], card: Card) -> bool:
    """As in "hmm no, don't block him"."""
    refused = all(wish.mood == "refusal" for wish in wishes)
    return refused and is_the_card([replace(wish, mood="wish") for wish in wishes], card)
