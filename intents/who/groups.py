"""Which words of a clause stand for people, and which for services."""

from collections.abc import Collection, Sequence

from intents.context import Context
from intents.spans.grammar import PEOPLE, SERVICES, is_pronoun
from intents.spans.span import Span

_GROUPED = frozenset({*PEOPLE, *SERVICES, "ordinal"})


def group_of(spans: Sequence[Span], at: int, context: Context) -> str:
    """Return whether a word stands for "people" or "services"; empty where for neither."""
    span = spans[at]
    if _GROUPED.isdisjoint(span.tags) or _is_of_a_thing(spans, at) or _sums_up(spans, at):
        return ""
    asked = bool(context.expects & {"person", "service"})
    if not asked and _is_quantifier_of_people(span, spans, at):
        return ""
    if span.has("all_services") and span.has("all_people"):
        return "" if _floats(spans, at) else _of_all(spans, at, context.expects)
    if span.has("rest"):
        if _is_kept(spans, at):
            return ""
        wished = any(word.has("act", "modal", "want", "nomore", "only", "neg") for word in spans)
        return "services" if wished or all(word.has("rest", "filler") for word in spans) else ""
    if span.has("service", "all_services", "no_services", "something"):
        return "services"
    if span.has("he", "they") and (not is_pronoun(spans, at) or _owns_what_is_left(spans, at)):
        return ""
    several = span.has("ordinal") and len(context.topic.people) > 1  # "the first one"
    return "people" if several or span.has(*PEOPLE) else ""


def _sums_up(spans: Sequence[Span], at: int) -> bool:
    """As in "take all the services away from Jo, every one of them": of those just named."""
    named = [span for span in spans[:at] if span.has("person", "all_services", "service")]
    services = any(not span.has("person") for span in named)
    people = sum(span.has("person") for span in named)
    return spans[at].has("all_of") and "," in spans[at].gap and services and people == 1


def _is_of_a_thing(spans: Sequence[Span], at: int) -> bool:
    """As in "some other company", "the other one is expired": that is no question of people."""
    behind = spans[at + 1] if at + 1 < len(spans) else None
    thing = behind is not None and behind.is_content and not behind.gap.strip()
    told = len(spans) > at + 2 and spans[at + 1].has("is") and spans[at + 2].has("delivery")
    return (thing or told) and spans[at].has("other")


def _owns_what_is_left(spans: Sequence[Span], at: int) -> bool:
    """As in "everything except his TV", "the rest of hers"; not in "give her TV"."""
    if at > 1 and spans[at - 1].has("genitive") and spans[at - 2].has("rest"):
        return True
    before, behind = spans[at - 1] if at else spans[at], spans[at + 1 : at + 2]
    everything = any(span.has("all_services", "no_services") for span in spans[:at])
    leaves_out = before.has("except", "but", "without") and bool(behind)
    return everything and leaves_out and behind[0].has("service")


def _is_kept(spans: Sequence[Span], at: int) -> bool:
    """As in "the rest stays", "the rest is fine": nothing is wished for of it."""
    around = [*spans[max(0, at - 2) : at], *spans[at + 1 : at + 2]]
    named = any(span.has("service") for span in spans[:at])  # "only TV for Jo, the rest is fine"
    only = any(span.has("only") for span in spans) and not named
    kept = any(span.act() == "keep" for span in around) or _is_fine(spans, at)
    return not only and kept


def _is_fine(spans: Sequence[Span], at: int) -> bool:
    """As in "the rest is right"; not where something else is denied: "no TV, the rest is fine"."""
    behind = [span for span in spans[at + 1 :] if not span.has("emphasis") or span.has("is", "yes")]
    said = behind[1:2] if behind and behind[0].has("is", "link_name") else behind[:1]
    return any(span.has("yes", "fine") for span in said) and not any(
        span.has("no", "neg", "nomore") for span in spans
    )


def _of_all(spans: Sequence[Span], at: int, expects: Collection[str]) -> str:
    """Return whether a bare "all" is about people or about services."""
    behind = [span for span in spans[at + 1 :] if span.has("person", "service")]
    if at + 1 < len(spans) and spans[at + 1].has("except", "but") and behind:
        return "people" if behind[0].has("person") else "services"
    before = spans[at - 1 : at] if at else ()
    if before and before[0].has("it") and not before[0].has("they", "clitic"):
        return "services"  # "turn it all on"
    does = spans[at + 1] if at + 1 < len(spans) else spans[at]
    if (not before or before[0].has("introduces", "want")) and (
        does.has("modal") or does.act() in {"give", "use"}
    ):
        return "people"  # "je veux que tous puissent voir la facture"
    named = any(span.has("person") for span in spans)
    return "services" if "service" in expects or (named and "person" not in expects) else "people"


def _floats(spans: Sequence[Span], at: int) -> bool:
    """As in "Jo, Rose and Kevin all forgot …": of those who were just named."""
    before = spans[:at]
    several = sum(span.has("person") for span in before) > 1 and before[-1].has("person")
    goes_on = at + 1 < len(spans) and not spans[at].gap.strip()
    return several and goes_on and not any(span.act() not in {"", "use"} for span in before)


def _is_quantifier_of_people(span: Span, spans: Sequence[Span], at: int) -> bool:
    """Whether "all" belongs to something else: "all of them", "toute la fin de semaine"."""
    if span.has("service") or not span.has("all_services"):
        return False
    rest = [following for following in spans[at + 1 :] if not following.has("article")][:1]
    verb = any(word.has("act", "modal", "want", "except", "only", "to") for word in spans)
    if " " not in span.text and not verb and len(spans) > 1:
        return True
    apart = bool(rest) and (rest[0].is_content or rest[0].has("later", "is"))
    return apart and " " not in span.text
