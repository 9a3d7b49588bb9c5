"""Requests that wait: which of them are meant, and which of their services."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue.engine.commands import StartFlow
from bot.dialogue.understanding.situation import Situation
from intents.answers.verdicts import Verdict
from intents.context import Asked, Mention, Wish

DECIDE = "decide_request"
_SEVERAL = ("both", "two", "all_people", "all_services", "of_those", "they")
"""Words for more than one of what waits."""


def of_person(ref: str, s: Situation) -> Asked | None:
    return next((asked for asked in s.context.requests if asked.ref == ref), None)


def means_all(s: Situation, waiting: Sequence[Asked]) -> bool:
    """Whether all that waits is meant: "approve both", "no to all of them"."""
    named = any(span.mention for span in s.reading.spans)
    return len(waiting) > 1 and s.reading.has(*_SEVERAL) and not named


def for_each(wish: Wish, s: Situation) -> Sequence[Wish]:
    """Return an answer to several as one to each, whether they are named or all that wait."""
    if wish.intent != DECIDE or wish.mood != "wish" or not wish.change:
        return (wish,)
    everybody = Mention.each(asked.ref for asked in s.context.requests)
    whom = everybody if means_all(s, s.context.requests) else wish.whom
    return [replace(wish, whom=(mention,)) for mention in whom] or (wish,)


def meant(codes: Iterable[str], asked: Sequence[str], s: Situation) -> list[str]:
    """Return services as they are meant where some were asked for: the bill that is to be paid."""
    return list(dict.fromkeys(_meant(code, asked, s.reading.loosely) for code in codes))


def _meant(code: str, asked: Sequence[str], loosely: Mapping[str, Sequence[str]]) -> str:
    others = [alike for alike in loosely.get(code, ()) if alike in asked]
    return others[0] if code not in asked and len(others) == 1 else code


def as_answer(wish: Wish, s: Situation) -> Wish:
    """Return "give him what he asks for" as the approval that it is."""
    grants = (wish.intent, wish.mood, wish.change) == ("change_rights", "wish", "grant")
    what = "request" in s.reading.fields or s.reading.has("want")
    asked_for = not wish.services and what and s.reading.has("what_of")
    if not (grants and asked_for and s.context.access_is_asked):
        return wish
    return replace(wish, intent=DECIDE, change="approve", values={})


def of_whoever_leaves(wish: Wish, s: Situation) -> Wish:
    """Return an answer to somebody who wants to go as what it does: they are removed, or stay."""
    if wish.intent != DECIDE or wish.mood != "wish" or wish.change not in {"approve", "decline"}:
        return wish
    named = {ref for mention in wish.whom for ref in mention.refs}
    meant = [asked for asked in s.context.requests if not wish.whom or asked.ref in named]
    if len(meant) != 1 or not meant[0].leaves:
        return wish
    mood = "wish" if wish.change == "approve" else "refusal"
    whom = Mention.each([meant[0].ref])
    return replace(wish, intent="delete_user", change="", whom=whom, mood=mood)


def let_go(asked: Asked, s: Situation) -> StartFlow:
    """Return what begins to let somebody go who wants to: the card that removes them."""
    return StartFlow(s.domain.triggers["delete_user"], {"deleted_user": asked.ref})


def given(
    decision: str, asked: Asked | None, codes: Iterable[str], s: Situation, words: str | None = None
) -> dict[str, Any]:
    """Return what the task about a request is given by an answer; `words` are to be passed on."""
    services = meant(codes, asked.services if asked else (), s)
    everything = set(services) >= set(s.context.services)
    said = {
        "access_request": asked.number if asked else None,
        "request_of": asked.ref or None if asked else None,
        "request_decision": decision or None,
        "request_services": None if everything else services or None,
        "declining_reason": (s.reading.remark if words is None else words) or None,
        "approval_until": s.reading.last("until") if decision == "approve" else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def by_name(s: Situation, shown: Sequence[Asked]) -> list[tuple[Asked, Verdict]]:
    """Return who is answered how, where each is named: "Kevin yes, Hugo no"."""
    of: dict[tuple[str, ...], Asked] = {(asked.ref,): asked for asked in shown}
    named = [(verdict.whom.refs, verdict) for verdict in s.reading.verdicts if verdict.whom]
    if not all(refs in of for refs, _ in named):
        return []
    each = [(of[refs], verdict) for refs, verdict in named]
    return each if all(set(v.services) <= set(asked.services) for asked, v in each) else []


def by_service(s: Situation, asked: Asked) -> Verdict | None:
    """Return what is given where each service has its answer: "yes for TV, no for usage"."""
    said = [verdict for verdict in s.reading.verdicts if not verdict.whom]
    named = meant((code for verdict in said for code in verdict.services), asked.services, s)
    if asked.leaves or not set(named) <= set(asked.services):
        return None

    def of(decision: str) -> list[str]:
        codes = (code for v in said if v.decision == decision for code in v.services)
        named = meant(codes, asked.services, s)
        return [code for code in asked.services if code in named]

    declined = next((v.remark for v in said if v.decision == "decline" and v.remark), "")
    if kept := of("approve"):
        return Verdict("approve", services=tuple(kept), remark=declined)
    return Verdict("decline", remark=declined) if of("decline") == [*asked.services] else None
