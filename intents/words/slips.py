"""Slips of the finger in words of the lexicon: "factrue", "suprime", "evrything".

Only words that nobody knows and no dictionary has are mended, and only where all words nearest to
them do the same: "unlok" can be nothing but "unlock". What could be two things stays unread.
Negations and modals are never mended into being: "cant" is not "can".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from intents.words.lexicon import Lexicon, merged
from intents.words.near import NearWords

SHORTEST = 4
LONG_WORD = 8
MOST = 12
"""Words that are mended in one message: nobody slips more often, but an attacker does."""
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_NEVER = ("neg", "nomore", "modal", "no", "but", "whether")


def shortened(word: str) -> tuple[str, ...]:
    """Return what a drawn-out word can be: "yesssss" is "yess" or "yes"; nothing for others."""
    shorter = tuple(dict.fromkeys(_DRAWN_OUT.sub(times, word) for times in (r"\1\1", r"\1")))
    return shorter if shorter != (word,) else ()


def unglued(word: str) -> tuple[str, ...]:
    """Return the word that a small one was typed together with: "jpeux" is "je peux"."""
    letters = [small for small in merged("glued.yml") if word.startswith(small)]
    return (*(word.removeprefix(small) for small in letters), *unelided(word))


def unelided(word: str) -> tuple[str, ...]:
    """Return the word behind what lost its vowel to it: "lutilisation" is "l'utilisation"."""
    rests = (word.removeprefix(small) for small in merged("elided.yml") if word.startswith(small))
    return tuple(rest for rest in rests if len(rest) > SHORTEST and rest[0] in _VOWELS)


@cache
def _short() -> Mapping[str, str]:
    return {how: word for word, ways in merged("short.yml").items() for how in ways}


def spelt_out(word: str) -> str:
    """Return the word that few letters stand for: "shld" is "should"; others as they are."""
    return _short().get(word, word)


def is_glued(word: str) -> bool:
    """Whether a small word stands before a consonant, as it does in no word: "jpeux"."""
    return any(rest[:1] not in _AFTER_IT for rest in unglued(word))


_VOWELS = "aeiouyh"
_AFTER_IT = ("", *_VOWELS)


@dataclass(frozen=True, slots=True)
class Slips:
    """`near` finds words by their spelling; `does` tells what a word does by itself."""

    near: NearWords
    does: Mapping[str, str]

    @classmethod
    def of(cls, lexicons: Iterable[Lexicon]) -> Self:
        does: dict[str, str] = {}
        for lexicon in lexicons:
            for word in lexicon.words:
                tags = lexicon.entries.get((word,))
                if len(word) >= SHORTEST and not (tags and any(kind in tags for kind in _NEVER)):
                    does.setdefault(word, repr(sorted((tags or {"": word}).items())))
        return cls(NearWords.of(does, shortest=SHORTEST), does)

    def mend(self, word: str) -> str | None:
        """Return the one word that was meant, if there is one."""
        if len(word) < SHORTEST:
            return None
        allowed = 2 if len(word) >= LONG_WORD else 1
        matches = self.near.within(word, allowed)
        nearest = min((distance for distance, _ in matches), default=0)
        closest = [match for distance, match in matches if distance == nearest]
        swapped = [o for o in closest if sorted(o) == sorted(word) and o[0] == word[0]]
        closest = swapped or closest  # "wnat": fingers swap letters more often than they miss one
        return closest[0] if len({self.does[match] for match in closest}) == 1 else None
