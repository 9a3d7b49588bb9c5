"""Names of people, from anywhere in the world, with and without capitals.

A name is known by its capital, by being a common given name, or by the words around it. What is an
ordinary word is learned from the training data: every word that its authors typed in lower case
outside a person. In lower case, a word that a dictionary has is no name by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from intents.parse_result import Entity
from intents.values.phrases import PhraseBook
from intents.words.dictionary import is_word
from intents.words.lexicon import merged, phrase, verbs
from intents.words.slips import unelided
from intents.words.tokens import Token, fold, stem

_MOST_WORDS = 8
_LONGEST_CUE = 4
_LONGEST_ELISION = 2
_SHOUT = 5  # shorter words in capitals are abbreviations
_NO_NAMES = ("possessives", "relations", "bare", "predicates", "followers")
_ENDINGS = ("s", "t", "ll", "re", "ve", "d", "m")
_PAUSES = (",", ".", ";", ":", "!", "?", "(", ")")
_HYPHENS = ("-", "‐", "‑")
_APOSTROPHES = ("'", "’")


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds names by the words that the lexicon and the training data list."""

    ordinary: frozenset[str]
    given: frozenset[str]
    never: frozenset[str]
    titles: frozenset[str]
    kin_titles: frozenset[str]
    particles: frozenset[str]
    prepositions: frozenset[str]
    predicates: frozenset[str]
    followers: frozenset[str]
    naming_cues: PhraseBook
    action_cues: PhraseBook
    place_cues: PhraseBook

    @classmethod
    def load(cls, ordinary: frozenset[str], known: Iterable[str]) -> Self:
        """Return the finder; `known` are given names beyond those of the lexicon."""
        words = merged("people.yml")
        names = merged("given_names.yml")["names"]
        given = frozenset(fold(name) for name in names) | frozenset(known)
        never = frozenset(fold(word) for word in words["never"])
        closed = frozenset(
            word for kind in _NO_NAMES for text in words[kind] for word in phrase(text, plain=True)
        )
        return cls(
            ordinary=ordinary | (never & given) | closed | (verbs() - given),
            given=given - closed,
            never=never - given,
            titles=frozenset(words["titles"]),
            kin_titles=frozenset(words["kin_titles"]),
            particles=frozenset(words["particles"]),
            prepositions=frozenset(words["prepositions"]),
            predicates=frozenset(words["predicates"]),
            followers=frozenset(words["followers"]),
            naming_cues=PhraseBook.of({"cue": words["naming_cues"]}),
            action_cues=PhraseBook.of({"cue": words["action_cues"]}),
            place_cues=PhraseBook.of({"cue": words["place_cues"]}),
        )

    def find(self, text: str, tokens: Sequence[Token]) -> list[Entity]:
        """Return the names among `tokens`, in order."""
        sentence = _Sentence(self, tokens, capitals_tell=not text.isupper())
        names, at = [], 0
        while at < len(tokens):
            end = sentence.name_end(at) if sentence.starts_name(at) else at
            if end > at:
                start, stop = tokens[at].start, tokens[end - 1].end
                value = text[start:stop]
                sure = 0.95 if tokens[at].key in self.given else 0.8
                names.append(Entity("person", value, start, stop, value, sure, "names"))
            at = max(end, at + 1)
        return names


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One message under the eye of a `NameFinder`."""

    words: NameFinder
    tokens: Sequence[Token]
    capitals_tell: bool

    def starts_name(self, at: int) -> bool:
        token = self.tokens[at]
        if not self._may_be_name(at) or self._is_place(at):
            return False
        ordinary = self._is_ordinary(token)
        if self._after(self.words.naming_cues, at):
            return self._capital(token) or not ordinary or self._ends(at)
        if self._capital(token):
            return self._after_title(at) or self._starts_capital_name(at, ordinary=ordinary)
        if ordinary or self._capital_behind(at):
            return False
        return self._starts_small_name(at)

    def _is_ordinary(self, token: Token) -> bool:
        """Whether it is used as a word; so is "lutilisation", typed without its apostrophe."""
        words = (token.key, *(unelided(token.key) if token.text.islower() else ()))
        return not self.words.ordinary.isdisjoint(words)

    def _is_place(self, at: int) -> bool:
        """As in "he lives in Abidjan", "Port-au-Prince": no given name behind what leads there."""
        hyphened = at > 0 and self.tokens[at].gap in _HYPHENS
        led = hyphened and not self._capital(self.tokens[at - 1])
        led = led or self._after(self.words.place_cues, at)
        return led and self.tokens[at].key not in self.words.given

    def _capital_behind(self, at: int) -> bool:
        """As in "my penpal Greta": a name that has capitals does not begin with a small word."""
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        small = self.tokens[at].key not in self.words.given
        return behind is not None and behind.gap == " " and self._capital(behind) and small

    def name_end(self, start: int) -> int:
        """Return where the name that begins at `start` ends."""
        end = start + 1
        while end < min(start + _MOST_WORDS, len(self.tokens)):
            ahead = end
            while self._is_particle(ahead):
                ahead += 1
            if not self._continues(ahead):
                break
            end = ahead + 1
        return end

    def _starts_capital_name(self, at: int, *, ordinary: bool) -> bool:
        token = self.tokens[at]
        known = token.key in self.words.given or token.key in self.words.kin_titles
        if ordinary:
            return known and (self._name_follows(at) or self._after_preposition(at))
        if not token.starts_sentence:
            return True
        return known or self._name_follows(at) or self._predicate_follows(at)

    def _starts_small_name(self, at: int) -> bool:
        token = self.tokens[at]
        if token.key not in self.words.given and is_word(token.text):
            return False
        if token.key in self.words.given or self._after_title(at):
            return True
        acted_on = token.follows == "person" or self._after(self.words.action_cues, at)
        return acted_on and any(self._is_followed(last) for last in range(at, self.name_end(at)))

    def _continues(self, at: int) -> bool:
        """Tell whether the word at `at` belongs to the name before it."""
        if at >= len(self.tokens) or self.tokens[at].follows:
            return False
        token, before = self.tokens[at], self.tokens[at - 1]
        if token.gap in _HYPHENS:
            return self._capital(token) or not self._capital(before)
        if token.gap in _APOSTROPHES:
            return not self._is_ending(at) and (self._capital(token) or before.key == "o")
        if token.gap != " " and not (token.gap == ". " and len(before.text) == 1):
            return False
        return self._may_be_name(at) and (self._capital(token) or self._continues_small(at))

    def _continues_small(self, at: int) -> bool:
        token = self.tokens[at]
        if token.key in self.words.ordinary or token.key in self.words.particles:
            return False
        fits = self._ends if self._capital(self.tokens[at - 1]) else self._is_followed
        return token.key in self.words.given or fits(at) or self._hyphen_follows(at)

    def _may_be_name(self, at: int) -> bool:
        token = self.tokens[at]
        lettered = token.text.isalpha() or (token.text[0].isalpha() and not token.text.isascii())
        shouted = self.capitals_tell and token.text.isupper() and 1 < len(token.text) < _SHOUT
        return (
            lettered
            and (not shouted or token.key in self.words.given)
            and token.key not in self.words.never
            and token.key not in self.words.titles
            and not self._is_elision(at)
            and not self._is_ending(at)
        )

    def _capital(self, token: Token) -> bool:
        return self.capitals_tell and token.capital

    def _is_particle(self, at: int) -> bool:
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        joined = token.gap in (" ", *_HYPHENS, *_APOSTROPHES) and not token.follows
        return joined and token.key in self.words.particles

    def _is_elision(self, at: int) -> bool:
        """Tell whether a French article or pronoun is joined to the next word ("d'", "l'")."""
        if at + 1 >= len(self.tokens) or self.tokens[at + 1].gap not in _APOSTROPHES:
            return False
        text = self.tokens[at].text
        return len(text) <= _LONGEST_ELISION and text not in ("O", "D")

    def _is_ending(self, at: int) -> bool:
        """Tell whether an English ending is joined to the word before it ("'s", "'t")."""
        token = self.tokens[at]
        return token.gap in _APOSTROPHES and token.text.lower() in _ENDINGS

    def _is_followed(self, at: int) -> bool:
        """Tell whether what stands right after `at` fits a name."""
        return self._ends(at) or self.tokens[at + 1].key in self.words.followers

    def _ends(self, at: int) -> bool:
        """Tell whether a clause ends at `at`, or an address comes next."""
        if at + 1 >= len(self.tokens):
            return True
        after = self.tokens[at + 1]
        return bool(after.follows) or after.gap.strip().startswith(_PAUSES)

    def _name_follows(self, at: int) -> bool:
        """Tell whether the next word carries a name on: by a capital, or after a hyphen."""
        after = at + 1
        if after >= len(self.tokens):
            return False
        capital = self._capital(self.tokens[after]) and self._continues(after)
        ordinary = self.tokens[after].key in self.words.ordinary
        return capital or (self._hyphen_follows(at) and not ordinary)

    def _hyphen_follows(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].gap in _HYPHENS

    def _predicate_follows(self, at: int) -> bool:
        after = at + 1
        if after == len(self.tokens):
            return True
        token = self.tokens[after]
        accented = len(token.key) == 1 and fold(token.text) != token.text.lower()  # "veillez à"
        return token.key in self.words.predicates and not accented

    def _after_preposition(self, at: int) -> bool:
        """Tell whether a word before `at` points at a person ("from Max"), who ends a clause."""
        pointed = at > 0 and self.tokens[at - 1].key in self.words.prepositions
        return pointed and self.tokens[at].gap == " " and self._ends(at)

    def _after_title(self, at: int) -> bool:
        if at == 0 or self.tokens[at - 1].key not in self.words.titles:
            return False
        token = self.tokens[at]
        return token.gap in (" ", ". ", ".") and not token.follows and not self._is_ending(at - 1)

    def _after(self, cues: PhraseBook, at: int) -> bool:
        """Tell whether a cue ends right before `at`, in the same clause."""
        token = self.tokens[at]
        if at == 0 or stem(self.tokens[at - 1].key) not in cues.lasts:
            return False
        if token.follows or any(mark in token.gap for mark in ".,;?!"):
            return False
        stems = [stem(token.key) for token in self.tokens[max(0, at - _LONGEST_CUE) : at]]
        return any(tuple(stems[start:]) in cues.meanings for start in range(len(stems)))
