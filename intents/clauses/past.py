"""What somebody did, which is told and not wished for: "we suspended Kevin in March"."""

from collections.abc import Sequence

from intents.clauses.clause import Clause
from intents.clauses.telling import is_felt
from intents.spans.span import Span
from intents.words.lexicon import participles

_DONE_TO = ("service", "field", "person", "email", "all_services", "to_me")


def tells(clause: Clause, act_place: int) -> bool:
    """As in "Kevin has been adding data": what somebody did, and no wish."""
    before, behind = clause.spans[: max(0, act_place)], clause.spans[act_place + 1 :]
    if _does_a_thing(before, behind):
        return True  # "c'est Jo qui suspend le linge"
    if before and _does_it(before, clause.spans[act_place], behind):
        return True  # "he erase it by mistake"
    if _was_done_by_somebody(before, clause.spans[act_place]):
        return True  # "votre collègue a débloqué Tyler", "j'ai pas donné la télé"
    if clause.spans[act_place].act() == "let_not" and behind and behind[0].has("me"):
        return True  # "he'll never let me hear the end of it"
    if is_felt(before):
        return True
    leads = before[-2:-1] and before[-2].has("is", "nomore")  # "est à renvoyer", "n'a plus à payer"
    to_be = leads and before[-1].has("to")
    to_be = to_be or (behind and ":" in behind[0].gap)  # "prénom à modifier : Roseline"
    done = bool(before) and (
        before[-1].has("ask_done", "was", "i_did") or before[-1].has_all("is", "owns")
    )
    if before and _is_past(clause, act_place):
        return True  # "we suspended Kevin in March"
    of_it = len(before) > 1 and before[-2].has("it")  # "it got cut off"
    somebody = any(span.has("person", "he", "they", "me", "subject") for span in before[:-1])
    somebody = somebody or any(span.has("you") for span in before[-2:-1])
    return done and not to_be and (somebody or of_it)


_DOES = frozenset({"delete", "remove", "unlock", "send", "resend", "add", "reset", "lock"})
"""What nobody is the subject of that it should be done to."""


_OBJECTS = ("it", "he", "person", "article", "possessive", "genitive", "service")


def _does_it(before: Sequence[Span], verb: Span, behind: Sequence[Span]) -> bool:
    """As in "he erases it by mistake": who does it is told of; not in "she loses the TV"."""
    subject = before[-1].has_all("subject", "he") and not verb.gap.strip()
    subject = subject and not any(span.has("aux", "modal", "please") for span in (*before, *behind))
    led = len(before) > 1 and (before[-2].has("introduces", "want", "ask_bot") or before[-2].act())
    done = verb.act() in _DOES and not verb.has("loses", "departs", "is", "state", "passive")
    thing = bool(behind) and behind[0].has(*_OBJECTS)
    return subject and done and thing and not led


def _is_past(clause: Clause, act_place: int) -> bool:
    """Whether its subject did it: not in "I want Kevin removed", "Kevin removed please"."""
    before, behind = clause.spans[:act_place], clause.spans[act_place + 1 :]
    if not clause.spans[act_place].has("past") or before[-1].has("article", "to_me"):
        return False
    if clause.spans[act_place].act() in {"change", "rename"}:
        return False  # "Kevin changed his e-mail to …" says what it is to be
    wished = any(span.has("want", "ask_bot", "passive") or span.act() for span in before)
    does = before[-1].has("writer", "subject", "it", "you") or before[-1].is_content
    does = does or (before[-1].has("person") and _is_done_to(behind))
    return does and not wished


def _is_done_to(behind: Sequence[Span]) -> bool:
    """As in "Kevin turned off his phone": whatever it is."""
    thing = (
        len(behind) > 1 and behind[0].has("article", "possessive", "he") and behind[1].is_content
    )
    return thing or any(span.has(*_DONE_TO) for span in behind)


_BETWEEN = ("neg", "ask_done", "still", "emphasis")


def _was_done_by_somebody(before: Sequence[Span], verb: Span) -> bool:
    """Whether a participle stands behind its auxiliary, and that behind who did it."""
    said = [
        span for n, span in enumerate(before) if span.has("was", "owns") or not _is_between(span)
    ]
    if len(said) < len("ab") or not verb.text.casefold().endswith(participles()):
        return False
    subject, has = said[-2:]
    does = subject.is_content or subject.has("person", "me", "subject", "they", "you")
    return does and has.has("was", "owns", "i_did") and not has.has("is")


def _does_a_thing(before: Sequence[Span], behind: Sequence[Span]) -> bool:
    """As in "c'est Jo qui suspend le linge": what somebody does, with a thing that is no access."""
    who = bool(before) and before[-1].tags.get("wh") == "who"
    thing = len(behind) > 1 and behind[0].has("article") and behind[1].is_content
    return who and thing and not any(span.has("service", "person") for span in behind)


def _is_between(span: Span) -> bool:
    return span.has(*_BETWEEN) and not span.has("person", "me", "subject", "they", "you")
