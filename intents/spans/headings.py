"""Words that only say what follows, or who is left out: "To add: …", "Jo already has it"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.spans.span import Span

_HAVING = ("he", "it", "was", "owns", "ask_done")
_ENDS = frozenset(".!?;,:")


def with_headings(spans: Sequence[Span], end: str) -> tuple[Span, ...]:
    """Read "To add: Liam" as an order, and leave out who has it: "to Tyler, Jo already has it"."""
    reread = list(spans)
    for at, span in enumerate(spans):
        if span.has("to_do") and _is_ordered(spans, at):
            reread[at] = replace(span, tags={"act": span.tags["to_do"]})
            if _is_to_be_added(spans, at) and spans[at - 2].act() == "change":  # "I've got a new …"
                reread[at - 2] = replace(spans[at - 2], tags={"filler": ""})
        elif last := _has_it_already(spans, at, end):
            told = (replace(part, tags={"filler": ""}, mention=None) for part in spans[at:last])
            reread[at:last] = told
    return tuple(_without_kin(reread))


def _without_kin(spans: list[Span]) -> list[Span]:
    """Read "I'd like my neighbour on here: Irene Walsh" as of one person: who she is, she is."""
    for at in range(1, len(spans)):
        new = spans[at].mention
        if new is None or new.refs or new.relation or ":" not in spans[at].gap:
            continue
        kin = [n for n in range(at) if (who := spans[n].mention) and who.relation and not who.refs]
        if len(kin) == 1 and not any(span.mention for span in spans[kin[0] + 1 : at]):
            spans[kin[0]] = replace(spans[kin[0]], tags={"filler": ""}, mention=None)
    return spans


def _is_ordered(spans: Sequence[Span], at: int) -> bool:
    """As in "To add: Liam", "I would like to add Amy Roy"."""
    behind = spans[at + 1].gap if at + 1 < len(spans) else ""
    heads = ":" in behind and spans[at].starts_sentence
    wished = at > 0 and spans[at - 1].has("want", "ask_bot")
    return heads or wished or _is_to_be_added(spans, at)


def _is_to_be_added(spans: Sequence[Span], at: int) -> bool:
    """As in "I've got a new person to add": somebody, whose name is still to come."""
    new = spans[at].tags.get("to_do") == "add" and at > 0
    return new and any(s.has("somebody") or s.act() == "add" for s in spans[max(0, at - 2) : at])


def _has_it_already(spans: Sequence[Span], at: int, end: str) -> int:
    """Return where it ends that somebody else than who was named has it; 0 where nobody does."""
    begins = spans[at].has("person") and not _ENDS.isdisjoint(spans[at].gap)
    if not (begins and any(before.has("person") for before in spans[:at])):
        return 0
    last = at + 1
    while last < len(spans) and (last == at + 1 or _ENDS.isdisjoint(spans[last].gap)):
        last += 1
    behind = spans[at + 1 : last]
    asked = "?" in (spans[last].gap if last < len(spans) else end)
    already = [part.has("ask_done") and part.has("emphasis") for part in behind]
    has_it = any(
        part.has("it") or part.has("ask_done")
        for part, said in zip(behind, already, strict=True)
        if not said
    )
    told = all(part.has(*_HAVING) for part in behind)
    return last if told and has_it and any(already) and not asked else 0
