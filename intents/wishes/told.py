"""What the whole message tells: its verbs, fields and values, and what was only told beside."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from intents.clauses.clause import Clause
from intents.context import Context, Wish
from intents.spans.span import Span
from intents.tasks import PROFILE, SET
from intents.wishes.given import is_compared, is_denied
from intents.wishes.heard import Heard

_VALUES = frozenset({"email", "language", "phone", "receipt", "until"})


_PUTS = frozenset({"add", "change"})


def plainly(span: Span, kind: str) -> bool:
    """Whether a word is of a kind, and does nothing else."""
    return span.has(kind) and not span.has("act", "emphasis", "polite", "filler")


def acts_of(spans: Sequence[Span]) -> Iterator[str]:
    """Yield what the verbs do; "it should be Jo" does nothing but put right.

    To put somebody on hold adds nobody.
    """
    holds = any(span.tags.get("state") == "suspended" for span in spans)
    for span in spans:
        if span.act() not in {"", "use"} and not span.has("actually"):
            yield "lock" if holds and span.act() in _PUTS else span.act()


def fields_of(spans: Sequence[Span]) -> Iterator[str]:
    """Yield what of a profile is spoken of: "the e-mail", "my e-mail"."""
    for span in spans:
        yield from (span.tags[kind] for kind in ("field", "own_account") if span.tags.get(kind))


def values_of(spans: Sequence[Span]) -> dict[str, Any]:
    """Return the values that are given, by kind; one alone, or a list of several."""
    by_kind: dict[str, list[str]] = {}
    for at, span in enumerate(spans):
        stated = span.has("email", "language")
        denied = stated and (is_denied(spans, at) or is_compared(spans, at))
        for kind in span.tags:
            if kind in _VALUES and span.value and not denied:
                by_kind.setdefault(kind, []).append(span.value)
    return {kind: given if len(given) > 1 else given[0] for kind, given in by_kind.items()}


def as_unlocking(wishes: Sequence[Wish], spans: Sequence[Span], context: Context) -> list[Wish]:
    """Read "her access is locked, please restore it" as of the lock, if that is how she stands."""
    if not any(span.tags.get("state") == "locked" for span in spans):
        return list(wishes)
    locked = {person.ref for person in context.people if person.status == "locked"}
    return [
        replace(wish, intent="unlock_user", values={})
        if wish.intent == "undo_change"
        and wish.about
        and wish.about <= locked
        and not context.topic.done
        else wish
        for wish in wishes
    ]


_SAYS_NO_MORE = frozenset({"filler", "emphasis", "polite", "please", "but", "aux", "to", "is"})


def _behind_name(part: Clause) -> int:
    """Return the place behind the last name of a clause."""
    return max((at + 1 for at, span in enumerate(part.spans) if span.mention), default=0)


def told_of_some(wishes: Sequence[Wish], parts: Sequence[Clause]) -> list[Wish]:
    """Leave out the others where one is picked: "Marc wants TV and Jo data. Only doing Jo's"."""
    picked: set[str] = set()
    for part in parts[1:]:
        names = [span.mention for span in part.spans if span.mention and span.mention.refs]
        bare = not part.has("act", "service", "neg", "modal", "want", "until", "but")
        behind = part.spans[_behind_name(part) :]
        ends = all(span.tags and span.tags.keys() <= _SAYS_NO_MORE for span in behind)
        if part.has("only") and bare and ends and len(names) == 1:
            picked = {names[0].value}
    some = [wish for wish in wishes if wish.about and wish.about <= picked]
    return some if some and len(some) < len(wishes) else list(wishes)


def is_said_better(wish: Wish, wishes: Sequence[Wish]) -> bool:
    """As in "Kevin changed his name, it's Kevin Walsh now": that it changes, and into what.

    Of two names for one person the later one is meant: "she takes her father's name: Rose Roy".
    """
    edits = [w for w in wishes if (w.intent, w.mood) == ("edit_profile", "wish")]
    later = edits[edits.index(wish) + 1 :] if wish in edits and "name" in wish.values else ()
    if any(w.about == wish.about and "name" in w.values for w in later):
        return True
    given = PROFILE | {"name"}
    says = any(w.about and w.about <= wish.about and given & w.values.keys() for w in edits)
    return wish in edits and says and bool(wish.whom) and not given & wish.values.keys()


def is_so(wish: Wish, heard: Heard) -> bool:
    """As in "right now Omar can only look at it. Can you let him pay?": how it is, told before."""
    behind = heard.wishes[heard.wishes.index(wish) + 1 :]
    if (wish.mood, wish.change) != ("wish", SET) or wish in heard.ordered or not behind:
        return False
    people = [heard.context.person(ref) for ref in wish.about]
    return bool(people) and all(who and who.services == {*wish.services} for who in people)


def is_told_of_kin(wish: Wish, heard: Heard) -> bool:
    """As in "my son needs data for his trip, please let Kevin add it": one and the same."""
    kin = bool(wish.whom) and all(who.relation and not who.refs for who in wish.whom)
    if not kin or wish in heard.ordered:
        return False
    what = (wish.intent, wish.mood, wish.change, wish.services)
    named = [w for w in heard.ordered if (w.intent, w.mood, w.change, w.services) == what]
    return not heard.adds_on and any(who.refs for w in named for who in w.whom)
