"""Whether a clause asks, wishes, takes something back, and of whom it speaks."""

from intents.acts import main_act
from intents.clauses import DOING, Clause
from intents.grammar import is_pronoun
from intents.named import Named
from intents.spans import Span


def spoken_of(clause: Clause) -> bool:
    """Whether a pronoun stands for somebody: "does she have TV"."""
    return any(
        one.has("he", "they") and is_pronoun(clause.spans, place)
        for place, one in enumerate(clause.spans)
    )


def is_plain(clause: Clause, named: Named, act_place: int) -> bool:
    """Whether somebody is named or asked for, or the verb stands where a command stands."""
    if named.people or named.somebody or clause.has("email"):
        return True
    before = clause.spans[:act_place]
    leading = ("polite", "yes", "list_mark", "ask_bot", "want", "filler", "also", "emphasis", "but")
    return all(one.has(*leading) for one in before) and not any(one.has("aux") for one in before)


def plainly(span: Span, kind: str) -> bool:
    return span.has(kind) and not span.has("act", "emphasis", "polite", "filler")


def asks_who(clause: Clause) -> bool:
    return "who" in clause.values("wh")


def asks(clause: Clause) -> bool:
    """Whether a clause asks how things are, instead of asking for something to be done."""
    said = [one for one in clause.spans if not one.has("polite", "yes", "but", "list_mark", "also")]
    opening = next((one for one in said if not one.has("filler") or one.has("wh", "aux")), None)
    if opening is None:
        return False
    if clause.has("asking") and not clause.has("ask_bot"):
        return True
    asked_about = [p for p, _ in clause.tagged("ask_bot") for q, _ in clause.tagged("wh") if q > p]
    if asked_about and not any(one.act() in DOING - {"show"} for one in said):
        return True
    if clause.has("ask_bot"):
        subject = any(
            one.has("person", "he") and said[p + 1].has("ask_bot")
            for p, one in enumerate(said[:-1])
        )
        return subject or any(one.act() == "show" for one in said)
    if opening.has("wh", "ask_done") or opening.act() == "show":
        return opening.act() != "show" or len(said) > 1
    if opening.has("aux_polite") and (clause.has("language") or not clause.has("me")):
        asked_for = any(one.act() in {"use", "give"} for one in said) or clause.has("language")
        if asked_for and clause.has("service", "all_services", "language"):
            return False
    if opening.has("aux") and not opening.has("neg") and len(said) > 1:
        return said[1].has("person", "he", "they", "all_people", "it", "service", "me", "field")
    if "asks" in clause.values("aux"):
        return True
    question = "?" in clause.ends_in
    if question and clause.has("you") and main_act(clause)[1] in DONE and not clause.has("want"):
        return True
    return question and opening.act() not in DOING


def withdraws(clause: Clause, act: str) -> bool:
    """As in "Cancel my access request": what somebody asked for is no longer wished for."""
    drops = clause.has("cancel") or act in {"delete", "remove", "undo"}
    return drops and clause.has("me") and "request" in clause.values("field")


def takes_back(clause: Clause) -> bool:
    """As in "Annule la suppression de Hugo", "cancel F-1204": of something that was done."""
    return (clause.has("cancel") and clause.has("receipt")) or any(
        one.has("cancel") and article.has("article") and verb.act() in DOING
        for one, article, verb in zip(
            clause.spans, clause.spans[1:], clause.spans[2:], strict=False
        )
    )


def want_denied(clause: Clause, named: Named) -> bool:
    return any(
        span.has("want") and place in named.negated for place, span in enumerate(clause.spans)
    )


def about_oneself(clause: Clause) -> bool:
    return clause.has("me") and not clause.has("person", "all_people") and not spoken_of(clause)


def for_oneself(clause: Clause, act_place: int) -> bool:
    """Whether access is wished for whoever writes: "give me TV", "I would like to pay"."""
    if not about_oneself(clause) or (clause.has("somebody", "it") and clause.has("both")):
        return False
    if act_place < 0:
        return not clause.has("somebody")
    beside = clause.spans[max(0, act_place - 1) : act_place + 3]
    return any(one.has("me") and one.has("to_me") for one in beside)


def aspect(clause: Clause, named: Named) -> str:
    """Which side of somebody a question is about."""
    fields, acts = clause.values("field"), clause.values("act")
    if named.services or named.all_services or "access" in fields:
        return "access"
    for aspect in ("email", "language", "invitation"):
        if aspect in fields:
            return aspect
    if "sign_in" in acts:
        return "sign_in"
    if clause.has("state") or "status" in fields or acts & {"lock", "unlock", "unblock"}:
        return "status"
    return "access" if "use" in acts else ""


DONE = {
    "delete": "delete", "remove": "rights", "give": "rights", "add": "create", "unlock": "unlock",
    "unblock": "unlock", "reset": "reset_link", "send": "reset_link", "resend": "reset_link",
    "change": "edit", "lock": "lock", "undo": "undo",
}  # fmt: skip
"""What the history calls what a verb does."""
