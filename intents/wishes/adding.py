"""Who is added, and who leaves for them: "Tyler moved out, put Amira in his place"."""

from collections.abc import Mapping

from intents.clauses.clause import Clause
from intents.context import Mention
from intents.who.named import Named
from intents.wishes.heard import Heard


def adds_nobody(heard: Heard, clause: Clause, named: Named) -> bool:
    """As in "non, mets vendredi midi", or "can you set that up" behind a wish."""
    bare = all(span.act() == "add" or span.has("filler", "polite") for span in clause.spans)
    told = clause.has("until") or ((clause.has("it") or bare) and bool(heard.wishes))
    return told and not (named.people or named.somebody or clause.has("email"))


def who_leaves(heard: Heard, clause: Clause, named: Named) -> tuple[Mention, ...]:
    """Return whose place a newcomer takes: named beside it, else whoever was spoken of last."""
    coming = [who for who in named.people if not who.refs]
    if not coming or not _fills_the_place(clause):
        return ()
    known = [who for who in (*named.people, *named.not_people) if who.refs]
    known = known or [who for who in heard.before.people if who.refs]
    known = known or [*Mention.each(heard.context.topic.people)]
    return tuple(who for who in known[-1:] if _stays_yet(heard, who))


def _fills_the_place(clause: Clause) -> bool:
    """Whether somebody is put there; not in "…, she pays in his place"."""
    at = next((at for at, _ in clause.tagged("in_stead")), 0)
    puts = [p for p, span in clause.tagged("act") if span.act() in {"add", "give"}]
    put = [p for p in puts if p < at]
    between = clause.spans[put[-1] + 1 : at] if put else ()
    does = any(span.act() or span.has("subject", "service", "is", "was") for span in between)
    return bool(put) and not does


def _stays_yet(heard: Heard, who: Mention) -> bool:
    """Whether somebody is on the account, and nothing is said or shown of that by now."""
    card = heard.context.card
    removed = {ref for w in heard.wishes if w.intent == "delete_user" for ref in w.about}
    removed |= card.people if card is not None and card.intent == "delete_user" else set()
    return heard.context.person(who.value) is not None and who.value not in removed


def for_whom(
    intent: str, named: Named, whom: list[Mention], given: Mapping[str, object]
) -> tuple[str, list[Mention]]:
    """Return the task and whom it is about: nobody is added who was just spoken of and is known.

    As in "Édouard changed his address, put e@…".
    """
    known = bool(whom) and all(who.refs for who in whom) and "email" in given
    if intent != "create_user" or not known or named.people or named.somebody:
        return intent, whom
    return "edit_profile", whom[-1:]
