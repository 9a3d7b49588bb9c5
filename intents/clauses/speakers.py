"""Who only says what is to be done: "my husband told me to remove Jo" is about Jo alone."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from intents.clauses.clause import DOING
from intents.spans.grammar import is_pronoun
from intents.spans.span import Span

_FAR = 4
"""Spans from what is said to what is to be done."""
_LEADING = ("to", "genitive", "introduces", "you", "subject", "writer", "to_me", "want", "modal")
_BEFORE = ("to_me", "was", "i_did")
"""What stands before a participle: "m'a proposé de …"."""


def with_speakers(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read whoever says it as nobody, where the order that is told names somebody else."""
    told = list(spans)
    for at, span in enumerate(spans):
        if not span.has("person"):
            continue
        if _is_against_it(spans, at):
            told[at] = _nobody(span)
            told[at + 1] = replace(spans[at + 1], tags={"unwilling": "", "neg": ""})
        if _is_asked_about(spans, at):
            told[at] = replace(span, mention=None)
        if _is_told(spans, at) or _had_it(spans, at):
            told[at] = _nobody(span)
        near = spans[at + 1 : at + 2 + 2 * _FAR]
        says = _says_to_do(near[: 1 + _FAR]) or _wants_to(near)
        if says and _is_about_others(spans, at + 1):
            for who in _together(spans, at):
                told[who] = _nobody(spans[who])
            wants = spans[at + 1].tags if spans[at + 1].has("want") else {"filler": ""}
            told[at + 1] = replace(spans[at + 1], tags={**wants, "bidden": ""})
    return tuple(told)


def _nobody(span: Span) -> Span:
    return replace(span, tags={"filler": ""}, mention=None)


def _together(spans: Sequence[Span], at: int) -> Sequence[int]:
    """Return the places of all who say it: "Kevin and Tyler want …"."""
    before = takewhile(lambda n: spans[n].has("person", "and"), range(at - 1, -1, -1))
    return [at, *(n for n in before if spans[n].has("person"))]


def _is_told(spans: Sequence[Span], at: int) -> bool:
    """As in "tell Hélène that Kevin can pay", "let Jo know that …": it is of somebody else."""
    start = max(n for n in range(at + 1) if n == 0 or spans[n].starts_sentence)
    lead = list(takewhile(_leads_on, spans[at + 1 : at + 4]))
    who = next(iter(spans[at + 1 + len(lead) :]), None)
    if who is None or not lead or start == at or any(s.gap.strip() for s in (*lead, who)):
        return False
    does = any(span.act() or span.has("want", "modal") for span in spans[start:at])
    tells = next((s for s in reversed(spans[start:at]) if not s.has("to", "filler")), who)
    told = tells.is_content or tells.has("says") or tells.tags.keys() == {"emphasis"}
    return who.has("person") and told and not does


def _had_it(spans: Sequence[Span], at: int) -> bool:
    """As in "give Jo the TV that Kevin had": whose it was, which the others only get."""
    had, behind = (*spans[at + 1 : at + 3], None, None)[:2]
    before = list(dropwhile(lambda span: span.has("as_whom", "that_one"), spans[:at][::-1]))
    ends = behind is None or bool(behind.gap.strip()) or behind.has("polite")
    if had is None or not before or not ends or any(s.gap.strip() for s in (spans[at], had)):
        return False
    given = any(span.act() in {"give", "add"} for span in spans[:at])
    to_another = given and any(span.has("person", "he") for span in spans[:at])
    return (
        to_another and before[0].has("service") and (had.has("was", "owns") or had.act() == "use")
    )


def _leads_on(span: Span) -> bool:
    """As in "that", "know that"."""
    return span.has("introduces") or span.tags.keys() == {"filler"}


def _is_asked_about(spans: Sequence[Span], at: int) -> bool:
    """As in "did my wife delete Kevin?", "ma femme a-tu supprimé Kevin?": who may have done it."""
    who, near = spans[at].mention, spans[at + 1 : at + 2 + _FAR]
    if who is None or who.refs or not who.relation:
        return False
    before, first = spans[at - 1 : at] if at else (), near[:1]
    asks = any(span.has("ask_done", "aux") for span in before)
    asks = asks or any(s.has("ask_done", "was") or s.tags.get("aux") == "asks" for s in first)
    whom = list(dropwhile(lambda span: span.act() not in DOING, near))[1:2]
    return asks and any(span.has("person", "all_people", "they", "both") for span in whom)


def _is_against_it(spans: Sequence[Span], at: int) -> bool:
    """As in "Kevin doesn't want Jo removed": what he does not want is done to somebody else."""
    against, whom, does = (*spans[at + 1 : at + 4], None, None, None)[:3]
    if against is None or whom is None or does is None:
        return False
    near = not f"{against.gap}{whom.gap}{does.gap}".strip()
    return near and against.has("nomore") and whom.has("person") and does.act() in DOING


def _wants_another_to(behind: Sequence[Span]) -> bool:
    """As in "wants Jo to see the bill", "veut que Jo voie la facture"."""
    want, who, does = ([s for s in behind if not s.has("introduces")] + [behind[0]] * 3)[:3]
    another = want.has("want") and who.has("person") and does is not behind[0]
    return another and (does.has("to") or does.act() in DOING | {"use"})


_THING = ("article", "to", "from", "genitive", "service", "possessive")
"""What stands between a verb and to whom it is done."""


def _wants_to(near: Sequence[Span]) -> bool:
    """As in "wants to remove Jo", "voudrait enlever la télé à Jo": done to another by name."""
    goes_on = takewhile(lambda span: not span.gap.strip(" '’"), near)
    said = [span for span in goes_on if span.act() or not span.has(*_THING)]
    want, verb, whom = (*said[:3], None, None, None)[:3]
    if want is None or verb is None or whom is None or not want.has("want"):
        return False
    does = verb.act() in DOING and not verb.has("gerund", "past", "loses")
    return does and whom.has("person")


def _is_about_others(spans: Sequence[Span], start: int) -> bool:
    """Whether somebody is named, and no pronoun stands for whoever speaks."""
    goes_on = takewhile(lambda at: not spans[at].starts_sentence, range(start, len(spans)))
    people = [at for at in goes_on if spans[at].has("person") or _stands(spans, at)]
    if any(span.has("suggests") for span in spans[start : start + len(_BEFORE)]):
        people = people[:1]  # "… de suspendre Kevin, alors suspends-le"
    return bool(people) and all(spans[at].has("person") for at in people)


def _stands(spans: Sequence[Span], at: int) -> bool:
    """Whether a pronoun stands for somebody."""
    return spans[at].has("he", "they") and is_pronoun(spans, at)


def _says_to_do(behind: Sequence[Span]) -> bool:
    """As in "told me to remove", "m'a demandé de retirer", "veut que tu retires"."""
    behind = list(dropwhile(lambda span: span.has(*_BEFORE), behind))[:_FAR]
    goes_on = list(takewhile(lambda span: not span.gap.strip(" '’"), behind))
    if not goes_on:
        return False
    says, *to = takewhile(lambda span: span is behind[0] or span.act() not in DOING, goes_on)
    if len(goes_on) == len(behind) and _wants_another_to(behind):
        return True
    verb = goes_on[len(to) + 1 : len(to) + 2]
    asks = says.has("says", "suggests") or says.tags.get("field") == "request"
    another = any(span.has("you", "subject", "writer", "to_me") for span in to)
    asks = asks or (says.has("want") and another)
    leads = bool(to) or says.has("suggests")  # "parle d'enlever"
    return bool(asks and leads and verb) and all(span.has(*_LEADING) for span in to)
