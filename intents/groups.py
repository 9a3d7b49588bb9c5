"""Which words of a clause stand for people, and which for services."""

from collections.abc import Collection, Sequence

from intents.context import Context
from intents.grammar import PEOPLE, is_pronoun
from intents.spans import Span


def group_of(spans: Sequence[Span], place: int, context: Context) -> str:
    """Return whether a word stands for "people" or "services"; empty where for neither."""
    span = spans[place]
    asked = bool(context.expects & {"person", "service"})
    if not asked and _is_quantifier_of_people(span, spans, place):
        return ""
    if span.has("all_services") and span.has("all_people"):
        return _of_all(spans, place, context.expects)
    if span.has("rest"):
        if _is_kept(spans, place):
            return ""
        wished = any(one.has("act", "modal", "want", "nomore", "only", "neg") for one in spans)
        return "services" if wished or all(one.has("rest", "filler") for one in spans) else ""
    if span.has("service", "all_services", "no_services", "something"):
        return "services"
    if span.has("he", "they") and not is_pronoun(spans, place):
        return ""
    several = span.has("ordinal") and len(context.topic.people) > 1  # "the first one"
    return "people" if several or span.has(*PEOPLE) else ""


def _is_kept(spans: Sequence[Span], place: int) -> bool:
    """As in "the rest stays", "don't touch the rest": nothing is wished for of it."""
    around = [*spans[max(0, place - 2) : place], *spans[place + 1 : place + 2]]
    only = any(one.has("only") for one in spans)
    return not only and any(one.act() == "keep" for one in around)


def _of_all(spans: Sequence[Span], place: int, expects: Collection[str]) -> str:
    """Return whether a bare "all" is about people or about services."""
    behind = [one for one in spans[place + 1 :] if one.has("person", "service")]
    if place + 1 < len(spans) and spans[place + 1].has("except", "but") and behind:
        return "people" if behind[0].has("person") else "services"
    named = any(one.has("person") for one in spans)
    return "services" if "service" in expects or (named and "person" not in expects) else "people"


def _is_quantifier_of_people(span: Span, spans: Sequence[Span], place: int) -> bool:
    """Whether "all" belongs to something else: "all of them", "toute la fin de semaine"."""
    if span.has("service") or not span.has("all_services"):
        return False
    rest = [one for one in spans[place + 1 :] if not one.has("article")][:1]
    verb = any(one.has("act", "modal", "want", "except", "only", "to") for one in spans)
    if " " not in span.text and not verb and len(spans) > 1:
        return True
    apart = bool(rest) and (rest[0].is_content or rest[0].has("later", "is"))
    return apart and " " not in span.text
