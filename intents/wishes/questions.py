"""What a clause that asks wants to know: about people of the account, or about what was done."""

from collections.abc import Iterator, Mapping
from typing import Any

from intents.clauses.clause import Clause
from intents.context import Context, Mention, Wish
from intents.who.named import Named
from intents.wishes import moods, owing, reports
from intents.wishes.acts import DONE, main_act

_OPEN = frozenset({"show", "remove", "delete"})
"""Acts that are asked about by how things stand: "does he lose his access?" is no yes or no."""
Values = Mapping[str, Any]
"""What a wish gives beside whom it is about, by kind."""


def questions(clause: Clause, named: Named, context: Context) -> Iterator[Wish]:
    """What is asked about people of the account, or about what was done."""
    if clause.has("remaining") and clause.has("me", "act", "somebody", "field"):
        yield Wish("list_users", "question", values={"aspect": "people"})
    elif clause.has("count") and "account" in clause.values("field") and _counts(clause):
        yield Wish("list_users", "question", values={"aspect": "people"})
        return
    if (invitation := _of_invitation(clause, named, context)) is not None:
        yield invitation
        return
    if ("how" in clause.values("wh") and not _is_kept_out(clause, named)) or clause.has("whether"):
        return
    fields = clause.values("field")
    asked = "request" in fields or (
        clause.has("answered") and not (named.services or clause.has("delivery"))
    )
    if (asked and "invitation" not in fields) or owing.asks_what_waits(clause):
        yield owing.shown(named)
        return
    if clause.has("nobody") and named.services:  # "nobody but me can pay, is that so?"
        given = {"aspect": "access", "yes_no": False}
        yield Wish("list_users", "question", services=tuple(named.services), values=given)
        return
    yield from _of_people(clause, named)


def _of_people(clause: Clause, named: Named) -> Iterator[Wish]:
    """What was done to somebody, or how they stand."""
    whom, fields = tuple(named.people), clause.values("field")
    done = _what_was_done(clause, named)
    if done is not None:
        yield Wish("show_history", "question", whom, values=done)
    aspect = reports.aspect(clause, named)
    if not aspect and "account" in fields and moods.asks_who(clause) and not whom:
        yield Wish("list_users", "question")
    elif aspect and done is None and _is_of_people(clause, named):
        given = _asked(clause, aspect)
        yield Wish("list_users", "question", whom, services=tuple(named.services), values=given)


def _is_of_people(clause: Clause, named: Named) -> bool:
    """As in "is there somebody locked?"; not in "can somebody who is locked still pay?"."""
    others = clause.has("modal", "service", "want", "wh")
    somebody = named.somebody and clause.has("state") and not others
    return bool(named.people) or named.all_people or moods.asks_who(clause) or somebody


def _is_kept_out(clause: Clause, named: Named) -> bool:
    """As in "why is Tyler's login refused?": what keeps him out is on record."""
    known = any(mention.refs for mention in named.people)
    return clause.has("why") and known and "locked" in clause.values("state")


def _counts(clause: Clause) -> bool:
    """As in "how many of us are on the account"; not in "how many can I have", "… data"."""
    return not clause.has("modal", "want", "act", "service", "person", "aux_polite", "remaining")


def _of_invitation(clause: Clause, named: Named, context: Context) -> Wish | None:
    """As in "did Jo open the invitation?", "why didn't she get it?": of whoever is invited.

    How one does something, and what was sent, is asked of other things.
    """
    if clause.has("whether", "me", "language") or (
        "how" in clause.values("wh") and not clause.has("why")
    ):
        return None
    detail = _detail(clause)
    fields, sent = clause.values("field"), {"send", "resend"} & clause.values("act")
    invited = [person.ref for person in context.people if person.status == "invited"]
    of_topic = [ref for ref in invited if ref in context.topic.people]
    spoken, mail = "invitation" in fields, fields & {"email", "link"}
    accepts = "approve" in clause.values("act") and not fields
    meant = detail and (mail or clause.has("it", "ask_done")) and fields == mail
    if not (spoken or meant or accepts) or named.services:
        return None
    if sent and clause.has("you", "ask_done"):
        return None
    whom = tuple(named.people) or Mention.each(of_topic or (invited if spoken and detail else ()))
    known = (
        whom if spoken or accepts else tuple(who for who in whom if set(who.refs) & set(invited))
    )
    if not known:
        return None
    values = {"aspect": "invitation", "yes_no": not clause.has("wh"), "detail": detail or None}
    return Wish("list_users", "question", known, values=values)


def _detail(clause: Clause) -> str:
    """What of an invitation is asked: whether it arrived, was opened, still works."""
    said = clause.values("delivery")
    asked = next((name for name in _DETAILS if name in said), "")
    return asked or ("arrived" if "give" in clause.values("act") or clause.has("state") else "")


_DETAILS = ("opened", "bounced", "expired", "works", "arrived")


def _asked(clause: Clause, aspect: str) -> dict[str, Any]:
    """What is asked of somebody, and whether the answer begins with yes or no."""
    yes_no = not clause.has("wh") and not _OPEN & set(clause.values("act"))
    suspended = {"status": "suspended"} if "suspended" in clause.values("state") else {}
    return {"aspect": aspect, "yes_no": yes_no, **suspended}


def _asks_whether_removed(clause: Clause, act: str) -> bool:
    """As in "so is he gone now?", "is Kevin off the account?", "she's deleted, right?"."""
    away = clause.has("left", "off") or act == "delete"
    others = clause.has("wh", "service", "modal", "state", "it", "want")
    return away and clause.has("is", "aux") and not others


def _what_was_done(clause: Clause, named: Named) -> Values | None:
    """What is to be told of the past, if it is asked about."""
    _, act = main_act(clause)
    invited = act == "add" and "status" in clause.values("field") and not named.people
    if moods.asks_who(clause) and invited:
        return None  # "who has been invited?": how they stand
    whom = named.people or named.services
    if _asks_whether_removed(clause, act):
        return {"acts": [DONE["delete"]]}
    if act in DONE and (clause.has("ask_done", "was") or (whom and moods.asks_who_did(clause))):
        also = ["delete"] if act == "remove" and not named.services else []
        return {"acts": [DONE[act], *also]}
    if not clause.has("ask_done") or whom:
        return None
    return {} if clause.has("wh") else {"last": True}  # "what did I do?" asks for all of it
