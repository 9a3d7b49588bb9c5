"""Small words that are more than they seem: "voicemail n usage", "la télé avec"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.clauses import DOING
from intents.spans import Span

_ELIDING = frozenset("'’")
_SWITCHED = ("switched_on", "switched_off")
_BEFORE_A_SWITCH = (
    *("article", "polite", "also", "and", "but"),
    *("concludes", "person", "to", "service"),
)
_LISTED = ("service", "person", "all_services", "all_people")


def with_short_ands(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the "n" of "voicemail n usage" as "and"; before an apostrophe it denies.

    The "4" of "voicemail 4 Omar" is "for".
    """
    return tuple(
        replace(span, tags={"and": "", "filler": ""})
        if span.has("short_and") and at and _goes_on_behind(spans, at)
        else replace(span, tags={"to": "", "filler": ""})
        if span.has("short_to")
        and 0 < at < len(spans) - 1
        and _is_between(spans[at - 1], spans[at + 1])
        else span
        for at, span in enumerate(spans)
    )


def _is_between(what: Span, who: Span) -> bool:
    """Whether a thing and whoever gets it stand around a word."""
    return what.has("service", "reset_noun") and who.has("person", "all_people")


def _goes_on_behind(spans: Sequence[Span], at: int) -> bool:
    behind = [span for span in spans[at + 1 :] if not span.has("article")]
    if not behind or spans[at + 1].gap[:1] in _ELIDING or not spans[at + 1].gap:
        return False
    denied = any(span.has("postposed", "nomore") for span in behind[:2])
    return not denied and (behind[0].has(*_LISTED) or behind[0].act() in DOING)


def with_switches(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "TV off for Jo", "the bill on for Kevin" as what is done; not "the TV is off"."""
    switches = [at for at in range(1, len(spans)) if _is_switch(spans, at)]
    turned = {kind for at in switches for kind in _SWITCHED if spans[at].has(kind)}
    if len(turned) > 1 and not all(spans[at - 1].has("service") for at in switches):
        return tuple(spans)  # "TV off for Jo, on for Kevin"
    reread = list(spans)
    for at in switches:
        straight = spans[at - 1].has("service") and not spans[at].gap.strip()
        if straight and not _is_told(spans[:at]):
            act = "remove" if spans[at].has("switched_off") else "give"
            reread[at - 1] = replace(spans[at - 1], tags={**spans[at - 1].tags, "act": act})
            reread[at] = replace(spans[at], tags={"filler": ""})
    return tuple(reread)


def _is_switch(spans: Sequence[Span], at: int) -> bool:
    """Whether "off" or "on" stands before whom it is for: "off Jo" too, not "off his phone"."""
    off = spans[at].has("switched_off")
    if not (off or spans[at].has("switched_on")):
        return False
    behind = spans[at + 1 : at + 3]
    whom = next((span for span in behind if not span.has("to")), None)
    somebody = whom is not None and whom.has("person", "all_people", "he", "they", "other")
    owner = whom is not None and (whom.has("possessive") or behind[-1].is_content)
    return somebody and not owner and (off or behind[0].has("to"))


def _is_told(said: Sequence[Span]) -> bool:
    """Whether more is said before the thing: "the TV is off", "my screen says TV off for Jo"."""
    start = max((at for at, span in enumerate(said) if span.gap.strip(" '’")), default=0)
    return not all(span.has(*_BEFORE_A_SWITCH) and not span.act() for span in said[start:-1])


def with_nouns(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read a word that is a verb and a thing as the thing, behind whose it is: "her invite".

    Behind an article an English "car" is no French reason.
    """
    return tuple(_as_noun(spans, at) for at in range(len(spans)))


def _as_noun(spans: Sequence[Span], at: int) -> Span:
    span, before = spans[at], spans[at - 1] if at else None
    if before is None:
        return span
    if span.tags.keys() == {"because"} and before.has("article", "possessive"):
        return replace(span, tags={})
    invites = span.act() in DOING and span.tags.get("field") == "invitation"
    if not (invites and _is_owned(spans, at)):
        return span
    return replace(span, tags={kind: tag for kind, tag in span.tags.items() if kind != "act"})


def _is_owned(spans: Sequence[Span], at: int) -> bool:
    owner, before = spans[at - 1], spans[at - 2] if at > 1 else None
    lets = before is not None and before.act() in {"give", "let_not"}  # "let her invite Sam"
    whose = owner.has("possessive", "article") or (owner.has("he") and not owner.has("subject"))
    invites = any(behind.has("person", "email") for behind in spans[at + 1 : at + 2])
    return whose and not (lets or invites or spans[at].gap.strip())


def with_pronouns(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "pas besoin de la suspendre" as of somebody: no *there* stands right before a verb."""
    return tuple(
        replace(span, tags={"he": "", "it": "", "clitic": "object", "filler": ""})
        if span.has("off")
        and at + 1 < len(spans)
        and spans[at + 1].act() in DOING
        and not spans[at + 1].gap.strip()
        and any(
            before.has("needless", "want", "no", "neg") for before in spans[max(0, at - 1) : at]
        )
        else span
        for at, span in enumerate(spans)
    )


def with_denied_pronouns(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "faut pas lui enlever la télé" as denied, and not as "pas lui", the wrong one."""
    return tuple(_as_denied(spans, at) for at in range(len(spans)))


def _as_denied(spans: Sequence[Span], at: int) -> Span:
    behind = spans[at + 1] if at + 1 < len(spans) else None
    verb = behind is not None and behind.act() in DOING and not behind.gap.strip()
    led = at > 0 and spans[at - 1].has("want", "modal", "aux") and not spans[at].gap.strip()
    if not (spans[at].has("wrong") and spans[at].end - spans[at].first > 1 and verb and led):
        return spans[at]
    return replace(spans[at], tags={"neg": "", "postposed": "", "he": "", "to_whom": ""})


def with_degrees(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "that is too harsh" as how harsh it is: nothing is added by it."""
    return tuple(
        replace(span, tags={"emphasis": "", "filler": ""})
        if span.has("also")
        and 0 < at < len(spans) - 1
        and spans[at - 1].has("is")
        and spans[at + 1].is_content
        and not spans[at + 1].gap.strip()
        else span
        for at, span in enumerate(spans)
    )


def with_trailing_words(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read a word that adds where it ends a message: "la télé avec"."""
    named = any(span.has("service", "person") for span in spans[:-1])
    if not named or not spans[-1].has("adds_last"):
        return tuple(spans)
    return (*spans[:-1], replace(spans[-1], tags={"also": ""}))


_TO_A_LANGUAGE = ("link_name", "filler", "want", "modal", "is", "it", "aux", "article", "passive")
_SPEAKS = frozenset({"change", "add", "use", "send", "turn"})
"""What is done, or goes on, in a language."""


def with_all_in_a_language(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "tout se passe en anglais", "mets tout en anglais" as of no service."""
    return tuple(
        replace(span, tags={"filler": ""})
        if span.has("all_services")
        and not span.has("service", "act", "he")
        and _is_in_a_language(spans[at + 1 :])
        else span
        for at, span in enumerate(spans)
    )


def _is_in_a_language(behind: Sequence[Span]) -> bool:
    """Whether a language follows, and who or what else is named stands behind it."""
    for span in behind:
        if span.has("language"):
            return True
        goes_on = span.has(*_TO_A_LANGUAGE) or span.is_content or span.act() in _SPEAKS
        if not goes_on or span.gap.strip(" '’") or span.has("and", "person", "service"):
            return False
    return False
