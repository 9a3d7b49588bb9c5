"""What a message gives as an answer: a button, a steering word, a new value."""

import re
from collections.abc import Sequence
from itertools import takewhile
from unicodedata import category

from intents.clauses.clause import Clause
from intents.sighting import Sighting
from intents.spans.span import Span, written
from intents.words.dictionary import is_word
from intents.words.tokens import keys_of

_BESIDE = ("polite", "yes", "emphasis", "filler", "list_mark", "actually", "ask_bot", "want", "me")
_ASKING = ("wh", "aux", "ask_done", "asking", "neg", "hedge")
_ODD = frozenset("_/;<>|=\\")
_BRACKETS = frozenset({"Ps", "Pe"})
_PAUSE = re.compile(r"[,.;:!]")
HUMAN, BOT, SWITCH = "talk_to_human", "back_to_bot", "switch_to_"
_NUMBER = re.compile(r"\d{1,2}")


def chosen(
    sighting: Sighting, spans: Sequence[Span], buttons: Sequence[Sequence[str]], *, card: bool
) -> tuple[int, ...]:
    """Return which buttons are meant: by title, by number, by an ordinal, or several numbers.

    A question chooses nothing. At a card only a title or a digit does: an ordinal may be anybody.
    """
    if "?" in sighting.end or sighting.is_cut:
        return ()
    by_title = titled(sighting, buttons)
    if by_title is not None:
        return (by_title,)
    if any(span.has(*_ASKING) for span in spans) or (card and len(spans) > 1):
        return ()
    said_of = [span for span in spans if not (span.has("filler", "polite") or _is_of_several(span))]
    places = [_place(span, len(buttons), ordinals=not card) for span in said_of]
    if places and None not in places:
        return tuple(index for index in places if index is not None)
    return ()


def titled(sighting: Sighting, buttons: Sequence[Sequence[str]]) -> int | None:
    """Return which button has the whole message as its title, the last of several."""
    said = tuple(token.key for token in sighting.tokens)
    if not said or "?" in sighting.end or sighting.is_cut:
        return None
    return max((at for at, both in enumerate(buttons) if said in map(keys_of, both)), default=None)


def _is_of_several(span: Span) -> bool:
    """As in "the second Kevin": the name of several who could be meant."""
    return span.mention is not None and len(span.mention.refs) > 1


def _place(span: Span, count: int, *, ordinals: bool) -> int | None:
    digits = span.text if _NUMBER.fullmatch(span.text) else ""
    number = span.tags.get("ordinal", digits) if ordinals else digits
    if number == "last":
        return count - 1 if count else None
    return int(number) - 1 if number.isdecimal() and 0 < int(number) <= count else None


def control(spans: Sequence[Span]) -> str:
    """Return what a whole message asks of the conversation itself: "help", "go_back".

    A person is called whatever is said behind it: "get me a real person, it's about my bill".
    """
    spans = _behind_a_no(spans)
    pauses = (at for at, span in enumerate(spans) if at and _PAUSE.search(span.gap))
    opening = _control(spans[: next(pauses, len(spans))])
    whole = opening == HUMAN or opening.startswith(SWITCH)
    return _control(spans) or (opening if whole else "")


def _behind_a_no(spans: Sequence[Span]) -> Sequence[Span]:
    """As in "no, stop everything, get me a person": a person instead; any other no is answered."""
    refused = len(list(takewhile(lambda span: span.has("no", "cancel"), spans)))
    behind = spans[refused:]
    human = any(span.tags.get("control") == HUMAN for span in behind)
    return behind if human and _PAUSE.search(behind[0].gap) else spans


def _control(spans: Sequence[Span]) -> str:
    """A word that also asks, "what", steers only where it stands alone: not in "what is a user"."""
    said = [span for span in spans if span.has("control")]
    beside: Sequence[str] = _BESIDE
    if any(span.has("wh") for span in said):
        beside = ("polite", "yes")
    if said and said[0].tags["control"].startswith(SWITCH):  # "can we do this in French?"
        beside = (*_BESIDE, "aux", "modal", "it", "you", "would", "please")
    if said and said[0].tags["control"] == HUMAN:
        beside = (*_BESIDE, "instead", "hedge")  # "I'd rather talk to a person"
    if said and said[0].tags["control"] == BOT:  # "may I go back to the bot?"
        beside = (*_BESIDE, "asking", "modal")
    whole = all(span.has("control", *beside) for span in spans)
    return said[0].tags["control"] if said and whole else ""


def is_odd(text: str) -> bool:
    """Whether a text has signs that no name has: markup, code, digits alone."""
    signs = (char in _ODD or category(char) in _BRACKETS for char in {*text} - {*"()"})
    return any(signs) or not any(char.isalpha() for char in text)


def new_value(parts: Sequence[Clause]) -> str:
    """Return the new name that a correction gives: what stands behind "to" or "it is"."""
    for part in parts:
        behind: int | None = None
        """Where the next word that can be a name stands."""
        for at in range(len(part.spans) - 1, -1, -1):
            span = part.spans[at]
            if span.has("to", "link_name", "actually") and behind is not None:
                mention = part.spans[behind].mention
                if mention is None or not mention.refs:
                    return written(_run(part.spans[behind:]))
            if span.has("person") or (span.is_content and not _is_said_of(part.spans, at)):
                behind = at
    return ""


def _is_said_of(spans: Sequence[Span], at: int) -> bool:
    """As in "y comprend", "he understands": what somebody does, and nobody's name."""
    if not at or spans[at].gap.strip() or not spans[at].text.islower():
        return False
    subject = spans[at - 1]
    if subject.has("was") and is_word(spans[at].text):
        return True  # "a comprend": she, in Québec
    return subject.has("he", "they", "me") and subject.tags.get("clitic", "") == ""


def _run(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not (span.has("person") or span.is_content) or (kept and "," in span.gap):
            break
        kept.append(span)
    return kept
