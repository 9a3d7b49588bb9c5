"""Verbs that are about something else than the account: "put the kettle on"."""

from itertools import takewhile

from intents.clauses.clause import Clause
from intents.clauses.notes import is_about_a_note
from intents.spans.grammar import is_pronoun
from intents.wishes.moods import spoken_of


def leads_elsewhere(clause: Clause, act_place: int) -> bool:
    """Whether a verb is about something else: "put the kettle on", "mettre les papiers à jour"."""
    about = ("person", "email", "field", "service", "off", "state", "reset_noun", "own_name")
    sets = ("somebody", "something", "all_people", "all_services", "no_services", "both", "other")
    points = spoken_of(clause) or any(is_pronoun(clause.spans, p) for p, _ in clause.tagged("it"))
    nobody = clause.has("nobody") and not clause.has("person", "service", "except", "but", "he")
    if nobody or is_about_a_note(clause, act_place):  # "supprimez personne", "put a note on it"
        return True
    if _is_of_another_thing(clause) or _is_for_nobody(clause, act_place):
        return True
    if _loses_a_thing(clause, act_place) or _has_a_thing_done(clause, act_place):
        return True
    known = clause.has(*about, *sets, "rest", "language", "receipt", "same")
    ahead = clause.spans[act_place + 1 :]
    idle = list(takewhile(lambda span: span.has("filler", "polite"), ahead))
    following = next(iter(ahead[len(idle) :]), None)
    thing = any(span.has("article") for span in idle)  # "fini les folies"
    points = points and not (thing and clause.has("says"))
    elsewhere = act_place >= 0 and following is not None and following.is_content
    return elsewhere and not (known or points)


def _is_of_another_thing(clause: Clause) -> bool:
    """As in "our Netflix password", "le mot de passe Netflix": a capital word that nobody has."""
    for at, span in clause.tagged("field"):
        if span.tags["field"] == "password":
            beside = clause.spans[max(0, at - 1) : at] + clause.spans[at + 1 : at + 2]
            named = clause.has("person")  # "netflix password for Kevin"
            return any(w.is_content and (w.text[:1].isupper() or named) for w in beside)
    return False


def _loses_a_thing(clause: Clause, act_place: int) -> bool:
    """As in "he loses half of it": nobody is removed by what they lose, and only access is lost."""
    lost = act_place >= 0 and clause.spans[act_place].has("loses")
    subject = any(span.has("person", "he") for span in clause.spans[: max(0, act_place)])
    fields = clause.values("field") & {"access", "account"}
    return lost and subject and not (clause.has(*_ACCESS) or fields)


_ACCESS = (
    *("service", "all_services", "no_services", "something", "same_access", "rest"),
    "clitic",  # "Jo garde la télé, Kevin la perd"
)


def _has_a_thing_done(clause: Clause, act_place: int) -> bool:
    """As in "Jo wants his number removed from his account": nobody says what that would be."""
    before = clause.spans[max(0, act_place - 3) : act_place]
    if act_place < 0 or len(before) < len("ab") or clause.has("service", "all_services"):
        return False
    done = clause.spans[act_place].has("past") and not clause.spans[act_place].gap.strip()
    owned = before[-2].has("article", "possessive") and before[-1].is_content
    thing = before[-1].has("something") or owned
    return done and thing and any(span.has("want") for span in before[:-1])


def _is_for_nobody(clause: Clause, act_place: int) -> bool:
    """As in "nobody should remove Kevin": it is not to be done."""
    does = act_place >= 0 and clause.spans[act_place].act() in _DONE_TO_SOMEBODY
    return does and any(at < act_place for at, _ in clause.tagged("nobody"))


_DONE_TO_SOMEBODY = frozenset({"delete", "remove", "lock", "unlock", "reset", "send", "resend"})
