"""What is taken where something is given: "hand the bill over from Kevin to Hélène"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intents.clauses import Clause
from intents.context import Context, Mention, Wish
from intents.spans import Span
from intents.tasks import CHANGE, GRANT, REVOKE

_BETWEEN = ("article", "and", "filler")


def handed_over(wish: Wish, clause: Clause) -> Iterator[Wish]:
    """Part a gift that comes from somebody of the household: who gives it loses it."""
    losing = [who for who in _behind("from", clause.spans) if who in wish.whom]
    getting = [who for who in _behind("to", clause.spans) if who in wish.whom]
    whole = bool(losing and getting) and len(losing) + len(getting) == len(wish.whom)
    if wish.change != GRANT or not whole:
        yield wish
        return
    yield replace(wish, whom=tuple(getting))
    yield replace(wish, whom=tuple(losing), change=REVOKE)


def denied_beside(
    people: Sequence[Mention], services: Sequence[str], mood: str, context: Context
) -> Iterator[Wish]:
    """As in "she gets the invoice, not the data": taken only from somebody who has it."""
    known = [person for who in people if (person := context.person(who.value))]
    held = [code for code in services if any(code in person.services for person in known)]
    if held:
        yield Wish(CHANGE, mood, tuple(people), REVOKE, tuple(held))


def _behind(kind: str, spans: Sequence[Span]) -> Iterator[Mention]:
    """Yield those who stand right behind a word: "from Kevin and Jo"."""
    led = False
    for span in spans:
        if span.mention is not None and led:
            yield span.mention
        elif span.has("from", "to"):
            led = kind == ("to" if span.has("to") else "from")  # the French "à" can be both
        else:
            led = led and span.has(*_BETWEEN) and not span.act()
