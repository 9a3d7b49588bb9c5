"""What is said beside a wish: whom it leaves untouched, whom it likens to, who stays anyway."""

from collections.abc import Sequence
from dataclasses import replace

from intents.spans.span import Span, put_aside, some

_UNDONE = frozenset({"delete", "remove", "lock", "reset", "change", "undo", "resend", "add"})
_ORDERED = frozenset({"delete", "remove", "give", "add", "unlock", "unblock", "lock", "reset"})
_NAMES = ("person", "and", "article", "to")
_RELATIVE = ("as_whom", "introduces", "wh")
_LIKENED = ("to", "article", "other", "others", "all_people")


def with_asides(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Put aside what names somebody or something of which nothing is wished."""
    spans = _with_denials_first(_with_turns_first(spans))
    aside = {*_untouched(spans), *_likened(spans), *_kept(spans), *_refused(spans)}
    if not aside:
        return tuple(spans)
    return tuple(put_aside(span, "aside") if at in aside else span for at, span in enumerate(spans))


def _with_turns_first(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "…, Hélène par contre, …" as "…, par contre Hélène …": the turn begins with her."""
    turned = list(spans)
    for at, span in enumerate(spans):
        who = spans[at - 1] if at else None
        if who is None or span.tags.get("but") != "behind" or span.gap.strip(" ,"):
            continue
        if who.has("person", "service") and (who.starts_sentence or "," in who.gap):
            turned[at - 1 : at + 1] = [replace(span, gap=who.gap), replace(who, gap=" ")]
    return tuple(turned)


def _with_denials_first(spans: Sequence[Span]) -> Sequence[Span]:
    """Read "give it to Jo, Kevin non" as "…, not Kevin": nothing is taken back by it."""
    denied = list(spans)
    for at, span in enumerate(spans):
        if span.has("no", "postposed") and _is_denied_alone(spans, at):
            no = replace(span, gap=spans[at - 1].gap, tags={"neg": ""})
            denied[at - 1 : at + 1] = [no, replace(spans[at - 1], gap=" ")]
    return denied


def _is_denied_alone(spans: Sequence[Span], at: int) -> bool:
    """Whether a *no* is all that is said of somebody, where something was wished for another."""
    who, turn = spans[at - 1] if at else None, spans[at - 2] if at > 1 else None
    if who is None or turn is None:
        return False
    earlier = spans[: at - 1]
    if who.has("service") and spans[at].gap.strip() in {"", ","}:  # "…, mais la télé, non"
        said = [span for span in earlier if not span.has("article")]
        return some(earlier, "service") and bool(said) and said[-1].has("but")
    if not who.has("person"):
        return False
    wished = any(span.has("act", "modal", "want") for span in earlier) and not any(
        span.has("yes") for span in earlier
    )
    begins = bool(who.gap.strip(" '’")) or turn.has("but")
    close = not spans[at].gap.strip() or turn.has("but")
    behind = spans[at + 1] if at + 1 < len(spans) else None
    ends = behind is None or bool(behind.gap.strip(" '’-")) or behind.has("but")
    another = behind is not None and behind.has("person", "service") and not behind.starts_sentence
    return wished and begins and close and ends and not another


def _untouched(spans: Sequence[Span]) -> set[int]:
    """As in "reset Hélène's password without touching Kevin's": his stays as it is."""
    aside: set[int] = set()
    for at, span in enumerate(spans):
        if not span.has("untouched", "without"):
            continue
        without = span.has("without") and not span.has("neg", "no")
        if span.has("untouched") or (without and _is_not_done(spans[at + 1 :])):
            aside |= {at, *_up_to_a_pause(spans, at + 1)}
        elif without:
            aside |= {*_giving(spans, at + 1)}
    return aside


def _giving(spans: Sequence[Span], start: int) -> range:
    """As in "everything, without giving her the bill": what is left out is the bill."""
    verb = start
    while verb < len(spans) and spans[verb].has("it", "he", "clitic", "to_whom"):
        verb += 1
    gives = verb < len(spans) and spans[verb].act() == "give"
    thing = any(span.has("service") for span in spans[verb + 1 : verb + 4])
    return range(start, verb + 1) if gives and thing else range(0)


def _is_not_done(behind: Sequence[Span]) -> bool:
    """As in "take his access without removing him", "suspends-la sans l'enlever du compte"."""
    verb = next((span for span in behind if not span.has("it", "he", "clitic", "to_whom")), None)
    return verb is not None and verb.act() in _UNDONE and not behind[0].gap.strip()


def _refused(spans: Sequence[Span]) -> set[int]:
    """As in "pour Kevin c'est non, donne la télé à Jo": nothing is wished of him."""
    ordered = some(spans, "no") and any(span.act() in _ORDERED for span in spans)
    if not ordered or some(spans, "yes"):
        return set()
    aside: set[int] = set()
    for at in range(len(spans) - 2):
        who, leads, no = spans[at : at + 3]
        behind = spans[at + 3].gap.strip() if at + 3 < len(spans) else "."
        if who.has("person") and leads.has("explains") and no.has("no") and behind:
            start = at - 1 if at and spans[at - 1].has("to") else at
            aside |= set(range(start, at + 3))
    return aside


def _up_to_a_pause(spans: Sequence[Span], start: int) -> range:
    """Return the places up to a pause, or to a verb behind an *and*."""
    end = start
    while end < len(spans) and not spans[end].gap.strip(" '’-"):
        verb = spans[end].has("and") and any(map(Span.act, spans[end + 1 : end + 2]))
        if verb or spans[end].has("but"):
            break
        end += 1
    return range(start, end)


def _likened(spans: Sequence[Span]) -> set[int]:
    """As in "she needs access like the others": they have it, and nothing is given to them."""
    aside: set[int] = set()
    likening = [at for at, span in enumerate(spans) if span.has("like_whom")]
    if likening and any(span.has("same") and not span.has("like_whom") for span in spans):
        return aside
    for at in likening:
        end = at + 1
        while end < len(spans) and spans[end].has(*_LIKENED) and not spans[end].gap.strip():
            end += 1
        if any(likened.has("others") for likened in spans[at + 1 : end]):
            aside |= set(range(at, end))
    return aside


def _kept(spans: Sequence[Span]) -> set[int]:
    """As in "apart from Hélène, who stays, remove everybody": who is left out anyway."""
    aside: set[int] = set()
    for at, span in enumerate(spans):
        if not span.has("except"):
            continue
        start = at + 1
        while start < len(spans) and spans[start].has(*_NAMES) and not spans[start].has("wh"):
            start += 1
        relative = start < len(spans) and start > at + 1 and spans[start].has(*_RELATIVE)
        later = range(start + 1, len(spans))
        end = next((n for n in later if spans[n].gap.strip(" '’")), len(spans))
        if relative:
            aside |= set(range(start, end))
    return aside
