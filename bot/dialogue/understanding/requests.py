"""Answers to requests for access that are shown, at their cards, and what is said with them."""

from collections.abc import Sequence
from typing import Any

from bot.dialogue.engine.commands import CancelFlow, CorrectSlots, StartFlow
from bot.dialogue.engine.state import LiveButton
from bot.dialogue.payloads import intent_of, set_slots
from bot.dialogue.understanding.asked import (
    DECIDE,
    by_name,
    by_service,
    given,
    let_go,
    means_all,
    meant,
)
from bot.dialogue.understanding.in_turn import in_turn
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation
from bot.dialogue.understanding.starting import offered_intents
from intents.answers.remarks import LEAVING_OUT, OPEN, only_a_service, services_in
from intents.answers.verdicts import Verdict, answer_of
from intents.context import Asked

_OF_REQUESTS = frozenset({DECIDE, "change_rights", "request_access", "request_status"})
FEW = 2
"""Tasks under buttons that a plain yes or no may answer."""


def answered(s: Situation) -> Proposal | None:
    """An answer to what is shown: its buttons are an open question."""
    shown = _shown(s) or _shown_before(s)
    about = shown if len(shown) == 1 else _of_those_named(s)
    parted = by_service(s, about[0]) if len(about) == 1 else None
    if (_wishes_else(s) and not parted) or s.reading.control:
        return None
    if named := by_name(s, shown or s.context.requests):
        return Proposal(in_turn([start for each in named for start in _as_told(s, *each)], s))
    if parted:
        return propose(*_as_told(s, about[0], parted))
    if not shown or (s.reading.asks and not s.reading.passes_on):
        return None
    if not means_all(s, shown) and not _are_shown(s, shown):
        return None
    decision, codes = _decision(s, shown)
    if not decision:
        return None
    if means_all(s, shown) and not codes:
        return Proposal(in_turn([_start(s, decision, [asked]) for asked in shown], s))
    return propose(_start(s, decision, shown, codes))


def _of_those_named(s: Situation) -> list[Asked]:
    refs = {ref for mention in s.reading.people for ref in mention.refs}
    return [asked for asked in s.context.requests if asked.ref in refs]


def at_card(s: Situation) -> Proposal | None:
    """At the card of an answer: only a part, the other answer, the words to pass on."""
    flow, card = s.task(), s.context.card
    if flow is None or card is None or s.reading.asks or s.reading.control:
        return None
    slot = s.slot_for("remark", flow.slots())
    if card.intent != DECIDE or slot is None:
        return _noted_at_card(s, slot)
    if _wishes_else(s) or s.reading.has("cancel"):
        return None
    asked = next(
        (each for each in s.context.requests if each.number == s.value("access_request")), None
    )
    if asked is None or (s.reading.people and not _are_shown(s, [asked])):
        return None
    if card.change == "approve":
        return _at_approval(s, asked, slot)
    return _at_declining(s, asked, slot)


def whose(s: Situation) -> Proposal | None:
    """At "whose request?": all of them."""
    slot = s.open_slot()
    if slot is None or slot.name != "request_of" or not means_all(s, s.context.requests):
        return None
    decision = str(s.value("request_decision") or "")
    each = [_start(s, decision, [a]) for a in s.context.requests if not a.leaves]
    return Proposal([CancelFlow(quiet=True), *in_turn(each, s)])


def noted(s: Situation) -> Proposal | None:
    """A note for the holder, from somebody who asks: "tell her it's for school"."""
    reading, words = s.reading, s.reading.remark
    about = reading.has("own_request") or bool(words)
    named = "note" in reading.fields and about and not (reading.asks and reading.has("wh"))
    told = bool(words) and reading.has("pass_on") and not reading.said()
    if words and services_in(reading.head) and not reading.has("own_request"):
        return None  # "I'd like the TV, with a note for Diane: …": it goes with what is asked for
    if s.role == "holder" or not (named or (told and s.role == "secondary")):
        return None  # whose request it is, is known once somebody has proved who they are
    note = {"request_wish": "note", **({"request_note": words} if words else {})}
    return propose(StartFlow(s.domain.triggers["request_status"], note))


def _at_approval(s: Situation, asked: Asked, slot: str) -> Proposal | None:
    reading, head = s.reading, s.reading.head
    declines = "decline" in _acts(s) or any(span.has("no", "actually") for span in head)
    on, off = _picked(s, asked)
    if declines and reading.remark and not on and not off:
        return Proposal([CancelFlow(quiet=True), _start(s, "decline", [asked])])
    turned = ("wait",) if on or off else ()  # "no wait, just the usage"
    if any(span.has(*OPEN) and not span.has("actually", *turned) for span in head):
        return None
    before = [str(code) for code in s.value("request_services") or asked.services]
    after = [code for code in before if code not in off]
    if on and not off:
        adds = reading.has("also") and not reading.has("only")
        after = [code for code in asked.services if code in on or (adds and code in before)]
    partly = set(before) < set(asked.services)
    changes: dict[str, Any] = {"request_services": after} if after and after != before else {}
    if reading.remark and (changes or partly):
        changes |= {slot: reading.remark}
    same = not changes or all(s.value(name) == value for name, value in changes.items())
    return None if same else propose(CorrectSlots(changes))


def _at_declining(s: Situation, asked: Asked, slot: str) -> Proposal | None:
    reading = s.reading
    on, _ = _picked(s, asked)
    turned = reading.has("no", "actually") and not reading.has("neg", "only")
    turned = turned and any(wish.change == "approve" for wish in reading.said("wish", DECIDE))
    accepts = "approve" in _acts(s) or reading.has("only")
    if turned or (on and accepts):  # "no, that's mean of me. Approve it"
        return Proposal([CancelFlow(quiet=True), _start(s, "approve", [asked], on)])
    words = reading.remark or s.reading.statement
    return propose(CorrectSlots({slot: words})) if words and words != s.value(slot) else None


def _noted_at_card(s: Situation, slot: str | None) -> Proposal | None:
    """The note of somebody who asks, put on the card or put right there."""
    withdraws = s.value("request_wish") == "withdraw"
    if slot is None or not s.reading.explains or withdraws or _wishes_else(s):
        return None
    said = s.reading.remark
    return propose(CorrectSlots({slot: said})) if said != s.value(slot) else None


def _shown(s: Situation) -> list[Asked]:
    """Return the requests whose buttons the last replies show."""
    return _of_buttons(s.state.shown(s.state.last_replies), s)


def _shown_before(s: Situation) -> list[Asked]:
    """Return those that were shown here and wait still, for words that say more than yes or no."""
    bare = s.reading.answer and not (s.reading.remark or means_all(s, s.context.requests))
    if bare or s.reading.people or s.context.topic.done:
        return []
    return [asked for asked in _of_buttons(list(s.state.buttons.values()), s) if asked.ref]


def _of_buttons(buttons: Sequence[LiveButton], s: Situation) -> list[Asked]:
    numbers = [
        str(values["access_request"])
        for name, values in (intent_of(b.payload) for b in buttons if not set_slots(b.payload))
        if name == DECIDE and "access_request" in values
    ]
    known = {asked.number: asked for asked in s.context.requests}
    return [known.get(number, Asked(number, "")) for number in dict.fromkeys(numbers)]


def _asks_else(s: Situation) -> bool:
    """Whether something that a plain yes or no may answer was said after the requests."""
    offers = {name for name, _ in offered_intents(s)}
    return DECIDE not in offers and 0 < len(offers) <= FEW


def _decision(s: Situation, shown: Sequence[Asked]) -> tuple[str, list[str]]:
    """Return how a message answers, and the services that it picks out."""
    reading, head = s.reading, s.reading.head
    plainly = {"approve", "decline", "give"} & set(_acts(s))  # "ouin c'est correct, donne-lui"
    slow = {"reluctant"} if plainly else set()
    opening = [span for span in head if span.has(*OPEN) and not span.has("until")]
    if any(span.tags.get("hedge") not in slow for span in opening):
        return "", []
    kinds = {kind for span in head for kind in span.tags}
    on, off = _picked(s, shown[0]) if len(shown) == 1 else ([], [])
    outright = {"approve", "decline"} & set(_acts(s))
    ways = (answer_of(span) for span in head if span.has("yes", "no"))
    plain = reading.answer or {"approve": "yes", "decline": "no"}.get(next(ways, ""), "")
    if plain and not (outright or on or off or _speaks_of_somebody(s)) and _asks_else(s):
        return "", []
    rest = bool(on) and kinds.intersection(LEAVING_OUT)  # "… that's it, the rest is a no"
    if rest and not off and not outright - {"approve"}:
        return "approve", on
    denied = not off and (kinds & {"neg", "nomore", "unwilling"} or reading.said("refusal"))
    accepts = plain == "yes" or "approve" in outright or "give" in _acts(s)
    accepts = accepts or bool(on and kinds & {"only", "yes"})
    declines = plain == "no" or "decline" in outright
    if "give" in _acts(s) and reading.services and not on:
        return "", []  # nobody asked for that: it is a change of its own
    if off and not on:
        return "decline", off
    if declines and not accepts:
        return "decline", on
    if accepts and not declines and not denied:
        return "approve", on or meant(reading.services, (), s)
    return "", []


def _speaks_of_somebody(s: Situation) -> bool:
    """Whether the words to pass on are about whoever asks: "no. He is twelve"."""
    said = s.reading.spans[len(s.reading.head) :]
    return any(span.has("he", "they", "person", "pass_on") for span in said)


def _picked(s: Situation, asked: Asked) -> tuple[list[str], list[str]]:
    """Return the services of a request that a message names, and those that it leaves out."""
    reading, head = s.reading, s.reading.head
    said = services_in(head)
    told = {span.value for span in reading.spans if span.has("service")} - said
    off = list(reading.not_services)
    on = [code for code in reading.services if code in said] or list(reading.services)
    if off and not on and head[0].has("no") and only_a_service(head):  # "no just the bill"
        on, off = off, []
    out = meant((code for code in off if code not in told), asked.services, s)
    given = meant((code for code in on if code not in told), asked.services, s)
    services = [code for code in asked.services if code not in out]
    return [c for c in services if c in given], [c for c in asked.services if c in out]


def _are_shown(s: Situation, shown: Sequence[Asked]) -> bool:
    refs = {asked.ref for asked in shown}
    return all(set(mention.refs) & refs for mention in s.reading.people)


def _wishes_else(s: Situation) -> bool:
    wishes = [wish for wish in s.reading.wishes if wish.mood != "question"]
    others = any(wish.intent not in _OF_REQUESTS for wish in wishes)
    return others or any(
        wish.change in {"revoke", "withdraw", "remind"} for wish in wishes if wish.mood == "wish"
    )


def _acts(s: Situation) -> list[str]:
    """Return what the verbs before the words to pass on do."""
    return [span.act() for span in s.reading.head if span.act()]


def _as_told(s: Situation, asked: Asked, verdict: Verdict) -> Sequence[StartFlow]:
    """Return what an answer to one person begins: nothing where somebody is not let go."""
    if asked.leaves:
        return [let_go(asked, s)] if verdict.decision == "approve" else []
    of = given(verdict.decision, asked, verdict.services, s, verdict.remark)
    return [StartFlow(s.domain.triggers[DECIDE], of)]


def _start(
    s: Situation, decision: str, shown: Sequence[Asked], codes: Sequence[str] = ()
) -> StartFlow:
    """Return what begins the answer to the one that is shown; of several, whose is asked."""
    asked = shown[0] if len(shown) == 1 else None
    return StartFlow(s.domain.triggers[DECIDE], given(decision, asked, codes, s))
