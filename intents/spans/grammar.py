"""Small words in their place: articles and pronouns, what a no and an exception reach."""

from collections.abc import Sequence
from itertools import pairwise

from intents.spans.span import Span, some

PEOPLE = ("person", "all_people", "both", "other", "he", "they", "two", "nobody", "somebody")


SERVICES = ("service", "all_services", "no_services", "something", "rest")


_PASSED_OVER = ("filler", "emphasis", "also", "only", "modal", "want", "polite", "you")


def is_pronoun(spans: Sequence[Span], at: int) -> bool:
    """Whether a word that can be an article or a possessive stands for somebody here."""
    if spans[at].has("that_one") and (next_is(spans, at, ("service",)) or _owned(spans, at)):
        return False  # "celui des chaînes", "celui de Kevin"
    word = spans[at].tags.get("clitic")
    if word is None:  # the others are articles as well, and people only beside a verb
        return True
    if spans[at].gap == "-":
        return True
    if _is_before_a_dative(spans, at):
        return True
    behind = spans[at + 1] if at + 1 < len(spans) else None
    before = spans[at - 1] if at else None
    if before is not None and is_dative_behind(spans, at):
        return True
    if word == "owner":
        return behind is not None and behind.has("field", "act")
    if behind is not None and behind.has("field", "service"):
        return False
    verb = behind is not None and (behind.act() != "" or behind.has("modal", "state", "aux"))
    after_verb = before is not None and before.act() not in {"", "use"}
    elided = behind is not None and behind.gap in {"'", "’"}  # "ajoute l'utilisateur"
    noun = behind is not None and (
        elided or behind.is_content or behind.has("person", "all_services")
    )
    return verb or (after_verb and not noun and word == "object")


def _is_before_a_dative(spans: Sequence[Span], at: int) -> bool:
    """As in "les lui retirer", "la leur donner": a thing, from or to somebody, and the verb."""
    thing, whom, verb = (*spans[at : at + 3], None, None)[:3]
    if thing is None or whom is None or verb is None or thing.tags.get("clitic") != "object":
        return False
    near = not (whom.gap.strip() or verb.gap.strip())
    return near and whom.has("to_whom", "they") and bool(verb.act())


def is_dative_behind(spans: Sequence[Span], at: int) -> bool:
    """As in "ôte y les données", "donne y": to or from somebody, its hyphen forgotten."""
    verb, whom = spans[at - 1], spans[at]
    near = whom.has("to_whom") and not whom.gap.strip()
    return near and verb.act() in _HANDING and " " not in verb.text


_HANDING = frozenset({"give", "add", "remove"})


def hands_it_on(spans: Sequence[Span]) -> bool:
    """Whether what is done is done to somebody with a thing, which a pronoun stands for."""
    datives = any(at and is_dative_behind(spans, at) for at in range(len(spans)))
    return datives or any(_is_before_a_dative(spans, at) for at in range(len(spans)))


def _owned(spans: Sequence[Span], at: int) -> bool:
    """As in "celui de Kevin", "the one of Jo": a thing, and whose it is."""
    of, whose = (*spans[at + 1 : at + 3], None, None)[:2]
    return of is not None and whose is not None and of.has("genitive") and whose.has("person")


def denied(spans: Sequence[Span], at: int) -> int | None:
    """Return the place of what a "not" denies: the verb beside it, else what follows."""
    before = at - 1
    if before > 0 and spans[before].has("he", "it", "they"):
        lent = spans[before].has("clitic") and spans[before - 1].act() != ""  # "enlève le pas"
        before -= lent or spans[before].gap == "-" or is_dative_behind(spans, before)
    if (
        before >= 0
        and spans[at].has("postposed")
        and "," not in spans[at].gap
        and spans[before].has("act", "want", "modal", "aux")
    ):
        return before
    behind = at + 3 if _is_inverted(spans, at) else at + 1
    for ahead in range(behind, len(spans)):
        span = spans[ahead]
        if span.act() or span.has("want", "modal", "state", *PEOPLE, *SERVICES):
            leads = span.has("all_services", "something", "want", "modal")
            leads = leads or span.tags.get("clitic") == "object"  # "au lieu de le supprimer"
            owns = span.has("he", "they") and not is_pronoun(spans, ahead)
            if owns or (leads and _verb_ahead(spans, ahead)):
                continue
            return ahead
        if not span.has(*_PASSED_OVER):
            return None
    return None


def _is_inverted(spans: Sequence[Span], at: int) -> bool:
    """As in "under no circumstances should Tyler be …": who it is about, behind *should*."""
    modal, subject = (*spans[at + 1 : at + 3], None, None)[:2]
    return (
        modal is not None and subject is not None and modal.has("modal") and subject.has("person")
    )


def _verb_ahead(spans: Sequence[Span], at: int) -> bool:
    """Whether a verb follows at once: "not going to remove", "ne tout enlève pas"."""
    return at + 1 < len(spans) and spans[at + 1].act() not in {"", "use"}


def is_compound(spans: Sequence[Span], at: int) -> bool:
    """As in "no more channel changing": what is done with a service, as a noun.

    Not in "I want the TV removing", nor where the verb has something of its own.
    """
    before = spans[at - 1] if at else None
    near = before is not None and before.has("service") and not spans[at].gap.strip()
    behind = spans[at + 1] if at + 1 < len(spans) else None
    takes = behind is not None and behind.has("article", "he", "it", *SERVICES, "person")
    return near and spans[at].has("gerund") and spans[at].act() in _NOUNS and not takes


_NOUNS = frozenset({"change", "use"})


ALL = ("all_people", "all_services", "nobody", "no_services")
"""What an exception can be made from."""
_JOINED = (*PEOPLE, *SERVICES, "neg", "no", "but")


def goes_on(spans: Sequence[Span], at: int) -> bool:
    """Whether a list goes on: "not Jo and Kevin" is about both, "not Jo, Kevin" is not."""
    before = (span for span in reversed(spans[:at]) if span.has("and", "or", "also", *_JOINED))
    behind = next(before, None)
    return behind is not None and behind.has("and", "or", "also")


_NAMING = ("person", "and", "or", "also", "same", "other", "both", "all_people", "list_mark", "yes")
_TELLING = ("is", "aux", "was", "says", "me", "he", "they", "modal", "want", "act")


def only_names(spans: Sequence[Span]) -> bool:
    """Whether people are named and nothing is told of them: "and Jo too", "also for Kevin"."""
    return all(
        span.has(*_NAMING, "polite", "except", "actually", "wrong", "no", "but", "link_name")
        or (span.has("filler") and not span.has(*_TELLING))
        or span.tags.get("hedge") == "sound"
        or (span.has("to") and any(who.has("person") for who in spans[at + 1 : at + 2]))
        for at, span in enumerate(spans)
    )


def is_for_somebody(spans: Sequence[Span]) -> bool:
    """As in "voicemail for Kevin and Jo": what is named is for whom is named, and nobody asks."""
    if not some(spans, "service") or some(spans, "wh", "was"):
        return False
    said = [span for span in spans if not span.has("article", "polite")]
    said_so = (
        at
        for at, (what, to, who) in enumerate(zip(said, said[1:], said[2:], strict=False))
        if what.has("service") and to.has("to") and not to.has("from") and who.has("person")
    )
    at = next(said_so, -1)  # "TV for Omar, not for Rose" is for him
    return at >= 0 and not some(said[: at + 1], "neg", "no", "nomore", "without")


def takes_from(spans: Sequence[Span], *kinds: str) -> bool:
    """Whether somebody is whom a thing is taken from or given to: "à Rose", "from Rose".

    So is whoever has a thing that is taken.
    """
    taken = any(who.has(*kinds) and to.has("from") for to, who in pairwise(spans))
    return taken or _takes_a_thing(spans)


def _takes_a_thing(spans: Sequence[Span]) -> bool:
    """As in "take sum things of Kevin", "enlève la photo de Kevin": a thing is taken, not him."""
    verb = next((at for at, span in enumerate(spans) if span.act() == "remove"), None)
    if verb is None:
        return False
    whose = (
        at
        for at, (of, who) in enumerate(pairwise(spans))
        if at > verb and of.has("genitive") and who.has("person")
    )
    between = spans[verb + 1 : next(whose, 0)]
    return any(span.is_content for span in between) and not any(s.has("field") for s in between)


def excepts(spans: Sequence[Span], at: int) -> bool:
    """Whether a word for an exception is one: "bar" is a verb as well."""
    if not spans[at].has("except"):
        return False
    return not spans[at].act() or any(span.has(*ALL) for span in spans[:at])


def after_all(spans: Sequence[Span], at: int) -> bool:
    """As in "everybody but Rose", "everyone off my account but Rose", "everyone left but Rose"."""
    passed = ("filler", "off", "gone", "past")
    before = (span for span in reversed(spans[:at]) if not span.has(*passed) or span.has(*ALL))
    last = next(before, None)
    return last is not None and last.has(*ALL)


def next_is(spans: Sequence[Span], at: int, kinds: Sequence[str]) -> bool:
    rest = (span for span in spans[at + 1 :] if not span.has(*_PASSED_OVER) or span.has(*kinds))
    following = next(rest, None)
    pause = at + 1 < len(spans) and "," in spans[at + 1].gap
    return following is not None and following.has(*kinds) and not pause


_EXCEPTED = ("except", "person", "service", "with_bill", "and", "filler", "polite")


def leads_with_exception(spans: Sequence[Span]) -> bool:
    """As in "apart from Tyler, give everyone the TV": so far only what is left out is said."""
    return (
        all(span.has(*_EXCEPTED) for span in spans)
        and any(span.has("except") for span in spans)
        and any(span.has("person", "service") for span in spans)
    )


_HAD = ("person", "he", "they", "all_people", "both", "service", "all_services", "field")
"""What is to be done something with: "get Kevin's TV turned off"."""


def has_it_done(spans: Sequence[Span], at: int) -> bool:
    """As in "get Kevin removed": what is to be done is said by the verb behind what it is about."""
    if not spans[at].has_all("is", "owns"):
        return False
    for before, span in pairwise(spans[at:]):
        if span.gap.strip(" '’") or span.has("loses"):  # "Kevin gets TV and Jo loses it"
            return False
        if span.act() not in {"", "use"} and not before.has("and"):
            return before is not spans[at]
        if not span.has(*_HAD, "article", "is", "and", "genitive"):
            return False
    return False


def leads_on(spans: Sequence[Span], at: int) -> bool:
    """As in "don't get Kevin removed", "pas besoin de la suspendre": the verb follows."""
    pronoun = spans[at].tags.get("clitic") == "object"
    pronoun = pronoun and any(map(Span.act, spans[at + 1 : at + 2]))
    return pronoun or has_it_done(spans, at) or (at > 0 and has_it_done(spans, at - 1))


def qualifies(spans: Sequence[Span], at: int) -> bool:
    """As in "the viewing of the usage": a service that only says something of the next one."""
    behind = spans[at + 1 :]
    of = next((n for n, span in enumerate(behind) if not span.has("article")), len(behind))
    thing = of < len(behind) and behind[of].has("service")
    return thing and spans[at].has("service") and any(span.has("genitive") for span in behind[:of])


def does_nothing(spans: Sequence[Span], at: int) -> bool:
    """As in "y comprend rien": nothing of what somebody does, which is about no service."""
    before = spans[at - 1] if at else None
    verb = before is not None and before.is_content and "," not in spans[at].gap
    return verb and spans[at].has("no_services") and not spans[at].has("service")


def answered_no(spans: Sequence[Span], at: int) -> str:
    """Return which service a no is the answer about: "the usage yes, the bill no", "no to TV"."""
    told = [span for span in spans[:at] if not span.has("link_name", "is")]
    before = told[-1] if told else None
    behind = spans[at + 1] if at + 1 < len(spans) else None
    paused = behind is None or behind.has("and", "but") or "," in behind.gap
    if before is not None and before.has("service") and "," not in spans[at].gap and paused:
        return "before"
    to = behind is not None and behind.has("to") and not (paused or behind.has("link_name"))
    return "behind" if to and next_is(spans, at, ("service",)) else ""


def is_adverb(span: Span) -> bool:
    """Whether a word only says how much, or that something follows: "really", "therefore"."""
    return bool(span.tags) and span.tags.keys() <= {
        "emphasis",
        "filler",
        "also",
        "concludes",
        "list_mark",
    }
