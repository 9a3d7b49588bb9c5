"""Who is only supposed to be put out: "if I suspended Rose, could she still pay the bill?".

What people can use today is no answer to that: the article about the task is.
"""

from collections.abc import Iterable

from intents.clauses.clause import Clause
from intents.context import Mention, Wish
from intents.tasks import SENDS_AWAY, task_of
from intents.who.about import about
from intents.who.named import Named
from intents.wishes.acts import main_act
from intents.wishes.heard import Heard

SUSPEND, DELETE = "suspend_user", "delete_user"
STANDING = "list_users"
_ONESELF = frozenset({"account", "access", "status"})
"""What of somebody is put out with them: not their address."""
_TODAY = frozenset({"access", "status"})
"""What is told of somebody as it is today."""


def put_out(heard: Heard, clause: Clause, named: Named) -> Wish | None:
    """Return who is supposed to be put out by a clause, and by which task.

    A *when* that asks is none ("when was he suspended?"), nor is what was done or is denied.
    """
    opening = next((span for span in clause.spans if span.has("whether", "once")), None)
    if opening is None or clause.has("neg", "ask_done", "you", "email"):
        return None
    asks_when = opening.has("wh") and opening.first == 0
    asks_more = any(span.has("wh") for span in clause.spans if span is not opening)
    if asks_when or asks_more or (clause.has("was") and not opening.has("whether")):
        return None
    behind = opening.first > 0  # "do you know if Kevin is suspended, and until when?"
    if clause.values("field") - _ONESELF or (behind and not (heard.asks_what or heard.wishes)):
        return None
    intent = _task(clause, named)
    return Wish(intent, "question", tuple(named.people or heard.people[-1:])) if intent else None


def _task(clause: Clause, named: Named) -> str:
    _, act = main_act(clause)
    task = task_of(act, about(clause, named)) if act else None
    if task is not None and task[0] in SENDS_AWAY:
        return task[0]
    done = clause.values("supposed")  # "si je le suspendais", "si j'enlevais Kevin"
    if act or "delete" in done or ("revoke" in done and clause.has("me")):
        return "" if act else DELETE
    return SUSPEND if "suspend" in done or "suspended" in clause.values("state") else ""


def is_asked_about(heard: Heard, supposed: Wish) -> bool:
    """Whether the message asks what would be then, of nobody but whom it supposes that of.

    Whether Jo can pay once Kevin is suspended is answered by what Jo can use.
    """
    others = _refs(heard.people) - _refs(supposed.whom) if supposed.whom else set()
    if others or not all(_is_today(wish) for wish in heard.wishes):
        return False
    return heard.asks_what or any(wish.values.get("aspect") == "access" for wish in heard.wishes)


def _is_today(wish: Wish) -> bool:
    of_somebody = wish.mood == "question" and wish.intent == STANDING and bool(wish.whom)
    return of_somebody and wish.values.get("aspect") in _TODAY


def _refs(people: Iterable[Mention]) -> set[str]:
    return {ref for mention in people for ref in mention.refs}
