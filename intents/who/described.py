"""Somebody told by how they stand: "the one who's locked out, can you open his account"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intents.context import Context, Mention, Person
from intents.spans.span import Span, only_with, written

_BETWEEN = ("wh", "introduces", "that_one", "is", "subject", "filler", "both", "genitive")
_FAR = 6
"""Spans from "the one" to how they stand."""
_HAS = ("owns", "neg", "postposed", "article", "with_bill")


def with_the_locked(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read "the one who is locked" as whom, where that is asked: nothing is to be done by it.

    Of those who could be meant it may also be "the one who isn't".
    """
    state = [span for span in spans if span.tags.get("state") == "locked"]
    if not state or "person" not in context.expects:
        return tuple(spans)
    denied = any(span.has("neg") for span in spans)
    locked = tuple(
        person.ref
        for person in context.people
        if (person.status == "locked") != denied
        and (person.ref in context.candidates or not (denied or context.candidates))
    )
    if not locked or any(span.has("person", "me") for span in spans):
        return tuple(spans)
    somebody = Mention(state[0].text, locked)
    return tuple(
        replace(span, tags={"person": ""}, mention=somebody)
        if span is state[0]
        else replace(span, tags={"filler": ""})
        if span.has("he", "somebody", "state", "wh", "neg")
        else span
        for span in spans
    )


def with_how_they_stand(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "his account is lock", as many say it, as how it stands, and not as an order."""
    return tuple(
        replace(span, tags={"state": "locked"})
        if at
        and span.act() == "lock"
        and not span.has("state")
        and spans[at - 1].has_all("is", "aux")
        and _closes(spans, at)
        else span
        for at, span in enumerate(spans)
    )


@only_with("state", "that_one")
def with_those_described(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read "the one who's locked", "the one who has nothing" as whoever that is.

    What tells them apart is no order to lock, or to take anything.
    """
    return tuple(_described(spans, context))


def _described(spans: Sequence[Span], context: Context) -> Iterator[Span]:
    at = 0
    while at < len(spans):
        end = _state_behind(spans, at)
        who = _whoever(spans[at:end], context) if end and not _is_named(spans, at) else None
        yield who or spans[at]
        at = end if who else at + 1


def _whoever(said: Sequence[Span], context: Context) -> Span | None:
    """Return those who stand as the last word says, as one span; None where nobody does."""
    words, spoken = written(said), context.topic.people
    refs = tuple(person.ref for person in context.people if _is_so(person, said))
    for nearer in (context.candidates, spoken):
        refs = tuple(ref for ref in refs if ref in nearer) or refs
    who = replace(said[0], end=said[-1].end, text=words, tags={"person": ""})
    return replace(who, mention=Mention(words, refs)) if refs else None


def _is_so(person: Person, said: Sequence[Span]) -> bool:
    """Whether somebody stands, or has what they have, as some words say."""
    states = [span.tags["state"] for span in said if span.has("state")]
    denied = any(span.has("neg") for span in said)  # "celui qui a pas la télé"
    if states:
        return (person.status == states[-1]) is not denied
    if said[-1].has("no_services"):
        return not person.services
    return (said[-1].value in person.services) is not denied


def _is_named(spans: Sequence[Span], at: int) -> bool:
    """As in "Kevin is the one who's locked": the sentence says who that is."""
    start = max((n for n in range(at + 1) if spans[n].starts_sentence), default=0)
    ahead = (n for n in range(at + 1, len(spans)) if spans[n].starts_sentence)
    return any(span.mention for span in spans[start : next(ahead, len(spans))])


def _is_the_one_so(behind: Sequence[Span]) -> bool:
    """As in "the locked one"."""
    state, noun = (*behind, None, None)[:2]
    return state is not None and noun is not None and state.has("state") and noun.has("one_noun")


def _state_behind(spans: Sequence[Span], at: int) -> int:
    """Return where "the one who is locked" ends, if it begins at a place; else 0."""
    if spans[at].has("article") and _is_the_one_so(spans[at + 1 : at + 3]):
        return at + 3
    if not spans[at].has_all("that_one", "he"):
        return 0
    for end in range(at + 1, min(at + _FAR, len(spans))):
        if spans[end].gap.strip(" '’"):
            return 0
        if spans[end].has("state"):
            return end + 1 if end > at + 1 or not spans[end].act() else 0
        has = any(span.has("owns") or span.act() == "use" for span in spans[at:end])
        has = has or spans[end - 1].has("wh")  # "the one who pays the bill"
        if has and spans[end].has("service", "no_services"):
            return end + 1 if _closes(spans, end) or _goes_on(spans, end) else 0
        if not spans[end].has(*_BETWEEN, *_HAS):
            return 0
    return 0


def _closes(spans: Sequence[Span], at: int) -> bool:
    """Whether nothing pauses before a word, and what it belongs to ends with it."""
    behind = spans[at + 1] if at + 1 < len(spans) else None
    ends = behind is None or bool(behind.gap.strip()) or behind.has("and", "but")
    return ends and not spans[at].gap.strip()


def _goes_on(spans: Sequence[Span], at: int) -> bool:
    """As in "the one who has nothing gets the TV": not in "celui qui n'a rien demandé"."""
    behind = spans[at + 1] if at + 1 < len(spans) else None
    return behind is not None and behind.has("modal", "is_given", "person", "to")
