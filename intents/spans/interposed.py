"""What is put between two commas and interrupts a sentence: "do not, whatever he says, …"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.spans.span import Span, only_with, put_aside, some

_TELLS = ("is", "was", "aux", "owns", "act", "modal", "want", "i_did")


@only_with("interposed")
def with_what_is_interposed(spans: Sequence[Span], ends_in: str) -> tuple[Span, ...]:
    """Put aside "…, who is my assistant, …": the sentence goes on as if it were not there.

    `ends_in` is what stands behind the last word: what is asked is not put aside.
    """
    reread, at = list(spans), 1
    while at < len(spans):
        end = _end(spans, at, ends_in) if _begins(spans, at) else at
        if end > at and not _is_spoken_of(spans, at, end):
            reread[at:end] = [put_aside(span) for span in spans[at:end]]
            if end < len(spans):
                reread[end] = replace(spans[end], gap=spans[end].gap.replace(",", " "))
        at = max(end, at + 1)
    return tuple(reread)


def _begins(spans: Sequence[Span], at: int) -> bool:
    """Whether a comma stands before the word, and *who* is said of somebody right before it."""
    opens = spans[at].has("interposed") and "," in spans[at].gap
    return opens and (not spans[at].has("wh") or spans[at - 1].has("person", "service"))


def _end(spans: Sequence[Span], start: int, ends_in: str) -> int:
    """Return where the sentence goes on, behind the next comma; the start where it does not.

    What is said of somebody, or of a service, may also be its end: "…, which she checks for me";
    so may the reason of "go back, since …".
    """
    end = next((at for at in range(start + 1, len(spans)) if spans[at].gap.strip(" '’-")), None)
    closes = (ends_in if end is None else spans[end].gap).strip()
    inside = spans[start + 1 : end]
    told = some(inside, *_TELLS) or any(span.is_content for span in inside)
    steers = some(spans[:start], "control") and spans[start].has("because")
    last = steers or (spans[start].has("wh") and closes in {"", ".", "!"})
    return (len(spans) if end is None else end) if told and (closes == "," or last) else start


def _is_spoken_of(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether it names somebody, or something, that a pronoun behind it may stand for."""
    told = some(spans[start:end], "person", "all_people")
    return told and any(s.has("he", "they") and not s.has("article") for s in spans[end:])
