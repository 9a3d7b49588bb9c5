"""What of a card a message names or does again: whom it is about, what it shows, its verbs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from intents.context import Card, Wish
from intents.spans.span import Span
from intents.tasks import NAMES, PROFILE
from intents.values.phrases import codes_of
from intents.words.lexicon import read_yaml
from intents.words.tokens import keys_of


@cache
def _listed(file: str) -> Mapping[str, frozenset[str]]:
    listed = read_yaml("lexicon", file)
    return {name: frozenset(kinds) for name, kinds in listed.items()}


def kinds() -> Mapping[str, frozenset[str]]:
    """Return kinds of words by what they do to a yes or a no."""
    return _listed("kinds.yml")


def is_the_card(wishes: Sequence[Wish], card: Card) -> bool:
    """Whether what a message wishes is what the card does, for the same people, and no more."""
    shown = words_of(card.values)
    return bool(wishes) and all(
        wish.mood == "wish"
        and wish.intent == card.intent
        and wish.change in {"", card.change}
        and (not wish.services or set(wish.services) == card.services)
        and all(
            card.people.issuperset(whom.refs)
            if whom.refs
            else words_of([whom.said]) <= shown or (whom.relation and wish.intent == "create_user")
            for whom in wish.whom
        )
        and words_of(str(wish.values[kind]) for kind in PROFILE & wish.values.keys()) <= shown
        and (wish.intent != "edit_profile" or not PROFILE.isdisjoint(wish.values))
        for wish in wishes
    )


def words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in keys_of(text)}


def _is_shown(card: Card, span: Span) -> bool:
    """Whether a card shows what a span names, all of it; its end, however that is said."""
    if span.has("service"):
        return {*codes_of(span.value)} <= card.services
    return span.has("same_end") or span.value in card.values


def is_on(card: Card, span: Span) -> bool:
    if span.mention is not None:
        named = not card.people.isdisjoint(span.mention.refs)  # of two of one name, it shows one
        return named or (
            not span.mention.refs and words_of([span.mention.said]) <= words_of(card.values)
        )
    if span.has("service", "email", "language", "until"):
        return _is_shown(card, span)
    if span.has("act"):
        return span.act() in does_of(card)
    if is_whole(card, span):
        return True
    if span.has("he", "they", "it", "reset_noun"):
        return True
    if span.has("all_services", "all_people"):
        return bool(card.services if span.has("all_services") else len(card.people) > 1)
    if span.has("field"):
        field = span.tags["field"]
        shown = ("person" if field in NAMES else field) in card.kinds | kinds()["named"]
        return shown or (field == "email" and "send" in does_of(card))
    return any(span.text.casefold() in value.casefold().split() for value in card.values)


_POINTING = ("he", "person", "service", "only", "to", "article", "language", "email", "same_end")
_UNSAID = ("neg", "no", "also", "act", "hedge", "but", "asking")


def points_at_all(spans: Sequence[Span], card: Card) -> bool:
    """As in "yes, only him", "oui, à elle", "yes, he is the one": all of it, and no more."""
    answered = [span for span in spans if not span.has("polite")]
    while answered[1:] and answered[-1].has("yes") and answered[-1].gap.strip():
        answered.pop()  # "oui, à Jo, c'est bien ça"
    yes, said = answered[:1], _without_small_words(answered[1:])
    if not (said and yes[0].has("only_yes")) or said[-1].has("to") or len(card.people) != 1:
        return False
    if not all(span.has(*_POINTING) and not span.has(*_UNSAID) for span in said):
        return False
    return _is_all_of_it(said, card)


def _without_small_words(spans: Sequence[Span]) -> Sequence[Span]:
    """Leave out the *in* of "yes, in French", and "is the one" of "yes, he is the one"."""
    named_so = len(spans) > len("ab") and spans[-1].has("that_one")
    if named_so and spans[-2].has("is", "link_name"):
        return spans[:-2]
    small = {"emphasis", "filler"}
    return [
        span
        for at, span in enumerate(spans)
        if not (span.tags.keys() <= small and any(s.has("language") for s in spans[at + 1 :]))
    ]


def _is_all_of_it(spans: Sequence[Span], card: Card) -> bool:
    """Whether a person, or what else is named, is what the card shows, and nothing more."""
    if any((span.mention and not is_on(card, span)) or _owns(span) for span in spans):
        return False
    values = [span for span in spans if span.has("language", "email", "same_end")]
    people = {ref for span in spans if span.mention for ref in span.mention.refs}
    services = {code for span in spans if span.has("service") for code in codes_of(span.value)}
    whom = any(span.mention or (span.has("he") and not span.has("article")) for span in spans)
    if services and (whom or any(span.has("only") for span in spans)):
        return False  # "yes, the TV for her", "yes, only the TV"
    named = people <= card.people and services in (set(), card.services)
    return (whom or bool(values or services)) and named and all(is_on(card, v) for v in values)


def _owns(span: Span) -> bool:
    """As in "yes, her sister": somebody who is only hers."""
    return span.has("possessive") or span.tags.get("clitic") == "owner"


def is_whole(card: Card, span: Span) -> bool:
    """Whether it means all that a card shows, of which there is more than one: "all three"."""
    counts = {len(card.people), len(card.services)} - {0, 1}
    return bool(counts) and span.tags.get("all_of") in {"them", *map(str, counts)}


def does_of(card: Card) -> frozenset[str]:
    """Return the verbs for what a card does."""
    return _listed("cards.yml").get(f"{card.intent} {card.change}".strip(), frozenset())
