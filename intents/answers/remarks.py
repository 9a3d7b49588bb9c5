"""What somebody wants passed on beside a decision or a wish: "no, he is twelve"."""

from collections.abc import Sequence
from functools import cache

from intents.clauses import notes
from intents.sighting import Sighting
from intents.spans.grammar import is_pronoun
from intents.spans.span import Span
from intents.values.phrases import codes_of
from intents.words.lexicon import phrase, read_yaml
from intents.words.tokens import stem

_FEW = 2
"""Words that explain nothing: "it's for"."""
_PAUSES = frozenset(",.!?;:\n•…–—")
_DECIDES = frozenset({"approve", "decline", "give", "ask", "remove"})
OPEN = ("wait", "later", "whether", "when", "hedge", "until", "wh")
"""Words with which a message is no answer yet."""
LEAVING_OUT = ("rest", "nothing_else", "only")
"""Words that say that what is picked is all: "that's it, the rest is a no"."""
_SUBJECTS = ("he", "they", "it", "me", "you", "person")
_PREDICATES = ("is", "was", "aux", "modal", "state", "want", "neg", "ask_done", "nomore")


def remark(spans: Sequence[Span], sighting: Sighting) -> str:
    """Return the words to pass on, as they stand in the message; empty where there are none.

    They follow a "because" or a "tell her that", a pause behind what decides, or begin a sentence
    of their own behind it: "no he is twelve".
    """
    if sighting.is_cut:
        return ""
    note = notes.starts_at(spans)
    for at, span in enumerate(spans):
        if span.has("pass_on", "because") or at == note:
            return _told(spans[at:], sighting, led=at == note)
        begins = at > 0 and note is None and (pauses(span) or opens(spans, at))
        said = _told(spans[at:], sighting) if begins and _decides(spans[:at]) else ""
        if said:
            return said
    return ""


def starts_at(spans: Sequence[Span], sighting: Sighting, said: str) -> int:
    """Return the first of the spans that are passed on; behind the last where nothing is."""
    start = len(sighting.text.rstrip()) - len(said)
    places = (at for at, span in enumerate(spans) if sighting.tokens[span.first].start >= start)
    return next(places, len(spans))


def is_told(spans: Sequence[Span]) -> bool:
    """Whether a message that answers and wishes nothing tells something all the same."""
    told = any(span.has("he", "they", "it", "person") for span in spans[:1])
    says = told or any(span.is_content or any(map(str.isdecimal, span.text)) for span in spans)
    picks = any(span.has("service") or span.act() for span in spans) and not told
    open_yet = any(span.has(*OPEN) for span in spans) and not told
    agrees = any(span.has("yes", "cancel") for span in spans)
    return len(spans) > 1 and says and not (picks or open_yet or agrees)


def services_in(spans: Sequence[Span]) -> set[str]:
    """Return the services that words name one by one."""
    return {code for span in spans if span.has("service") for code in codes_of(span.value)}


def only_a_service(spans: Sequence[Span]) -> bool:
    """As in "just the bill": a service behind a word that leaves out all others."""
    at = next((at for at, span in enumerate(spans) if span.has("only")), len(spans))
    return any(span.has("service") for span in spans[at:])


def explains(spans: Sequence[Span], sighting: Sighting, said: str) -> bool:
    """Whether words to pass on say why something is wished for."""
    noted = notes.starts_at(spans) is not None
    if not said or noted or any(span.has("because", "pass_on") for span in spans):
        return bool(said)
    return any(span.has("explains") for span in spans[starts_at(spans, sighting, said) :][:1])


def _decides(spans: Sequence[Span]) -> bool:
    """Whether words only say yes or no, or ask for something, and leave nothing unexplained."""
    if any(span.is_content for span in spans):
        return False
    decides = any(span.has("yes", "no", "actually") or span.act() in _DECIDES for span in spans)
    picks = any(span.has("only", "neg", "without") for span in spans)
    return decides or (picks and any(span.has("service") for span in spans))


def pauses(span: Span) -> bool:
    """Whether somebody pauses before a word."""
    return not _PAUSES.isdisjoint(span.gap) or " - " in span.gap


def opens(spans: Sequence[Span], at: int) -> bool:
    """Whether a sentence begins: somebody, and what is said of them."""
    if not spans[at].has(*_SUBJECTS) or at + 1 == len(spans):
        return False
    pronoun = not spans[at].has("he", "it") or is_pronoun(spans, at)
    return pronoun and (spans[at + 1].has(*_PREDICATES) or spans[at + 1].is_content)


def _told(spans: Sequence[Span], sighting: Sighting, *, led: bool = False) -> str:
    """Return a sentence without what leads to it; it says something that is no decision."""
    first = next((at for at, span in enumerate(spans) if not _leads(spans, at)), len(spans))
    said = spans[first:]
    led = led or any(span.has("pass_on", "because") for span in spans[:first])
    says = any(span.is_content or any(map(str.isdecimal, span.text)) for span in said)
    explained = len(said) > _FEW and said[0].has("explains")
    whole = says or explained or (led and len(said) > 1)
    if not whole or any(span.has("cancel") or span.act() == "decline" for span in said):
        return ""
    return sighting.text[sighting.tokens[said[0].first].start :].strip()


def _leads(spans: Sequence[Span], at: int) -> bool:
    """Whether a span only leads to what is passed on."""
    behind = any(span.has("pass_on", "because") for span in spans[:at])
    if spans[at].has("because") and any(after.has("genitive") for after in spans[at + 1 : at + 2]):
        return False  # "because of his marks"
    joins = spans[at].has("and", "list_mark") and not (behind or spans[at].has(*_SUBJECTS))
    return joins or spans[at].has("pass_on", "because")


@cache
def _loose() -> dict[str, tuple[str, ...]]:
    """Return what words can mean that say which thing, and not what is done with it."""
    listed = read_yaml("lexicon", "loose_services.yml")
    return {
        " ".join(map(stem, phrase(word))): tuple(codes)
        for codes, words in ((entry["services"], entry["words"]) for entry in listed)
        for word in words
    }


def loosely(spans: Sequence[Span]) -> dict[str, tuple[str, ...]]:
    """Return, by service, what else the word for it can mean: "the bill" is seen, or paid."""
    meanings = {}
    for span in spans:
        if span.has("service"):
            key = " ".join(map(stem, phrase(span.text)))
            others = tuple(code for code in _loose().get(key, ()) if code != span.value)
            if others:
                meanings[span.value] = others
    return meanings
