"""Who stays, at a card that removes or suspends somebody: "she can stay", "garde Jo"."""

from collections.abc import Iterator, Sequence

from intents.clauses.clause import Clause
from intents.context import Card, Context, Mention, Wish
from intents.spans.span import Span
from intents.tasks import LEAVING, SENDS_AWAY
from intents.who.named import Named
from intents.wishes.moods import asks

_SMALL = ("filler", "modal", "aux", "want", "emphasis")


def with_who_stays(
    wishes: Sequence[Wish], clause: Clause, named: Named, context: Context
) -> Iterator[Wish]:
    """Yield the wishes of a clause, or that what the card does is not done to who is kept."""
    card = context.card
    if card is None or card.intent not in SENDS_AWAY or not _keeps(clause, named):
        yield from wishes
    elif whom := _kept(clause, named, card):
        yield Wish(card.intent, "refusal", whom)
    else:
        yield from wishes


def _keeps(clause: Clause, named: Named) -> bool:
    """Whether somebody is to stay as they are: nothing is given, taken or asked about."""
    acts = clause.values("act") - {"use"}
    bare = (
        clause.has("lets")
        and clause.has("he", "person")
        and not any(span.is_content for span in clause.spans)
    )
    things = named.services or named.all_services or named.no_services or named.not_services
    told = clause.has("neg", "nomore", "until", "whether", "same", "email", "unwilling")
    kept = ("keep" in acts and acts <= LEAVING) or (acts == {"give"} and bare)
    return kept and not (things or told or asks(clause))


def _kept(clause: Clause, named: Named, card: Card) -> tuple[Mention, ...]:
    """Return who is kept of those on the card: "he stays, it is Tyler who leaves"."""
    on_card = Mention.each(sorted(card.people))
    whom = tuple(named.people) or on_card
    if all(mention.value in card.people for mention in whom):
        return whom
    for before, verb, behind in _each_with_neighbours(clause.spans):
        beside = [span for span in (before, behind) if span and span.has("person", "he")]
        if verb.act() == "keep" and beside:
            mention = beside[0].mention
            known = (mention,) if mention else on_card if len(on_card) == 1 else ()
            return tuple(who for who in known if who.value in card.people)
    return ()


def _each_with_neighbours(spans: Sequence[Span]) -> Iterator[tuple[Span | None, Span, Span | None]]:
    """Yield each span with those beside it, without the small words between."""
    said: list[Span | None] = [s for s in spans if s.has("person", "he") or not s.has(*_SMALL)]
    for before, span, behind in zip([None, *said], said, [*said[1:], None], strict=False):
        assert span is not None
        yield before, span, behind
