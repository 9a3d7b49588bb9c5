"""From wishes to tasks: which flow begins, and what the message gives it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import Any

from bot.dialogue.engine.commands import Command, StartFlow, StartPattern
from bot.dialogue.payloads import intent_of, set_slots
from bot.dialogue.understanding import asked
from bot.dialogue.understanding.in_turn import in_turn, one_card_each
from bot.dialogue.understanding.letting_in import LETS_IN, by_need, let_back, let_in, with_who_waits
from bot.dialogue.understanding.situation import Situation, person_slot
from intents.context import Mention, Wish, last_of

RIGHTS = "change_rights"
_ASKED = ("person", "change", "services")
"""What a wish about access must say."""
FIELDS = {
    "name": "name", "first_name": "name", "last_name": "name", "email": "email",
    "language": "language",
}  # fmt: skip
"""What `edited_field` is called, by the field that a message speaks of."""


def commands_of(wishes: Sequence[Wish], s: Situation) -> list[Command]:
    """Return what begins the first of several tasks and keeps the others for later."""
    meant = [let_back(with_who_waits(wish, s), s) for wish in wishes]
    answers = [asked.as_answer(wish, s) for wish in meant]
    each = [single for wish in answers for single in asked.for_each(wish, s)]
    parted = [part for wish in each for part in by_need(wish, s)]
    all_meant = [asked.of_whoever_leaves(wish, s) for wish in parted]
    wished = [wish for wish in all_meant if wish.mood != "refusal"]
    tasks = [command for wish in _joined(wished) for command in _started(wish, s)]
    stays = [left_alone(wish, s) for wish in all_meant if wish.mood == "refusal"]
    starts = [command for command in tasks if isinstance(command, StartFlow)]
    others = [command for command in tasks if not isinstance(command, StartFlow)]
    return [*stays, *others, *in_turn(one_card_each(starts, s), s)]


def left_alone(wish: Wish, s: Situation) -> StartPattern:
    """Return what says that something is not done to some people."""
    people = [s.context.person(mention.value) for mention in wish.whom]
    act = wish.intent if not wish.change else "grant" if wish.change == "grant" else "revoke"
    names = [person.called for person in people if person]
    return StartPattern("pattern_left_alone", {"act": act, "people": names})


def _joined(wishes: Iterable[Wish]) -> Iterator[Wish | list[Wish]]:
    """Put all wishes about access together: one card shows them."""
    in_order = list(wishes)
    rights = [wish for wish in in_order if wish.intent == RIGHTS]
    for wish in in_order:
        if wish.intent != RIGHTS:
            yield wish
        elif wish is rights[0]:
            yield rights


def _started(wish: Wish | list[Wish], s: Situation) -> Iterator[StartFlow | StartPattern]:
    if isinstance(wish, list):
        yield StartFlow(s.domain.triggers[RIGHTS], rights_slots(wish))
        return
    about = s.domain.article_about(wish.intent) if wish.mood == "question" else ""
    if about and s.domain.needs_care(wish.intent):
        yield StartPattern("pattern_search", {"article_id": about})
        return
    intent = task_meant(wish, s)
    if intent == "replace_user":
        leaving, coming = wish.whom[:1], wish.whom[1:]
        yield from _started(replace(wish, intent="delete_user", whom=leaving), s)
        yield from _started(replace(wish, intent="create_user", whom=coming), s)
    elif intent == "create_user":
        yield from _newcomers(wish, s)
    elif (flow_id := s.domain.triggers.get(intent)) is not None:
        flow = s.domain.flows[flow_id]
        slot = person_slot(flow, s)
        given = _GIVEN.get(intent, _nothing)(wish, s)
        people: Sequence[Mention | None] = wish.whom if slot and wish.whom else [None]
        own = s.reading.has("own_account") and not wish.whom and s.context.holder
        if own and intent in {"edit_profile", "reset_password"}:
            people = Mention.each([own.ref])
        for mention in people:
            yield StartFlow(flow_id, given | ({slot: mention.value} if slot and mention else {}))


def task_meant(wish: Wish, s: Situation) -> str:
    """Return what is wished for: "send it again" is about the link of which was spoken last."""
    reminds = (wish.intent, wish.change) == ("request_status", "remind")
    if wish.intent == "resend" and s.role == "secondary":
        return "request_status"
    if wish.intent == "resend" or (reminds and s.role == "holder"):
        last = s.context.topic.intent
        return last if last in {"reset_password", "resend_invitation"} else "resend_invitation"
    if wish.intent in LETS_IN:
        return let_in(wish, s)
    if wish.intent == "request_status" and s.role == "holder":
        return "decide_request"
    asks = wish.intent == "decide_request" and s.role == "secondary" and not wish.whom
    return "request_status" if asks else wish.intent


def rights_slots(wishes: Sequence[Wish]) -> dict[str, Any]:
    """Return what the task about access is given: one wish in its slots, the others beside it."""
    each = [
        {
            "person": mention.value if mention else None,
            "change": wish.change or None,
            "services": list(wish.services),
            "until": last_of(wish.values, "until"),
        }
        for wish in wishes
        for mention in (wish.whom or [None])
    ]
    first = next((asked for asked in each if not all(map(asked.get, _ASKED))), each[0])
    others = [asked for asked in each if asked is not first]
    return {
        "rights_user": first["person"],
        "rights_change": first["change"],
        "rights_services": first["services"] or None,
        "rights_more": others or None,
        "rights_until": first["until"],
    }


def _newcomers(wish: Wish, s: Situation) -> Iterator[StartFlow]:
    """Return one task for each person to be added, with the addresses in their order."""
    known = [mention for mention in wish.whom if mention.refs]  # with an address: a namesake
    new = [mention for mention in wish.whom if mention.is_new]
    names: Sequence[Mention | None] = new or known[:1] or [None]
    emails, spoken = wish.values.get("email"), wish.values.get("language")
    addresses = chain(emails if isinstance(emails, list) else [emails], repeat(None))
    languages = chain(spoken, repeat(None)) if isinstance(spoken, list) else repeat(spoken)
    services = list(wish.services) or ("none" if wish.values.get("no_services") else None)
    count = len(names) if len(names) > 1 else None  # said once: are there so many places?
    for mention, address, language in zip(names, addresses, languages, strict=False):
        given = {
            "newcomers": count if mention is names[0] else None,
            "new_first_name": (mention.first_name if mention else None) or None,
            "new_last_name": (mention.last_name if mention else "") or wish.values.get("last_name"),
            "new_email": address,
            "new_language": language,
            "new_services": services,
            "new_until": last_of(wish.values, "until"),
        }
        yield StartFlow(s.domain.triggers["create_user"], _filled(given))


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _nothing(_wish: Wish, _: Situation) -> dict[str, Any]:
    return {}


def _edited(wish: Wish, _: Situation) -> dict[str, Any]:
    fields = [FIELDS[field] for field in wish.values.get("fields", ()) if field in FIELDS]
    given = {
        "edited_name": wish.values.get("name"),
        "edited_last_name": "last_name" in wish.values.get("fields", ()) or None,
        "edited_email": last_of(wish.values, "email"),
        "edited_language": last_of(wish.values, "language"),
    }
    if not any(given[name] for name in ("edited_name", "edited_email", "edited_language")):
        given["edited_field"] = fields[0] if fields else None
    return _filled(given)


def _listed(wish: Wish, _: Situation) -> dict[str, Any]:
    return _filled(
        {
            "listed_users": [mention.value for mention in wish.whom] or None,
            "listed_aspect": wish.values.get("aspect"),
            "listed_status": wish.values.get("status"),
            "listed_services": list(wish.services) or None,
            "listed_detail": wish.values.get("detail"),
            "listed_yes_no": wish.values.get("yes_no"),
        }
    )


def _previewed(wish: Wish, _: Situation) -> dict[str, Any]:
    return _filled({"preview_change": wish.change, "preview_services": list(wish.services) or None})


def _history(wish: Wish, _: Situation) -> dict[str, Any]:
    of_something = wish.whom or wish.values.keys() & {"acts", "last"}
    return _filled(
        {
            "history_users": [mention.value for mention in wish.whom] or None,
            "history_acts": wish.values.get("acts"),
            "history_yes_no": True if of_something else None,
            "history_last": wish.values.get("last"),
        }
    )


def _undone(wish: Wish, s: Situation) -> dict[str, Any]:
    people = [mention.value for mention in wish.whom]
    said = _filled({"undone_receipt": wish.values.get("receipt"), "undo_of": people or None})
    return said or receipt_shown(s)


def receipt_shown(s: Situation) -> dict[str, Any]:
    """Return the change whose receipt is on the screen, with its button: "undo that" means it."""
    return next((given for name, given in offered_intents(s) if name == "undo_change"), {})


def offered_intents(s: Situation) -> list[tuple[str, dict[str, Any]]]:
    """Return what the buttons on the screen ask for, with what they give: no answers."""
    payloads = [button.payload for button in s.offered]
    return [intent_of(payload) for payload in payloads if set_slots(payload) is None]


def _decided(wish: Wish, s: Situation) -> dict[str, Any]:
    whom = wish.whom[0].value if wish.whom else None
    waiting = asked.of_person(whom, s) if whom else None
    if waiting is None and not whom:
        shown = s.value("access_request") if s.card_is_open() else None
        few = [r for r in s.context.requests if not r.leaves and shown in {None, r.number}]
        waiting = few[0] if len(few) == 1 else None
    said = asked.given(wish.change, waiting if wish.change else None, wish.services, s)
    return said | ({"request_of": whom} if whom else {})


def _note(s: Situation) -> str | None:
    """Return what the holder should know, where it is said with the wish."""
    return s.reading.remark if s.reading.explains else None


def _requested(wish: Wish, s: Situation) -> dict[str, Any]:
    """Return what is asked for, and what of an open request is not any more."""
    off = [c for code in s.reading.not_services for c in (code, *s.reading.loosely.get(code, ()))]
    less = [code for code in off if code not in wish.services]
    given = {"requested_services": list(wish.services) or None, "request_note": _note(s)}
    return _filled({**given, "request_less": less or None})


def _invited(wish: Wish, s: Situation) -> dict[str, Any]:
    """Return where it is to go: what is no address is asked about, and not passed over."""
    broken = (span.text for span in s.reading.spans if span.has("email") and not span.value)
    return _filled({"invitation_email": last_of(wish.values, "email") or next(broken, None)})


def _suspended(wish: Wish, _: Situation) -> dict[str, Any]:
    return _filled({"suspended_until": last_of(wish.values, "until")})


_GIVEN: Mapping[str, Callable[[Wish, Situation], dict[str, Any]]] = {
    "edit_profile": _edited,
    "list_users": _listed,
    "show_history": _history,
    "undo_change": _undone,
    "decide_request": _decided,
    "resend_invitation": _invited,
    "suspend_user": _suspended,
    "preview_access": _previewed,
    "my_access": lambda wish, _: _filled({"access_in_question": list(wish.services) or None}),
    "request_access": _requested,
    "request_status": lambda wish, s: _filled(
        {
            "request_note": _note(s),
            "request_wish": "remind" if wish.intent == "resend" else wish.change or "status",
            "requested_services": list(wish.services) or None,
        }
    ),
}
