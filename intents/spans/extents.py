"""How much of the services some words cover, which on their own would say something else.

"Anything to do with the bill" is the bill, "whatever he has" is all of it where something is
taken, and "all Jo needs is the TV" is "only the TV".
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from intents.spans.billing import PAY, VIEW
from intents.spans.span import Span, only_with, right_behind, some
from intents.tasks import TAKING
from intents.values.phrases import SEVERAL

_ALL = ("all_services", "what_of", "something")
_WHO = ("person", "he", "they")
_SMALL = frozenset({"filler", "polite", "please", "emphasis"})
_SHALL = ("want", "is_given")


@only_with("head", "on_top", "concerning", "all_services", "what_of", "of_either")
def with_extents(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read what such words cover."""
    reread = _of_one_subject(_beside_what_they_have(_without_heads(_of_themselves(list(spans)))))
    reread = _all_that_they_have(_only_what_is_needed(_without_each(reread)))
    return tuple(_nothing_of_any(reread))


def _without_each(spans: list[Span]) -> list[Span]:
    """Read "all the services, every one" as said twice: "every one" is no person.

    A set of either is one of services where it is said of what one person has: "every single one".
    """
    if not any(span.mention for span in spans):
        return spans
    for at in range(1, len(spans)):
        if not spans[at].has("all_people"):
            continue
        behind = spans[at - 1].mention is not None and "," in spans[at].gap
        before = spans[:at] if behind else spans[at - 1 : at]
        if any(said.has("all_services") and not said.has("service") for said in before):
            spans[at] = replace(spans[at], tags={"filler": ""})
        elif spans[at].has("of_either") and _is_of_one_person(spans, at):
            told = some(spans[:at], "all_services", "service") or _has_field(spans[:at], "access")
            but = some(spans[at + 1 : at + 2], "except", "but")  # "all bar the TV"
            spans[at] = replace(
                spans[at], tags={"filler" if told and not but else "all_services": ""}
            )
    return spans


def _is_of_one_person(spans: Sequence[Span], at: int) -> bool:
    """Whether one person alone is spoken of, and nothing is done to all, or given to all."""
    whom = {span.mention.refs for span in spans[:at] if span.mention and not span.has("model")}
    behind = list(takewhile(lambda span: not span.act(), reversed(spans[:at])))
    acts = len(behind) < at and not any(span.starts_sentence for span in (spans[at], *behind))
    mentioned = any(span.mention for span in behind)
    led = spans[at - 1].has("to", "except", "without", "and", "but") and not spans[at].gap.strip()
    behind_it = right_behind(spans, at)  # "tous sans exception", not "toutes les demandes"
    ends = (
        behind_it is None
        or behind_it.has("except", "without", "but")
        or behind_it.tags.keys() <= _SMALL
    )
    return len(whom) == 1 and ends and not led and (mentioned or not acts)


def _has_field(spans: Sequence[Span], field: str) -> bool:
    return any(span.tags.get("field") == field for span in spans)


def _of_themselves(spans: list[Span]) -> list[Span]:
    """Read "they've all moved out" as what they did, all of them: no services are meant."""
    for at in range(1, len(spans) - 1):
        has, alls, does = spans[at - 1 : at + 2]
        did = has.has("i_did", "subject") and (does.is_content or does.has("gone", "departs"))
        if did and alls.has_all("all_people", "all_services") and not does.gap.strip():
            spans[at] = replace(alls, tags={"filler": ""})
    return spans


def _without_heads(spans: list[Span]) -> list[Span]:
    """Read "the usage page", "the voicemail box" as the service alone."""
    for at, (what, head) in enumerate(pairwise(spans)):
        if what.has("service") and head.has("head") and head.gap == " ":
            spans[at + 1] = replace(head, tags={"filler": ""})
    return spans


def _beside_what_they_have(spans: list[Span]) -> list[Span]:
    """Read "the same, on top of his TV" as what comes to it: he has the TV."""
    for at, (top, what) in enumerate(pairwise(spans)):
        if top.has("on_top") and what.has("service"):
            spans[at + 1] = replace(what, tags={"filler": ""}, value="")
    return spans


def _of_one_subject(spans: list[Span]) -> list[Span]:
    """Read "anything to do with the bill" as what is done with it: seeing it, and paying it."""
    for at, concerning in enumerate(spans):
        if not at or not concerning.has("concerning"):
            continue
        what = _next_thing(spans, at + 1)
        if what is None:
            continue
        covers = spans[at - 1].has(*_ALL) or spans[at - 1].has_all("it", "link_name")  # "ce qui"
        if not (covers and spans[what].has("service")):
            continue
        for small in range(at - 1, what):
            spans[small] = replace(spans[small], tags={"filler": ""})
        seen = any(span.has("with_bill") for span in spans)  # "let her see anything to do with …"
        if spans[what].value in {VIEW, PAY} and not seen:
            spans[what] = replace(spans[what], value=SEVERAL.join((VIEW, PAY)))
    return spans


def _next_thing(spans: Sequence[Span], at: int) -> int | None:
    """Return the place of what follows articles, if anything does."""
    while at < len(spans) and spans[at].has("article"):
        at += 1
    return at if at < len(spans) else None


def _only_what_is_needed(spans: list[Span]) -> list[Span]:
    """Read "all Jo needs is the TV" as "only …"; not "all Jo needs is a new password"."""
    for at in range(len(spans) - 3):
        alls, who, shall, to_be = spans[at : at + 4]
        if not alls.has_all("all_services", "what_of") or alls.has("wh"):
            continue
        needed = who.has(*_WHO, "me") and shall.has(*_SHALL) and to_be.has("is", "link_name")
        what = _next_thing(spans, at + 4)
        if needed and what is not None and _ends_with(spans, what):
            spans[at] = replace(alls, tags={"only": ""})
            spans[at + 3] = replace(to_be, tags={"filler": ""})
    return spans


def _ends_with(spans: Sequence[Span], at: int) -> bool:
    """Whether a service is the last that is said, but for a "please": not "the TV back"."""
    behind = spans[at + 1] if at + 1 < len(spans) else None
    closes = behind is None or behind.has("polite") or bool(behind.gap.strip(" '’"))
    return spans[at].has("service") and closes


def _all_that_they_have(spans: list[Span]) -> list[Span]:
    """Read "strip Kevin of whatever he's got", "take all that Jo is able to use" as all of it."""
    for at in range(1, len(spans) - 2):
        covers = spans[at].has("what_of", "all_services") and _is_taken(spans, at)
        if not (covers and spans[at + 1].has(*_WHO)):
            continue
        can = list(takewhile(_leads_to_use, spans[at + 2 :]))
        end = at + 3 + len(can)
        if any(span.has("owns") or span.act() == "use" for span in spans[end - 1 : end]):
            spans[at] = replace(spans[at], tags={"all_services": ""})
            spans[at + 2 : end] = [replace(s, tags={"filler": ""}) for s in spans[at + 2 : end]]
            what = _next_thing(spans, end + 1)
            if what is not None and spans[end].has("but") and spans[what].has("service"):
                spans[end] = replace(spans[end], tags={"except": ""})
    return spans


def _leads_to_use(span: Span) -> bool:
    """As in "can", "is able to"."""
    return span.has("modal", "is", "to", "filler") and not (span.has("owns") or span.act())


def _is_taken(spans: Sequence[Span], at: int) -> bool:
    """Whether a verb that takes stands before, and nothing else that it could take, nor another."""
    verb = next((n for n in range(at - 1, -1, -1) if spans[n].act() not in {"", "use"}), -1)
    between = spans[verb + 1 : at]
    whose = spans[at + 1].mention
    others = whose is not None and any(span.mention for span in between)
    apart = any(span.starts_sentence or span.has("service", "except", "neg") for span in between)
    return verb >= 0 and spans[verb].act() in TAKING and not (others or apart)


def _nothing_of_any(spans: list[Span]) -> list[Span]:
    """Read "she isn't paying for anything" as of what is denied there, and not of everything."""
    for at, (small, anything) in enumerate(pairwise(spans)):
        if not (anything.has_all("all_services", "what_of") and small.has("to", "genitive")):
            continue
        if any(neg.has("neg") and thing.has("service") for neg, thing in pairwise(spans[:at])):
            spans[at + 1] = replace(anything, tags={"filler": ""})
    return spans
