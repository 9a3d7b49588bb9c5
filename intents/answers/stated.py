"""What name an answer states, without what leads to it and what was put right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from rapidfuzz import fuzz

from intents.context import Person
from intents.sighting import Sighting
from intents.spans.span import Span, written
from intents.tasks import NAMES
from intents.words.dictionary import is_word
from intents.words.lexicon import merged
from intents.words.tokens import fold

MOST_WORDS = 6
"""A bare answer is short; a longer message that does not lead to one says something else."""
ALIKE = 60.0
"""Of 100, how alike two names are of which the second is the first, spelt anew."""
THE_SAME = 85.0
"""How alike they are where one has a hyphen, or a space, that the other has not."""
FULL_NAME = 2
_PAUSE = re.compile(r"[,;:.!?()\n•…\"“”«»<>]| - | – ")
_SPELLING = re.compile(r"(?:[^\W\d_][\s.-]+){2,}[^\W\d_](?![^\W_])")
_NOT_NAMES = ("email", "service", "language", "phone")
_LEADS = ("link_name", "field", "act", "title", "list_mark", "he", "want", "ask_bot", "polite")
_ASIDES = ("polite", "yes", "no", "hedge", "wait", "actually", "neg", "nothing_else", "only")
_SMALL = (*_LEADS, *_ASIDES, "filler", "also", "me", "you", "person")


@dataclass(slots=True)
class Part:
    """Words between two pauses."""

    label: str = ""
    """`first` or `last`, where the words before it say which name comes."""
    mends: bool = False
    """Whether it puts right what stands before it: "sorry, Carter"."""
    denied: bool = False
    heads: bool = False
    """Whether a colon stands behind it: "Erratum: Roselyne"."""
    spans: list[Span] = field(default_factory=list)


def parts(spans: Sequence[Span]) -> Iterator[Part]:
    """Yield what stands between pauses, denials, corrections and the labels of names."""
    part = Part()
    for at, span in enumerate(spans):
        behind = spans[at + 1].gap if at + 1 < len(spans) else ""
        turns, label = _turns(span, behind), _label(span, behind, part)
        if turns or label or span.has("neg") or _is_pause(span, spans[at - 1 : at]):
            begun = bool(part.spans)
            if begun:
                part.heads = ":" in span.gap
                yield part
            part = Part(label or ("" if begun else part.label), turns or (part.mends and not begun))
        part.denied = part.denied or (span.has("neg") and not turns)
        if not (turns or label):
            part.spans.append(span)
    if part.spans:
        yield part


def _turns(span: Span, behind: str) -> bool:
    """Whether something is put right here: "no wait", "sorry", or a no behind what was said."""
    if span.first == 0 or span.has("person") or span.act():
        return False
    paused = _PAUSE.search(f"{span.gap}{behind}") is not None
    return span.has("actually", "instead") or (paused and span.has("no", "wait"))


def _label(span: Span, behind: str, part: Part) -> str:
    name = span.tags.get("field", "")
    if name in {"first_name", "last_name"}:
        return name.partition("_")[0]
    colon = ":" in behind and span.tags.get("ordinal") in {"1", "last"}
    if colon or (name == "name" and part.label == "first" and part.spans):
        return "first" if span.tags.get("ordinal") == "1" else "last"
    return ""


def _is_pause(span: Span, before: Sequence[Span]) -> bool:
    initial = any(len(earlier.text) == 1 or earlier.has("title") for earlier in before)
    return _PAUSE.search(span.gap) is not None and not (initial and span.gap == ". ")


def name(sighting: Sighting, spans: Sequence[Span], holder: Person | None) -> str:
    """Return a name as it was written: "not Clark, it is Susan Clarke" is Susan Clarke."""
    end = next((n for n, span in enumerate(spans) if span.has(*_NOT_NAMES)), len(spans))
    said = [p for p in parts(spans[:end]) if not (p.denied or _is_heading(p, sighting))]
    runs = [(part, words_of(run)) for part in said if (run := _run(part, sighting))]
    apart = any(span.has("relation") or span.tags.get("field") in NAMES for span in spans)
    if not runs and len(spans) <= MOST_WORDS and not apart:
        runs = [
            (part, words_of(_without_edges(behind_lead(part.spans), _ASIDES))) for part in said[:1]
        ]
    full_name = _labelled(runs) or _composed(runs)
    led = any(span.has("person", "link_name", "same_last_name") for span in spans)
    if len(full_name.split()) > MOST_WORDS or (len(sighting.tokens) > MOST_WORDS and not led):
        return ""
    if holder and any(span.has("same_last_name") for span in spans):
        first = full_name.partition(" ")[0] if any(span.has("person") for span in spans) else ""
        return " ".join(filter(None, (first, holder.last_name)))
    return full_name


def _is_heading(part: Part, sighting: Sighting) -> bool:
    """Whether it only says what follows its colon: words of the dictionary that are no names."""
    words = [span for span in part.spans if span.is_content or span.has("person")]
    return part.heads and all(_is_plain_word(span, sighting) for span in words)


def _is_plain_word(span: Span, sighting: Sighting) -> bool:
    keys = {token.key for token in sighting.tokens[span.first : span.end]}
    return is_word(span.text) and sighting.given.isdisjoint(keys)


def _labelled(runs: Sequence[tuple[Part, str]]) -> str:
    """Return the name of which parts are named: "Yolanda. Last name: Reyes"."""
    of = {part.label: text for part, text in runs}
    return (
        " ".join(filter(None, (of.get("first") or of.get(""), of["last"]))) if "last" in of else ""
    )


def _composed(runs: Sequence[tuple[Part, str]]) -> str:
    """Return the name that stands in the end: put right, spelt anew, or turned ("Last, First")."""
    standing = ""
    for part, text in runs:
        if not standing or (part.mends and " " in text):
            standing = text
        elif part.mends:
            words = standing.split()
            nearest = max(words, key=lambda word: fuzz.ratio(word, text))
            standing = " ".join(text if word == nearest else word for word in words)
        elif len(standing.split()) == len(text.split()) and fuzz.ratio(standing, text) >= ALIKE:
            standing = text
        elif _turned(part, standing, text) and len(runs) == FULL_NAME:
            standing = f"{text} {standing}"
    return standing


def spelt_anew(names: Iterable[str], standing: str) -> str:
    """Return a name with the part of it that one of `names` spells anew, empty where none does.

    A word of the dictionary that is typed small spells nothing: "careful" is no Carl.
    """
    words = standing.split()
    best, anew = 0.0, ""
    for name in (name for name in names if not (name.islower() and is_word(name))):
        for start, end in combinations(range(len(words) + 1), 2):
            least = ALIKE if end - start == len(name.split()) else THE_SAME
            before = " ".join(words[start:end])
            alike = fuzz.ratio(before.casefold(), name.casefold())
            if max(best, least) <= alike and before.casefold() != name.casefold():
                best, anew = alike, " ".join([*words[:start], name, *words[end:]])
    return anew


def _turned(part: Part, last: str, first: str) -> bool:
    alone = all(span.has("person", "polite") or span.is_content for span in part.spans)
    return alone and " " not in last and len(first.split()) <= FULL_NAME


@cache
def listed(kind: str) -> frozenset[str]:
    return frozenset(merged("people.yml")[kind])


def _run(part: Part, sighting: Sighting) -> list[Span]:
    """Return the longest row of words that can be a name."""
    if _SPELLING.fullmatch(words_of(part.spans)):
        return []
    behind = behind_lead(part.spans)
    for sure, kept in ((True, behind), (True, part.spans), (False, behind)):
        rows = [_row(kept[start:], sighting, sure=sure) for start in range(len(kept))]
        if best := max(rows, key=_length):  # the first of those as long
            return best
    return []


def _length(row: Sequence[Span]) -> int:
    return len(words_of(row).split())


def _row(spans: Sequence[Span], sighting: Sighting, *, sure: bool) -> list[Span]:
    row: list[Span] = []
    whole = 0
    if _does_something(spans, sighting):
        return []
    for span in spans[: 2 * MOST_WORDS]:
        joined = not row or span.gap.strip() in {"", ".", "-", "'", "’"}
        small = bool(row) and (fold(span.text) in listed("particles") or span.has("title"))
        named = _is_name(span, sighting, sure=sure) or (
            fold(span.text) in listed("suffixes") or _is_last_word(span, sighting)
            if row
            else _is_first_word(spans, sighting, sure=sure)
        )
        if not joined or not (named or small):
            break
        row.append(span)
        whole = len(row) if named else whole
    return row[:whole]


def _does_something(spans: Sequence[Span], sighting: Sighting) -> bool:
    """As in "Laissons le nom.", "Skip the name": a verb opens the sentence, and has an object."""
    first, behind = (*spans[:2], None, None)[:2]
    if first is None or behind is None or not (first.starts_sentence and first.is_content):
        return False
    return behind.has("article") and not behind.gap.strip() and _is_plain_word(first, sighting)


def _is_name(span: Span, sighting: Sighting, *, sure: bool) -> bool:
    if span.has("person", "me"):
        return not span.has("relation", "me")
    keys = {token.key for token in sighting.tokens[span.first : span.end]}
    shouted = sighting.text.isupper() and span.has(*_LEADS, *_ASIDES, "filler")
    capital = span.text[:1].isupper() and not shouted
    known = keys <= sighting.ordinary - sighting.given
    return (capital and (keys <= sighting.given or not span.starts_sentence)) or (
        span.is_content and not (sure and known)
    )


def _is_last_word(span: Span, sighting: Sighting) -> bool:
    """Whether a word is the other half of the message: "léa côté", though a side is a thing."""
    return span.first == 1 and span.end == len(sighting.tokens) and not span.has(*_SMALL)


def _is_first_word(spans: Sequence[Span], sighting: Sighting, *, sure: bool) -> bool:
    """Whether a word that opens the message is half of a name: "Will Power", "ben carter"."""
    first, rest = spans[0], spans[1:]
    plain = first.first == 0 and " " not in first.text and not first.has(*_LEADS, *_ASIDES)
    plain = plain or sighting.tokens[first.first].key in sighting.given
    return plain and len(rest) == 1 and _is_name(rest[0], sighting, sure=sure)


def behind_lead(spans: Sequence[Span]) -> list[Span]:
    """Return what stands behind the words that lead to a name, where something does."""
    kept = list(spans)
    for at in range(len(kept) - 2, -1, -1):
        span = kept[at]
        capital = span.text[:1].isupper() and not span.starts_sentence
        if span.has("relation") or (span.has(*_LEADS) and not span.has("person") and not capital):
            behind = _without_edges(kept[at + 1 :], _ASIDES)
            if any(following.has("person") or not following.has(*_SMALL) for following in behind):
                return behind
    return kept


def _without_edges(spans: Sequence[Span], kinds: Sequence[str]) -> list[Span]:
    """Return spans without the small words around them; a name stays, though it is a word too."""
    kept = list(spans)
    while len(kept) > 1 and kept[0].has(*kinds) and not kept[0].has("person"):
        kept = kept[1:]
    while len(kept) > 1 and kept[-1].has(*kinds) and not kept[-1].has("person"):
        kept = kept[:-1]
    return kept


def words_of(spans: Sequence[Span]) -> str:
    """Return spans as they stand in the message, on one line."""
    return " ".join(written(spans).split())
