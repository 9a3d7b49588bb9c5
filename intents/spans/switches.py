"""What comes or goes without a verb of giving: "TV off for Jo", "the bill is coming off him"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from intents.spans.span import Span, only_with

_SWITCHED = ("switched_on", "switched_off")
_BEFORE_A_SWITCH = (
    *("article", "polite", "also", "and", "but"),
    *("concludes", "person", "to", "service"),
)


@only_with("switched_on", "switched_off")
def with_switches(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "TV off for Jo", "the bill on for Kevin" as what is done; not "the TV is off"."""
    switches = [at for at in range(1, len(spans)) if _is_switch(spans, at)]
    turned = {kind for at in switches for kind in _SWITCHED if spans[at].has(kind)}
    if len(turned) > 1 and not all(spans[at - 1].has("service") for at in switches):
        return tuple(spans)  # "TV off for Jo, on for Kevin"
    reread = list(spans)
    for at in switches:
        if spans[at - 1].has("comes"):
            reread[at - 1 : at + 1] = _as_taken(spans, at)
            continue
        straight = spans[at - 1].has("service") and not spans[at].gap.strip()
        if straight and not _is_told(spans[:at]):
            act = "remove" if spans[at].has("switched_off") else "give"
            reread[at - 1] = replace(spans[at - 1], tags={**spans[at - 1].tags, "act": act})
            reread[at] = replace(spans[at], tags={"filler": ""})
    return tuple(reread)


@only_with("goes_away", "switched_off")
def with_what_goes_away(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "Jo's TV can go", "the bill for Kevin I want gone" as taken; not "the TV is gone"."""
    return tuple(
        replace(span, tags={"act": "remove"}) if _goes_away(spans, at) else span
        for at, span in enumerate(spans)
    )


def _goes_away(spans: Sequence[Span], at: int) -> bool:
    """Whether a thing is wished to go, and to nobody: not in "the data can go to Kevin"."""
    off = spans[at].has("switched_off") and at > 0 and spans[at - 1].has("passive")
    if not (spans[at].has("goes_away") or off) or spans[at].act():
        return False
    ends = at + 1 == len(spans) or bool(spans[at + 1].gap.strip()) or spans[at + 1].has("polite")
    lead = list(takewhile(lambda span: span.has(*_LEADS_AWAY), reversed(spans[:at])))
    said = spans[max(0, at - _NEAR) : at + 1]
    start = max((n for n, span in enumerate(said) if span.gap.strip(" '’")), default=0)
    run = said[start:][::-1]
    between = run[1 : 1 + len(lead) + 4]
    thing = any(span.has("service", "all_services") for span in between[len(lead) :])
    thing = thing and not any(span.has("when", "before_that", "wh") for span in between)
    said_only = len(run) > 1 and run[1].has("service", "all_services")
    only = said_only and any(span.has("only") for span in run[2:4])  # "only the TV goes"
    told = not lead and not (only or any(span.has("want") for span in run))
    wished = only or any(span.has("modal", "want", "passive") for span in run)
    return ends and thing and wished and not told


_NEAR = 7
_LEADS_AWAY = ("modal", "want", "passive", "me", "to", "is", "also", "it", "clitic")


def _as_taken(spans: Sequence[Span], at: int) -> Sequence[Span]:
    """Read "the TV is coming off him" as taken; not "Kevin is coming off a night shift"."""
    verb, off = spans[at - 1 : at + 1]
    start = max(n for n in range(at) if n == 0 or spans[n].gap.strip(" '’"))
    said = spans[start : at - 1]
    things = any(span.has("service", "all_services") for span in said)
    more = any(span.mention or span.is_content for span in said)  # "the TV charge is coming off"
    whose = any(span.has("is", "service", "field") for span in spans[at + 2 : at + 3])
    asked = bool(said) and said[0].has("is")  # "is the TV coming off him?"
    if not (things and off.has("switched_off")) or more or whose or asked:
        return verb, off
    return replace(verb, tags={"act": "remove"}), replace(off, tags={"filler": "", "from": ""})


def _is_switch(spans: Sequence[Span], at: int) -> bool:
    """Whether "off" or "on" stands before whom it is for: "off Jo" too, not "off his phone"."""
    off = spans[at].has("switched_off")
    if not (off or spans[at].has("switched_on")):
        return False
    behind = spans[at + 1 : at + 3]
    whom = next((span for span in behind if not span.has("to")), None)
    somebody = whom is not None and whom.has("person", "all_people", "he", "they", "other")
    owner = whom is not None and (whom.has("possessive") or behind[-1].is_content)
    return somebody and not owner and (off or behind[0].has("to"))


def _is_told(said: Sequence[Span]) -> bool:
    """Whether more is said before the thing: "the TV is off", "my screen says TV off for Jo"."""
    start = max((at for at, span in enumerate(said) if span.gap.strip(" '’")), default=0)
    return not all(span.has(*_BEFORE_A_SWITCH) and not span.act() for span in said[start:-1])
