"""What is taken back in the same breath: "remove Kevin, no wait, give Jo the TV"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from intents.clauses.borders import is_told_of_it
from intents.clauses.clause import Clause
from intents.clauses.once import once
from intents.context import Wish
from intents.spans.span import Span

_TURNING = ("no", "cancel", "actually", "wait", "i_mean")
_PLAINLY = ("no", "cancel", "wait")
_AROUND = ("filler", "polite", "emphasis", "hedge", "but", "only", "yes")


@once
def opening(clause: Clause) -> tuple[Span, ...]:
    """Return the words that a clause opens with before it says anything of its own."""
    return () if _says_what_ends(clause) else _turning(clause.spans)


def _says_what_ends(clause: Clause) -> bool:
    """As in "… until Friday, then that stops"."""
    said = [span for span in clause.spans if not span.has("want", "modal")]  # "then it must stop"
    return any(it.has("it") and ends.has("stops") for it, ends in pairwise(said))


def closing(clause: Clause) -> tuple[Span, ...]:
    """Return the words that a clause ends in when it has said what it says."""
    asked = "?" in clause.ends_in
    before, last = clause.spans[-2:] if len(clause.spans) > 1 else (None, clause.spans[-1])
    answered = before is not None and before.has("service") and not last.gap.strip()
    confirms = (
        last.has("no") and not last.act() and any(span.has("neg") for span in clause.spans[:-1])
    )  # "mais pas de payer la facture, ça non"
    told = before is not None and is_told_of_it(last, clause.spans[:-1])
    idle = asked or answered or confirms or told or _says_what_ends(clause)  # "but the TV no"
    words = () if idle else _turning(reversed(clause.spans))
    return () if idle or _no_is_of_somebody(clause, words) else words or _calls_off(clause)


def _no_is_of_somebody(clause: Clause, words: Sequence[Span]) -> bool:
    """As in "take it off Kevin, he doesn't need it": said of him, and not of the wish."""
    no = next((at for at, span in enumerate(clause.spans) if span in words and span.has("neg")), 0)
    before = clause.spans[no - 1] if no else None
    who = before is not None and (before.has("person") or before.has_all("he", "subject"))
    does = (
        before is not None
        and before.is_content
        and any(span.has("subject") for span in clause.spans[:no])
    )  # "lui il ne rappelle jamais personne"
    return (who or does) and not clause.spans[no].gap.strip()


def takes_back(spans: Sequence[Span]) -> bool:
    """Whether such words refuse what was said: "no", "forget it"; not "actually" or "wait"."""
    waits = any(span.has("wait") and span.has("actually") for span in spans)  # "no wait"
    return waits or any(span.has("no", "cancel") for span in spans)


def standing(
    wishes: Sequence[Wish],
    following: Sequence[Wish],
    between: Sequence[Span],
    stays: Sequence[str] = (),
) -> list[Wish]:
    """Return the wishes that stand when other ones follow behind words that turn round.

    A refusal takes back the wish before, and with "just" all of them; a mere "actually" only a
    wish that is put right: the same but for the person, or but for the services, or one that
    cannot stand beside it. "I mean", in the same sentence, takes back whatever it was. So it does
    where what was to be taken `stays`: "stop Jo paying. No wait, she can still pay, but …".
    """
    standing = list(wishes)
    if standing and stays and takes_back(between) and {*standing[-1].services} == {*stays}:
        return standing[:-1]
    meant = [wish for wish in following if wish.mood == "wish"]
    if not (meant and between and standing and standing[-1].mood == "wish"):
        return standing
    if takes_back(between):
        only = any(span.has("only") for span in between) or meant[0] in standing
        return [] if only else standing[:-1]
    corrected = _puts_right(standing[-1], meant[0]) or _replaces(standing[-1], meant[0])
    return standing[:-1] if corrected or any(map(_repairs, between)) else standing


def refused(wishes: Iterable[Wish], turned: Sequence[Span] = ()) -> list[Wish]:
    """Return wishes as what is not to be done: "remove Kevin, no wait, don't".

    That a thing is not needed says why a request is withdrawn: "…, turns out I don't need it".
    """
    wishes = list(wishes)
    if len(wishes) > 1 and any(span.has("one_noun") for span in turned):
        return [*wishes[:-1], *refused(wishes[-1:])]  # "…, so please do not do that one"
    stands = _is_not_needed(turned)
    return [
        wish
        if wish.mood != "wish" or (stands and wish.change == "withdraw")
        else replace(wish, mood="refusal")
        for wish in wishes
    ]


def _is_not_needed(turned: Sequence[Span]) -> bool:
    said = sorted(turned, key=lambda span: span.first)
    denies = next((at for at, span in enumerate(said) if span.has("neg", "needless")), len(said))
    plainly = any(span.has(*_PLAINLY) and not span.has("neg", "needless") for span in said)
    return not plainly and any(span.has("want", "needless") for span in said[denies:])


def _turning(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the words up to the first that say something, if they turn round: "oh, no wait"."""
    idle = takewhile(lambda span: span.has(*_TURNING, *_AROUND) and not _does(span), spans)
    words = tuple(idle)
    return words if any(span.has(*_TURNING) for span in _without_denials(words)) else ()


def _without_denials(words: Sequence[Span]) -> Iterable[Span]:
    """Leave out a *not* that stands behind its verb: "il n'a jamais répondu" turns nothing."""
    said = sorted(words, key=lambda span: span.first)
    denied = [
        never
        for verb, never in pairwise(said)
        if never.has("postposed") and verb.has("was", "is") and not never.gap.strip()
    ]
    return [span for span in words if span not in denied]


def _does(span: Span) -> bool:
    """Whether a word does something; "touch nothing" leaves all as it is, as a no does."""
    return bool(span.act()) and not (span.act() == "keep" and span.has("cancel"))


def _calls_off(clause: Clause) -> tuple[Span, ...]:
    """Return the words that call off what was said: "oh never mind, I got carried away"."""
    words = opening(clause)
    more = clause.has("act", "service", "person", "all_people", "email", "field", "want")
    more = more or (clause.has("he") and not clause.has("declines", "nomore"))
    more = more or clause.has(
        "receipt", "until", "language", "reset_noun", "all_services", "ordinal"
    )
    stops = any(span.has("stops") for span in words)  # "…, so he stops lecturing me"
    return words if any(span.has("cancel") for span in words) and not (more or stops) else ()


def _repairs(span: Span) -> bool:
    """As in "unlock Kevin, oops I mean …"; not in "unlock Kevin. I mean, he asked"."""
    return span.has("i_mean") and not span.starts_sentence


_ENDS_IT = frozenset({"delete_user", "suspend_user"})


def _replaces(wish: Wish, later: Wish) -> bool:
    """As in "delete Kevin, hang on, just suspend him": nobody can be both."""
    return {wish.intent, later.intent} == _ENDS_IT and wish.about == later.about


def _puts_right(wish: Wish, later: Wish) -> bool:
    same = (wish.intent, wish.change) == (later.intent, later.change)
    people = wish.about == later.about
    services = set(wish.services) == set(later.services)
    return same and people != services
