"""Words that do here what they do not do elsewhere: "this bug is open", "I want that Jo …"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.clauses.clause import DOING
from intents.spans.grammar import is_adverb
from intents.spans.span import Span, only_with, right_behind


def with_asides_of_whom(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *who* of "I never know who I'm talking to" as no question about people."""
    return tuple(
        replace(span, tags={"filler": ""})
        if span.tags.get("wh") == "who" and _is_of_us(spans[at + 1 : at + 3])
        else span
        for at, span in enumerate(spans)
    )


def _is_of_us(behind: Sequence[Span]) -> bool:
    """As in "who I talk to", "à qui je parle": something that no verb of ours does."""
    if len(behind) < len("ab"):
        return False
    who, does = behind
    near = not (who.gap.strip() or does.gap.strip(" '’"))
    return near and who.has("writer") and does.is_content


def with_states(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *open* of "this bug is open", the *correct* of "that is correct" as a state."""
    return tuple(
        replace(span, tags={"filler": ""})
        if span.act() == "open" and (_is_told_so(spans, at) or _are_of_that_kind(spans, at))
        else replace(span, tags={"yes": ""})
        if span.has_all("act", "yes") and span.act() == "change" and _is_told_so(spans, at)
        else span
        for at, span in enumerate(spans)
    )


def _is_told_so(spans: Sequence[Span], at: int) -> bool:
    """As in "this bug is open"; "I open the bill" tells what somebody looks at."""
    before = spans[at - 1] if at else None
    return before is not None and (before.has_all("is", "aux") or before.has("writer"))


def _are_of_that_kind(spans: Sequence[Span], at: int) -> bool:
    """As in "any open requests?": which requests."""
    behind = right_behind(spans, at)
    return behind is not None and behind.tags.get("field") == "request"


@only_with("or")
def with_alternatives(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *ou* of "monsieur ou madame" as *or*, and not as *où*."""
    return tuple(
        replace(span, tags={kind: tag for kind, tag in span.tags.items() if kind != "wh"})
        if span.has_all("or", "wh") and at and _are_alike(spans[at - 1], right_behind(spans, at))
        else span
        for at, span in enumerate(spans)
    )


def _are_alike(before: Span, behind: Span | None) -> bool:
    kinds = ("title", "person", "service")
    return behind is not None and any(before.has(kind) and behind.has(kind) for kind in kinds)


@only_with("likes_that")
def with_wishes(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "I would like that Jo has the TV" as a wish; alone it is a yes."""
    return tuple(
        replace(span, tags={"want": "", "introduces": ""})
        if span.has("likes_that") and _is_subject(right_behind(spans, at))
        else span
        for at, span in enumerate(spans)
    )


@only_with("would", "short_would")
def with_parted_wishes(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "I would therefore like …", "I'd really like …" as "I would like …"."""
    reread = list(spans)
    for at, span in enumerate(spans):
        like = next((n for n in range(at + 1, len(spans)) if not is_adverb(spans[n])), at)
        meant = span.has("would", "short_would") and like > at + 1 and spans[like].has("like_whom")
        if meant and not any(between.gap.strip() for between in spans[at + 1 : like + 1]):
            reread[at] = replace(span, tags={"want": ""})
            reread[like] = replace(spans[like], tags={"filler": ""})
    return tuple(reread)


def _is_subject(span: Span | None) -> bool:
    return span is not None and span.has("person", "subject", "you", "all_people")


@only_with("only")
def with_the_only_one(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "he is the only one at home" as told of him: nothing is limited by it."""
    return tuple(
        replace(span, tags={"emphasis": "", "filler": ""})
        if span.has("only")
        and at > 1
        and spans[at - 1].has("article")
        and spans[at - 2].has("is", "link_name")
        and any(behind.has("one_noun") for behind in spans[at + 1 : at + 2])
        and not any(behind.has("wh") for behind in spans[at + 2 : at + 3])
        else span
        for at, span in enumerate(spans)
    )


@only_with("must")
def with_what_must_be_done(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "je dois suspendre …" as a wish; not "je dois la télé à Jo", "je dois avoir …"."""
    return tuple(
        replace(span, tags={"want": ""})
        if span.has("must") and _is_done(right_behind(spans, at))
        else span
        for at, span in enumerate(spans)
    )


def _is_done(span: Span | None) -> bool:
    return span is not None and span.act() in DOING


@only_with("of_two")
def with_former_things(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *former* of "the former tenant, Tyler" as what he was, and not as one of two."""
    return tuple(
        replace(span, tags={"filler": ""}) if span.has("of_two") and _goes_on(spans, at) else span
        for at, span in enumerate(spans)
    )


_GOES_ON = ("act", "aux", "modal", "is", "want", "neg", "it", "subject", "polite", "to", "only")


def _goes_on(spans: Sequence[Span], at: int) -> bool:
    behind = right_behind(spans, at)
    return behind is not None and not behind.has(*_GOES_ON)
