"""What the words of a whole message give: verbs, fields of a profile, values."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from intents.clauses.clause import Clause
from intents.context import Context, Wish
from intents.spans.span import Span
from intents.wishes.given import is_compared, is_denied

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
