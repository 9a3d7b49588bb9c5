"""A first name and a last name that are nobody's together: "Kevin Gagnon", for Kevin Roy's home."""

from collections.abc import Sequence
from dataclasses import replace

from intents.context import Context, Mention
from intents.spans.span import Span


def with_strangers(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read such a name as one: of whoever can be meant by both words, else of a stranger."""
    read: list[Span] = []
    for span in spans:
        last = read[-1] if read else None
        if last is not None and span.gap == " " and _is_one_name(last, span, context):
            read[-1] = _joined(last, span)
        else:
            read.append(span)
    return tuple(read)


def _joined(first: Span, last: Span) -> Span:
    text = f"{first.text} {last.text}"
    owned = last.mention.refs if last.mention else ()
    both = tuple(ref for ref in owned if first.mention and ref in first.mention.refs)
    tags = {"person": ""} if both else {"person": "", "new": ""}
    mention = Mention(text, both)
    return replace(first, end=last.end, text=text, tags=tags, value=text, mention=mention)


def _is_one_name(first: Span, last: Span, context: Context) -> bool:
    """Whether the second is only the last name of somebody here, and the first is one word."""
    called, owned = first.mention, last.mention
    if called is None or owned is None or called.relation or owned.relation or not owned.refs:
        return False
    home = [*context.people, *([context.holder] if context.holder else ())]
    owners = [person for person in home if person.ref in owned.refs]
    by_last = all(Mention(owned.said).is_same(person.last_name) for person in owners)
    by_first = any(Mention(owned.said).is_same(person.first_name) for person in home)
    return bool(owners) and by_last and not by_first and " " not in called.said
