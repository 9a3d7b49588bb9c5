"""Punctuation said aloud: "hello comma … full stop thanks", "bonjour virgule … point merci"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from intents.words.lexicon import merged
from intents.words.tokens import fold

_WORD_BEFORE = re.compile(r"([^\W_]+)['’]?\s*$")


@dataclass(frozen=True, slots=True)
class Signs:
    """The words for signs, of which some mean something else as well."""

    words: re.Pattern[str]
    marks: dict[str, str]
    ambiguous: frozenset[str]
    closing: re.Pattern[str]
    """What closes a message: before it an ambiguous word is a sign."""
    things: frozenset[str]
    """Words before a noun: "there is a comma missing"."""
    at: re.Pattern[str]
    """What every dictated address has: there a "point" is part of it."""

    @classmethod
    @cache
    def load(cls) -> Self:
        spoken, email = merged("spoken_signs.yml"), merged("spoken_email.yml")
        sure, ambiguous = spoken["signs"], spoken["ambiguous"]
        marks = {
            fold(word): mark
            for words in (sure, ambiguous)
            for mark, names in words.items()
            for word in names
        }
        longest_first = sorted(marks, key=len, reverse=True)
        at = {word for word in email["marks"]["@"] if word not in email["ambiguous"]}
        return cls(
            _any_of(longest_first),
            marks,
            frozenset(fold(word) for names in ambiguous.values() for word in names),
            re.compile(rf"\s*{_any_of(spoken['closing']).pattern}", re.IGNORECASE),
            frozenset(spoken["things"]),
            re.compile(rf"@|{_any_of(at).pattern}", re.IGNORECASE),
        )

    def write(self, text: str) -> str:
        """Return a text with the signs that were said in it as signs."""
        said = [match for match in self.words.finditer(text) if self._is_sign(text, match)]
        sure = [match for match in said if self._mark_of(match)[1]]
        kept = [match for match in said if match in sure or self._stops(text, match, sure)]
        parts, end = [], 0
        for match in kept:
            parts.append(text[end : match.start()].rstrip() + self._mark_of(match)[0])
            end = match.end()
        return "".join([*parts, text[end:]])

    def _mark_of(self, match: re.Match[str]) -> tuple[str, bool]:
        word = fold(match.group())
        return self.marks[word], word not in self.ambiguous

    def _is_sign(self, text: str, match: re.Match[str]) -> bool:
        """Whether it is no thing that is spoken of, and does not open the message."""
        before = _WORD_BEFORE.search(text[: match.start()])
        return before is not None and fold(before.group(1)) not in self.things

    def _stops(self, text: str, match: re.Match[str], sure: Sequence[re.Match[str]]) -> bool:
        """Whether a word that means something else as well is a sign here."""
        if self.closing.match(text, match.end()):
            return True
        start = max((sign.end() for sign in sure if sign.end() <= match.start()), default=0)
        after = (sign.start() for sign in sure if sign.start() >= match.end())
        return bool(sure) and not self.at.search(text, start, min(after, default=len(text)))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for words that no letter touches."""
    parts = "|".join(re.escape(word).replace("'", "['’]") for word in words)
    return re.compile(rf"(?<![^\W_])(?:{parts})(?![^\W_])", re.IGNORECASE)


def with_signs(text: str) -> str:
    """Return a clean text with what was dictated as punctuation written as such."""
    return Signs.load().write(text)
