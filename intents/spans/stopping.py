"""What is called off of a card, or of somebody: "never mind the bill", "stop her paying"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from intents.context import Context
from intents.spans.billing import PAY
from intents.spans.span import Span, only_with
from intents.values.phrases import codes_of

_WHO = ("person", "he", "they", "all_people", "nobody")
_LOOKED = frozenset({"list_users", "preview_access"})
"""What only shows access: "stop that" is about what it showed."""
_SENDS = frozenset({"reset_password", "resend_invitation"})
_MAILED = frozenset({"password", "link", "invitation"})
_DONE_TO = frozenset({"delete", "remove", "add", "change", "reset"})
_SMALL = ("filler", "article", "from", "clitic")
_WHOSE = ("article", "genitive", "to", "is", "from", "possessive")
_BETWEEN = ("modal", "want", "aux", "passive", "filler")


def with_what_is_stopped(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read a "stop" with somebody and what they do beside it as a verb that takes access.

    Right behind an answer about what somebody can use, "stop that" takes just that.
    """
    topic, idle = context.topic, not (context.card or context.expects)
    shown = idle and topic.intent in _LOOKED and len(topic.people) == 1 and bool(topic.services)
    return tuple(
        replace(span, tags={"neg": ""})
        if span.act() == "let_not" and _is_to_be_done(spans[at + 1 :])
        else replace(span, tags={"act": "let_not"})
        if (_is_not_to(spans, at) and _does(spans[at + 2 :]))
        or (
            span.has("stops")
            and not (span.act() or _is_denied(spans, at))
            and _is_of_somebody(spans, at)
        )
        else replace(span, tags={"act": "let_not", "it": ""})
        if shown and span.has("stops") and span.has("cancel") and span.end - span.first > 1
        else span
        for at, span in enumerate(spans)
    )


@only_with("without", "cancel")
def with_what_is_dropped(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read "never mind the bill" as "without the bill", where services are shown or asked for.

    At a card, "forget the password" or "forget Léa" drops what it sends, or whom it is about.
    """
    spans = tuple(
        replace(span, tags={"cancel": ""})
        if span.has("without", "cancel")
        and not span.has("no", "neg")
        and (
            _is_sent(spans[at + 1 :], context)
            or _is_the_one(spans[at + 1 :], context)
            or _is_all_of_it(spans[at + 1 :], context)
        )
        else span
        for at, span in enumerate(spans)
    )
    if not ((context.card and context.card.services) or "service" in context.expects):
        return tuple(spans)
    return tuple(
        replace(span, tags={"without": ""})
        if span.has("cancel") and not span.act() and _is_of_a_service(spans[at + 1 :])
        else span
        for at, span in enumerate(spans)
    )


@only_with("cancels")
def with_what_is_cancelled(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read "cancel Jo's TV", "annule la télé de Jo" as taken, where nothing is open to cancel."""
    if context.card or context.expects:
        return tuple(spans)
    return tuple(
        replace(span, tags={"act": "remove"})
        if span.has("cancels") and _is_somebodys(spans[at + 1 :])
        else span
        for at, span in enumerate(spans)
    )


def _is_somebodys(behind: Sequence[Span]) -> bool:
    """Whether what follows, up to a pause, is a service and whose it is."""
    pauses = (at for at, span in enumerate(behind) if span.gap.strip(" '’"))
    said = behind[: next(pauses, len(behind))]
    plain = all(span.has("service", "person", *_WHOSE) and not span.act() for span in said)
    paid = any(PAY in codes_of(span.value) for span in said if span.has("service"))
    whole = any(span.has("service") for span in said) and any(span.is_known for span in said)
    return whole and plain and not paid  # a payment that is called off takes no right to pay


def is_enough(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "scratch the bill, usage is plenty for him": said of what comes, not of what goes."""
    if not ("," in spans[at].gap or now[-1].has("and")):
        return False
    what = list(islice((span for span in spans[at:] if not span.has("article")), 3))
    if not (what and what[0].has("service") and any(span.has("service") for span in now)):
        return False
    told = [span for span in what[1:] if not span.has("he", "it")][:1]
    return any(span.has("enough") for span in told)


def _is_to_be_done(behind: Sequence[Span]) -> bool:
    """As in "is not to be taken off", "should not be removed": to somebody, by whoever it is."""
    to_be, does = (*behind[:2], None, None)[:2]
    passive = to_be is not None and to_be.has("is") and not to_be.act()
    return passive and does is not None and does.act() in _DONE_TO


def _is_not_to(spans: Sequence[Span], at: int) -> bool:
    """As in "she's not to see the bill"; not in "I told her not to see it"."""
    if not (0 < at < len(spans) - 1 and spans[at].has("neg")):
        return False
    subject, before = spans[at - 1], spans[at - 2] if at > 1 else None
    begins = before is None or subject.starts_sentence or before.has("but", "and")
    return begins and subject.has("subject") and spans[at + 1].has("infinitive")


def _is_denied(spans: Sequence[Span], at: int) -> bool:
    """As in "he can't stop watching TV": told, and no order."""
    return any(span.has("neg") for span in spans[max(0, at - 2) : at])


def _is_of_a_service(behind: Sequence[Span]) -> bool:
    what = next((span for span in behind if not span.has("article")), None)
    return what is not None and what.has("service") and not behind[0].gap.strip()


def _is_the_one(behind: Sequence[Span], context: Context) -> bool:
    """Whether somebody whom the card is about, alone, ends the sentence: "forget Léa."."""
    who = behind[0].mention if behind else None
    ends = len(behind) == 1 or (len(behind) > 1 and bool(behind[1].gap.strip()))
    on_card = context.card.people if context.card else frozenset()
    return who is not None and ends and bool(on_card) and on_card == {*who.refs}


def _is_all_of_it(behind: Sequence[Span], context: Context) -> bool:
    """As in "forget about that, …", at a card: whatever it shows."""
    it = bool(behind) and behind[0].has("it") and not behind[0].gap.strip()
    return context.card is not None and it and (len(behind) == 1 or "," in behind[1].gap)


def _is_sent(behind: Sequence[Span], context: Context) -> bool:
    """Whether it is what the card sends: a link, an invitation."""
    if context.card is None or context.card.intent not in _SENDS:
        return False
    what = next((span for span in behind if not span.has("article")), None)
    mailed = what is not None and (what.has("reset_noun") or what.tags.get("field") in _MAILED)
    return mailed and not behind[0].gap.strip()


def _is_of_somebody(spans: Sequence[Span], at: int) -> bool:
    behind = spans[at + 1 :]
    if behind and behind[0].has(*_WHO) and behind[0].gap in {" ", "-"} and _does(behind[1:]):
        return True
    before = (span for span in reversed(spans[:at]) if not span.has(*_BETWEEN) or span.has(*_WHO))
    subject = next(before, None)
    return (
        subject is not None and subject.has(*_WHO) and not spans[at].gap.strip() and _does(behind)
    )


def _does(behind: Sequence[Span]) -> bool:
    """Whether what follows is what somebody does with a service: "from seeing the bill"."""
    for span in behind:
        if span.gap.strip(" '’"):
            return False
        if span.has("service", "all_services", "no_services"):
            return True
        if not (span.act() == "use" or span.has(*_SMALL)):
            return False
    return False
