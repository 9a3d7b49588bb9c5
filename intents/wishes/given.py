"""What a clause gives beside who and what: values, their fields, and pairs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Any

from intents.clauses.clause import Clause
from intents.context import Mention, Wish, last_of
from intents.spans.ends import BARE
from intents.spans.span import Span, written
from intents.tasks import NAMES
from intents.who.named import Named
from intents.words.dictionary import is_word

PAIR = 2
_CHANGING = frozenset({"change", "rename"})
_TURNS_AWAY = ("me", "wh", "because")
"""What shows that no name follows: "he called me at work", "a new name, which surprised us"."""


def pairs(
    named: Named, services: Sequence[str]
) -> Iterator[tuple[Sequence[Mention], Sequence[str]]]:
    """Return who and what belong together: runs of people and of services, two by two."""
    runs = [
        (kind, [v for v in run if kind == "people" or v in services]) for kind, run in named.runs
    ]
    runs = [run for run in runs if run[1]]
    each = list(zip(runs[::PAIR], runs[1::PAIR], strict=False))
    paired = len(runs) > PAIR and len(runs) % PAIR == 0 and not named.all_services
    if paired and all(kind != behind for (kind, _), (behind, _) in each):
        for (kind, first), (_, second) in each:
            yield (first, second) if kind == "people" else (second, first)  # type: ignore[misc]
    else:
        yield named.people, services


def one_by_one(wish: Wish, kinds: Collection[str]) -> list[Wish]:
    """Return a wish for each whom it is about, with the values of these kinds in their order."""

    def of(at: int) -> dict[str, Any]:
        return {
            kind: value[at] if kind in kinds and is_for_each(wish, value) else value
            for kind, value in wish.values.items()
        }

    return [replace(wish, whom=(who,), values=of(at)) for at, who in enumerate(wish.whom)]


def is_for_each(wish: Wish, value: object) -> bool:
    """Whether so many values were given as there are people."""
    return isinstance(value, list) and len(value) == len(wish.whom)


def ends_of(given: Mapping[str, Any], count: int) -> list[dict[str, Any]]:
    """Return until when each of so many groups is meant: its own end, else the last said."""
    said = given.get("until")
    if isinstance(said, list) and len(said) == count:
        return [{"until": end} for end in said]
    return [{} if said is None else {"until": last_of(given, "until")}] * count


def values(clause: Clause) -> dict[str, Any]:
    """Return what else a clause gives, by kind."""
    by_kind: dict[str, Any] = {}
    for kind in ("email", "language", "receipt", "until"):
        given = [
            span.value
            for at, span in clause.tagged(kind)
            if span.value
            and span.tags[kind] != BARE
            and not (is_denied(clause.spans, at) or _is_left_behind(clause.spans, at))
            and not is_compared(clause.spans, at)
        ]
        if given:
            by_kind[kind] = given if len(given) > 1 else given[0]
    if fields := [span.tags["field"] for _, span in clause.tagged("field")]:
        by_kind["fields"] = fields
    if new := value_after(clause):
        by_kind["name"] = new
    return by_kind


def _is_left_behind(spans: Sequence[Span], at: int) -> bool:
    """As in "from French to English", "du français à l'anglais": the language before."""
    behind = [span for span in spans[at + 1 : at + 4] if not span.has("article")]
    kinds = (("to",), ("language",))
    return (
        spans[at].has("language")
        and len(behind) >= len(kinds)
        and all(span.has(*each) for span, each in zip(behind, kinds, strict=False))
    )


def is_compared(spans: Sequence[Span], at: int) -> bool:
    """As in "she reads it better than English", "mieux que l'anglais": it is not what is given.

    "N'écrivez qu'en anglais" gives it: there is no other that it could be compared with.
    """
    before = (span for span in reversed(spans[:at]) if not span.has("article", "to"))
    than = next(before, None)
    if than is None or not than.has("as_whom") or than.has("having"):
        return False
    others = (span for n, span in enumerate(spans) if n != at)
    return not than.has("restricting") or any(span.has("language") for span in others)


def is_denied(spans: Sequence[Span], at: int) -> bool:
    """As in "in French, not in English", "she doesn't read English", "comprend rien en anglais"."""
    start = max((n for n in range(1, at + 1) if _paused(spans[n - 1], spans[n])), default=0)
    before = (
        span
        for span in reversed(spans[start:at])
        if span.has("neg") or not (span.has("filler") or span.act() == "use")
    )
    return any(span.has("neg", "no_services") for span in islice(before, 1))


def _paused(before: Span, span: Span) -> bool:
    """As in "il y a un point : m@…", "that's not it, m@…": what is denied was said before."""
    return ":" in span.gap or ("," in span.gap and before.has("it"))


def value_after(clause: Clause) -> str:
    """Return the new name: "change her last name to Tran", "her last name becomes Tran"."""
    named = not NAMES.isdisjoint(clause.values("field"))
    renamed = named or not _CHANGING.isdisjoint(clause.values("act"))
    return _value_in(_without_an_aside(clause)) if renamed else ""


def says_a_name(clause: Clause, named: Named, *, known: bool) -> bool:
    """As in "her surname is Fox now", "surname's Tremblay-Fox now": of whoever was spoken of."""
    new = value_after(clause)
    told = bool(named.people) and all(who.said == new for who in named.people)
    return bool(new) and (known or told)


def _value_in(clause: Clause) -> str:
    fields = [
        at
        for at, span in clause.tagged("field")
        if span.tags["field"] in NAMES
        and not (_ends_there(clause, at) or _is_what_it_is(clause, at))
    ]
    verbs = [p for p, span in clause.tagged("act") if span.act() in _CHANGING]
    beside = clause.values("field") - NAMES - {"account"}
    if (not fields and not verbs) or (beside and not fields):
        return ""
    if linked := [at + 1 for at in fields if _is_linked(clause, at)]:
        tos = linked[-1:]  # "his last name is Walsh now": what stands behind is all of it
    else:
        start = max([*fields[-1:], *verbs[:1]])
        tos = [p for p in range(start, len(clause.spans)) if _leads_to_it(clause.spans[p])]
    lead = clause.spans[tos[-1] if tos else start]
    rest = clause.spans[(tos[-1] if tos else start) + 1 :]
    kept: list[Span] = []
    for span, behind in zip_longest(rest, rest[1:]):
        hyphened = behind is not None and behind.gap == "-" and span.text[:1].isupper()
        hyphened = hyphened or (bool(fields and tos and not kept) and _is_written_as_a_name(span))
        if span.has("person") or span.is_content or hyphened:  # "Côté-Bell", a side or not
            kept = [span] if ":" in span.gap else [*kept, span]  # "le nom de sa femme : Roy"
        elif kept or span.has(*_TURNS_AWAY):
            break
    plain = kept and kept[0].text[:1].isupper()
    if _is_denied_behind(clause, fields, kept) or ((linked or lead.has("becomes")) and not plain):
        return ""  # "her name became an issue"
    known = kept[:1] and kept[0].mention is not None and kept[0].mention.refs
    people = sum(span.has("person") for span in clause.spans)
    led = bool(kept) and ":" in kept[0].gap  # "son nom de famille : Roy"
    names_alone = not (tos or led) and people < PAIR
    if (
        not kept
        or kept[0].has("email")
        or not (fields or _may_be_a_name(kept[0].text))
        or (known and people < PAIR and not (tos and fields))
        or (names_alone and any(span.has("person") for span in kept))
    ):
        return ""
    return written(kept)


def _may_be_a_name(text: str) -> bool:
    """Not as in "he changed his address to kev@…, arrange it": a word, in small letters."""
    return not (text.islower() and is_word(text))


def _is_written_as_a_name(span: Span) -> bool:
    """As in "her last name to Côté": a word as well, but for its capital."""
    return span.text.istitle() and span.has("filler", "emphasis") and not span.gap.strip()


def _is_what_it_is(clause: Clause, at: int) -> bool:
    """As in "… Lavoie comme nom de famille": the name stands before."""
    before = clause.spans[at - 1] if at else None
    return before is not None and before.has_all("as_whom", "having")


def _leads_to_it(span: Span) -> bool:
    return span.has("to", "becomes")


def _is_denied_behind(clause: Clause, fields: Sequence[int], kept: Sequence[Span]) -> bool:
    """As in "her last name isn't Walsh": what it is not, between the word for it and a name."""
    told = clause.spans[fields[-1] : clause.spans.index(kept[0])] if kept and fields else ()
    denied = any(span.has("neg", "nomore", "hedge") for span in told)
    return denied or any(span.act() == "let_not" for span in told)  # "shouldn't be Walsh"


def _is_linked(clause: Clause, at: int) -> bool:
    behind = clause.spans[at + 1 : at + 2]
    linking = bool(behind) and behind[0].has("is", "becomes", "passive")
    return linking and not behind[0].gap.strip()


def _without_an_aside(clause: Clause) -> Clause:
    """As in "rename Simon to Simon Roy, he's taken our name": a new subject behind a comma."""
    for at, span in enumerate(clause.spans):
        apart = "," in span.gap or (at > 0 and clause.spans[at - 1].has("please"))
        begins = apart and span.has("he", "they")
        if begins and any(map(_leads_to_it, clause.spans[:at])):
            return Clause(clause.spans[:at], clause.ends_in)
    return clause


def _ends_there(clause: Clause, at: int) -> bool:
    """As in "she called, it was nothing": nobody is called anything."""
    behind = clause.spans[at + 1 : at + 2]
    return clause.spans[at].has("link_name") and bool(behind) and "," in behind[0].gap
