"""Small words that are more than they seem: "voicemail n usage", "la télé avec"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.clauses.clause import DOING
from intents.spans.billing import PAY
from intents.spans.span import Span, only_with

_ELIDING = frozenset("'’")
_LISTED = ("service", "person", "all_services", "all_people")


@only_with("short_and", "short_to")
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


def _is_paid(span: Span) -> bool:
    """As in "être capable de la payer": a verb that is a service by itself."""
    return span.has("service") and span.text.isalpha() and span.value == PAY


@only_with("off")
def with_pronouns(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "pas besoin de la suspendre" as of somebody: no *there* stands right before a verb."""
    return tuple(
        replace(span, tags={"he": "", "it": "", "clitic": "object", "filler": ""})
        if span.has("off")
        and at + 1 < len(spans)
        and not spans[at + 1].gap.strip()
        and (
            spans[at + 1].act() == "use"  # "le droit de la consulter"
            or _is_paid(spans[at + 1])
            or (
                spans[at + 1].act() in DOING
                and spans[max(0, at - 1)].has("needless", "want", "no", "neg")
            )
        )
        else span
        for at, span in enumerate(spans)
    )


@only_with("to_whom")
def with_fronted_pronouns(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "lui, tu peux l'enlever" as said twice: *lui* is whom the verb has before it."""
    return tuple(
        replace(span, tags={"filler": "", "emphasis": ""})
        if span.has("to_whom") and _is_said_again(spans[at + 1 :])
        else span
        for at, span in enumerate(spans)
    )


def _is_said_again(behind: Sequence[Span]) -> bool:
    """Whether "you can", a pronoun and the verb that is done to it follow."""
    asked, it, verb = (*behind[:3], None, None, None)[:3]
    if asked is None or it is None or verb is None or not asked.has("ask_bot"):
        return False
    near = not (it.gap.strip(" '’-") or verb.gap.strip(" '’"))
    return near and it.has("he") and it.tags.get("clitic") == "object" and verb.act() in DOING


def with_denied_pronouns(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "faut pas lui enlever la télé" as denied, and not as "pas lui", the wrong one."""
    return tuple(_as_denied(spans, at) for at in range(len(spans)))


def _as_denied(spans: Sequence[Span], at: int) -> Span:
    if not (spans[at].has("wrong") and spans[at].end - spans[at].first > 1):
        return spans[at]
    behind = spans[at + 1] if at + 1 < len(spans) else None
    verb = behind is not None and behind.act() in DOING and not behind.gap.strip()
    led = at > 0 and spans[at - 1].has("want", "modal", "aux") and not spans[at].gap.strip()
    led = led or (at > 1 and spans[at - 2].has("neg"))  # "n'allez pas lui enlever la télé"
    if not (verb and led):
        return spans[at]
    return replace(spans[at], tags={"neg": "", "postposed": "", "he": "", "to_whom": ""})


@only_with("also", "only", "instead")
def with_degrees(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "that is too harsh" as how harsh it is, and "he just turned 16" as when it was.

    Nothing is added by the one, and nothing limited by the other.
    """
    return tuple(
        replace(span, tags={"emphasis": "", "filler": ""})
        if _is_of_a_degree(spans, at) or _is_just_now(spans, at)
        else span
        for at, span in enumerate(spans)
    )


def _is_of_a_degree(spans: Sequence[Span], at: int) -> bool:
    behind = spans[at + 1] if at + 1 < len(spans) else None
    fine = behind is not None and behind.has("yes", "fine") and spans[at].has("instead")
    told = behind is not None and (behind.is_content or fine) and not behind.gap.strip()
    return at > 0 and spans[at].has("also", "instead") and told and _is_so(spans[at - 1])


def _is_so(span: Span) -> bool:
    return span.has("is") or span.has_all("explains", "link_name")  # "c'est plutôt cool"


def _is_just_now(spans: Sequence[Span], at: int) -> bool:
    """As in "Tyler just turned 16"; not in "Tyler just basic TV"."""
    does, thing = (*spans[at + 1 : at + 3], None, None)[:2]
    told = at > 0 and spans[at].has("only") and spans[at - 1].has("person", "subject", "me")
    happened = does is not None and does.is_content and not does.gap.strip()
    return told and happened and (thing is None or not thing.has("service", "article"))


@only_with("yes")
def with_deeds(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "Kevin should be able to do that as well" as of what was done, and not as a yes."""
    return tuple(
        replace(span, tags={"it": "", "filler": ""})
        if at > 1
        and span.tags.keys() == {"yes"}
        and span.end - span.first > 1
        and spans[at - 1].has("is_given", "modal")
        and spans[at - 2].has("person")
        else span
        for at, span in enumerate(spans)
    )


@only_with("exclaims")
def with_exclamations(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "shoot, I meant Jo" as a sigh, and not as what is sent."""
    gaps = [span.gap for span in spans[1:]]
    return tuple(
        replace(span, tags={"filler": "", "polite": ""})
        if span.has("exclaims") and span.starts_sentence and gap[:1] in {",", "!", "."}
        else span
        for span, gap in zip(spans, [*gaps, " "], strict=True)
    )


@only_with("off")
def with_articles(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *de la* of "non de la boîte vocale" as an article, and not as "away from there"."""
    reread = list(spans)
    for at in range(1, len(spans) - 1):
        behind = spans[at + 1]
        named = behind.has("service") and not behind.gap.strip()
        if spans[at].has("off") and spans[at - 1].has("no", "neg") and named:
            reread[at] = replace(spans[at], tags={"filler": "", "genitive": ""})
    return tuple(reread)


@only_with("cannot")
def with_inability(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "I'd rather Kevin couldn't see it" as denied; "couldn't you unlock him" asks."""
    return tuple(
        replace(span, tags={**span.tags, "neg": ""})
        if span.has("cannot") and _is_wished(spans[max(0, at - 4) : at])
        else span
        for at, span in enumerate(spans)
    )


def _is_wished(before: Sequence[Span]) -> bool:
    """Whether it is wished of somebody, who stands right before."""
    subject = bool(before) and before[-1].has("person", "he", "they", "all_people")
    return subject and any(span.has("want") for span in before[:-1])


@only_with("asking")
def with_what_is_asked(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *if* of "can you tell me if Kevin can see it" as part of the asking.

    "I wonder if Kevin could see it" begs for it.
    """
    told = list(spans)
    for at in range(1, len(spans) - 1):
        if not spans[at].has("whether"):
            continue
        asking = next((n for n in range(at - 1, -1, -1) if not spans[n].has("polite")), 0)
        if spans[asking].has("asking") and _begs_of_us(spans[at + 1 : at + 4]):
            told[asking] = replace(spans[asking], tags={"ask_bot": ""})
            end = at + 2 if spans[at + 1].has("ask_bot") else at + 3
            told[at:end] = (replace(span, tags={"filler": ""}) for span in spans[at:end])
            continue
        of_somebody = spans[at + 1].has("person", "he", "they")
        if spans[asking].has("asking") and of_somebody:
            told[at] = replace(spans[at], tags={"filler": ""})
            begs = any(span.has("would") for span in spans[at + 2 : at + 3])
            others = any(span.mention for span in spans[:asking])  # "my brother was wondering"
            had = any(span.has("owns") for span in spans[at + 3 : at + 4])  # "could have seen it"
            done = had and any(span.act() for span in spans[at + 4 : at + 5])
            if begs and not (others or done):
                told[asking] = replace(spans[asking], tags={"filler": ""})
    return tuple(told)


def _begs_of_us(behind: Sequence[Span]) -> bool:
    """As in "I wonder whether you might …", "je me demandais si vous pourriez …"."""
    who, would, does = (*behind, None, None, None)[:3]
    if who is None or would is None:
        return False
    ours = who.has("writer") and does is not None and does.act() in DOING and not does.has("loses")
    us = who.has("you") or ours  # not in "I wonder if we would lose the TV"
    return who.has("ask_bot") or (us and would.has("would", "aux_polite"))


def with_trailing_words(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read a word that adds where it ends a message: "la télé avec"."""
    named = any(span.has("service", "person") for span in spans[:-1])
    if not named or not spans[-1].has("adds_last"):
        return tuple(spans)
    return (*spans[:-1], replace(spans[-1], tags={"also": ""}))


_TO_A_LANGUAGE = ("link_name", "filler", "want", "modal", "is", "it", "aux", "article", "passive")
_SPEAKS = frozenset({"change", "add", "use", "send", "turn"})
"""What is done, or goes on, in a language."""


@only_with("language")
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
