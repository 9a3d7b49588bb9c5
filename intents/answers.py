"""What a message gives as an answer: a button, a name, a user name, a steering word."""

import re
from collections.abc import Sequence

from intents.clauses import Clause
from intents.spans import Span, written
from intents.tokens import Token, tokenize

_AROUND = ("polite", "yes", "emphasis", "filler", "list_mark", "actually")
MOST_WORDS = 6
_LONGEST_USERNAME = 2
_TRIM = " \t.,;:!?\"'«»“”‘’()[]"
_ODD = re.compile(r"[;<>{}\[\]|=\\]")
_NUMBER = re.compile(r"\d{1,2}")


def chosen(
    tokens: Sequence[Token], spans: Sequence[Span], buttons: Sequence[Sequence[str]]
) -> tuple[int, ...]:
    """Return which buttons are meant: by title, by number, by an ordinal, or several numbers."""
    said = tuple(token.key for token in tokens)
    titles = [{tuple(token.key for token in tokenize(one)) for one in both} for both in buttons]
    named = [place for place, both in enumerate(titles) if said and said in both]
    if named:
        return (named[-1],)
    said_of = [one for one in spans if not one.has("filler", "polite") and not _is_of_several(one)]
    places = [_place(span, len(buttons)) for span in said_of]
    if places and None not in places:
        return tuple(place for place in places if place is not None)
    return ()


def _is_of_several(span: Span) -> bool:
    """As in "the second Kevin": the name of several who could be meant."""
    return span.mention is not None and len(span.mention.refs) > 1


def _place(span: Span, count: int) -> int | None:
    number = span.tags.get("ordinal", span.text if _NUMBER.fullmatch(span.text) else "")
    if number == "last":
        return count - 1
    return int(number) - 1 if number.isdecimal() and 0 < int(number) <= count else None


def control(spans: Sequence[Span]) -> str:
    """Return what a whole message asks of the conversation itself: "help", "go_back"."""
    said = [one.tags["control"] for one in spans if one.has("control")]
    whole = all(one.has("control", *_AROUND, "ask_bot", "want", "me") for one in spans)
    return said[0] if said and whole else ""


def free_text(spans: Sequence[Span]) -> str:
    """Return a name as it was written, without what leads to it ("her name is …, please")."""
    kept = list(spans)
    other = ("email", "service", "language", "phone")
    stop = next((place for place, one in enumerate(kept) if one.has(*other)), len(kept))
    kept = kept[:stop]
    while kept and _leads(kept[0]):
        kept = kept[1:]
    while kept and kept[-1].has("polite", "yes") and not kept[-1].has("person"):
        kept = kept[:-1]
    if not kept or len(kept) > MOST_WORDS:
        return ""
    return written(kept)


def name_run(spans: Sequence[Span]) -> str:
    """Return the words at the beginning, after what leads to a name, that can be one."""
    kept = list(spans)
    while kept and _leads(kept[0]):
        kept = kept[1:]
    return written(_run(kept))


def _leads(span: Span) -> bool:
    if span.has("person"):
        return False
    return span.has("link_name", "polite", "yes", "list_mark", "actually", "he", "filler", "field")


def is_odd(text: str) -> bool:
    """Whether a text has signs that no name has: markup, code, digits alone."""
    return _ODD.search(text) is not None or not any(char.isalpha() for char in text)


def username(text: str, tokens: Sequence[Token], spans: Sequence[Span]) -> str:
    """Return a user name without what people and phones add: a lead, a full stop, quotes, "@".

    A space inside is forgiven, a denial is not: "not a user name" is none.
    """
    if any(one.has("neg") for one in spans):
        return ""
    leads = [p for p, one in enumerate(spans) if one.has("link_name") or _is_of_signing_in(one)]
    behind = spans[leads[-1] + 1 :] if leads else ()
    small: tuple[str, ...] = ("polite", "yes", "list_mark", "actually")
    if leads:
        small += ("filler", "me", "emphasis", "hedge")
    kept = _bare(behind, small) or _bare(spans[: leads[0]] if leads else spans, small)
    if not kept:
        return ""
    start, end = tokens[kept[0].first].start, tokens[kept[-1].end - 1].end
    end += len(text[end:].split(maxsplit=1)[0]) if text[end : end + 1].strip() else 0
    words = text[start:end].split()
    joined = "".join(words).strip(_TRIM)
    return joined if len(words) <= _LONGEST_USERNAME and any(c.isalnum() for c in joined) else ""


def _is_of_signing_in(span: Span) -> bool:
    return span.tags.get("field") in {"name", "username"} or span.act() == "sign_in"


def _bare(spans: Sequence[Span], around: Sequence[str]) -> list[Span]:
    """Return spans without the small words around them; a name stays, though it is a word too."""
    kept = list(spans)
    while len(kept) > 1 and kept[0].has(*around) and not kept[0].has("person"):
        kept = kept[1:]
    while len(kept) > 1 and kept[-1].has(*around) and not kept[-1].has("person"):
        kept = kept[:-1]
    return kept


def new_value(parts: Sequence[Clause]) -> str:
    """Return the new name that a correction gives: what stands behind "to" or "it is"."""
    for part in parts:
        behind: int | None = None
        """Where the next word that can be a name stands."""
        for place in range(len(part.spans) - 1, -1, -1):
            span = part.spans[place]
            if span.has("to", "link_name", "actually") and behind is not None:
                mention = part.spans[behind].mention
                if mention is None or not mention.refs:
                    return written(_run(part.spans[behind:]))
            if span.has("person") or span.is_content:
                behind = place
    return ""


def _run(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not (span.has("person") or span.is_content) or (kept and "," in span.gap):
            break
        kept.append(span)
    return kept


_HOST = re.compile(r"(?<![@\w.])((?:[\w-]+\.)+[a-z]{2,24})(?![\w@])", re.IGNORECASE)


def host(text: str) -> str:
    """Return the host of an address that stands by itself."""
    found = _HOST.search(text)
    return found[1].lower() if found and "@" not in text else ""
