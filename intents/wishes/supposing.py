"""What is only supposed, and asked about: "what could Léa do if I gave her the bill?"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.clauses.clause import Clause
from intents.context import Mention, Wish
from intents.tasks import CHANGE, GRANT, REVOKE
from intents.values.phrases import codes_of
from intents.who.named import Named
from intents.wishes.acts import main_act
from intents.wishes.heard import Heard
from intents.wishes.put_out import is_asked_about, put_out

PREVIEW = "preview_access"
_TAKES = frozenset({"remove", "delete", "let_not", "lock"})


def suppose(heard: Heard, clause: Clause, named: Named) -> None:
    """Note what a clause supposes, and whether it asks what would be then."""
    asks = "" in clause.values("wh")
    heard.wonders |= asks or (clause.has("would") and not clause.is_condition)
    heard.asks_what |= asks
    thing = bool(named.services or named.all_services)
    if not thing or clause.values("supposed") & {"suspend", "delete"}:
        heard.put_out = heard.put_out or put_out(heard, clause, named)
        return
    several = any(len(codes_of(span.value)) > 1 for _, span in clause.tagged("service"))
    given = asks and clause.has("having") and (several or clause.has("would"))
    if given and main_act(clause)[1] in {"", "use", "give"}:  # "what could he do with the TV?"
        heard.supposed = _supposed(clause, named, GRANT)
    elif "" in clause.values("whether"):
        act = main_act(clause)[1]
        done = clause.values("supposed")
        takes = act in _TAKES or REVOKE in done or clause.has("nomore")
        if act in {"", "use", "give", "add"} or takes:
            heard.supposed = _supposed(clause, named, REVOKE if takes else GRANT)


def _supposed(clause: Clause, named: Named, change: str) -> Wish:
    whom = tuple(who for who in named.people if who not in _likened(clause))
    return Wish(PREVIEW, "question", whom or tuple(named.people), change, tuple(named.services))


def _likened(clause: Clause) -> list[Mention]:
    """As in "the TV like Jo", "comme à Jo": who has it already."""
    like = next((at for at, _ in clause.tagged("like_whom")), len(clause.spans))
    behind = clause.spans[like + 1 : like + 3]
    return [span.mention for span in behind if span.mention is not None]


def wonder(heard: Heard, end: str) -> None:
    """Have the message ask what would be, where it wishes for nothing."""
    supposed = heard.supposed
    if heard.put_out is not None and is_asked_about(heard, heard.put_out):
        heard.asked = True
        heard.wishes = [replace(heard.put_out, whom=heard.put_out.whom or _known(heard.people))]
        return
    if supposed is None or not (heard.wonders or "?" in end):
        return
    wishes = [wish for wish in heard.wishes if wish.mood == "wish"]
    if wishes and not (heard.asks_what and all(wish.intent == CHANGE for wish in wishes)):
        return
    whom = supposed.whom or _known(heard.people)
    heard.asked = True
    heard.wishes = [replace(supposed, whom=whom)]


def _known(people: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(mention for mention in people if mention.refs)[:1]
