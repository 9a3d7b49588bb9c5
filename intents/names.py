"""Names of people, from anywhere in the world, with and without capitals.

A name is known by its capital, by being a common given name, or by the words around it. What is an
ordinary word is learned from the training data: every word that its authors typed in lower case
outside a person. In lower case, a word that a dictionary has is no name by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from intents.dictionary import is_word
from intents.lexicon import merged, phrase
from intents.parse_result import Entity
from intents.phrases import PhraseBook
from intents.tokens import Token, fold

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
            ordinary=ordinary | (never & given) | closed,
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
        )

    def find(self, text: str, tokens: Sequence[Token]) -> list[Entity]:
        """Return the names among `tokens`, in order."""
        sentence = _Sentence(self, tokens, capitals_tell=not text.isupper())
        found, place = [], 0
        while place < len(tokens):
            end = sentence.name_end(place) if sentence.starts_name(place) else place
            if end > place:
                start, stop = tokens[place].start, tokens[end - 1].end
                value = text[start:stop]
                sure = 0.95 if tokens[place].key in self.given else 0.8
                found.append(Entity("person", value, start, stop, value, sure, "names"))
            place = max(end, place + 1)
        return found


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One message under the eye of a `NameFinder`."""

    words: NameFinder
    tokens: Sequence[Token]
    capitals_tell: bool

    def starts_name(self, place: int) -> bool:
        token = self.tokens[place]
        if not self._may_be_name(place):
            return False
        ordinary = token.key in self.words.ordinary
        if self._after(self.words.naming_cues, place):
            return self._capital(token) or not ordinary or self._ends(place)
        if self._capital(token):
            return self._after_title(place) or self._starts_capital_name(place, ordinary=ordinary)
        if ordinary or self._capital_behind(place):
            return False
        return self._starts_small_name(place)

    def _capital_behind(self, place: int) -> bool:
        """As in "my penpal Greta": a name that has capitals does not begin with a small word."""
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        small = self.tokens[place].key not in self.words.given
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

    def _starts_capital_name(self, place: int, *, ordinary: bool) -> bool:
        token = self.tokens[place]
        known = token.key in self.words.given or token.key in self.words.kin_titles
        if ordinary:
            return known and (self._name_follows(place) or self._after_preposition(place))
        if not token.starts_sentence:
            return True
        return known or self._name_follows(place) or self._predicate_follows(place)

    def _starts_small_name(self, place: int) -> bool:
        token = self.tokens[place]
        if token.key not in self.words.given and is_word(token.text):
            return False
        if token.key in self.words.given or self._after_title(place):
            return True
        acted_on = token.follows == "person" or self._after(self.words.action_cues, place)
        return acted_on and any(
            self._is_followed(last) for last in range(place, self.name_end(place))
        )

    def _continues(self, place: int) -> bool:
        """Tell whether the word at `place` belongs to the name before it."""
        if place >= len(self.tokens) or self.tokens[place].follows:
            return False
        token, before = self.tokens[place], self.tokens[place - 1]
        if token.gap in _HYPHENS:
            return self._capital(token) or not self._capital(before)
        if token.gap in _APOSTROPHES:
            return not self._is_ending(place) and (self._capital(token) or before.key == "o")
        if token.gap != " " and not (token.gap == ". " and len(before.text) == 1):
            return False
        return self._may_be_name(place) and (self._capital(token) or self._continues_small(place))

    def _continues_small(self, place: int) -> bool:
        token = self.tokens[place]
        if token.key in self.words.ordinary or token.key in self.words.particles:
            return False
        fits = self._ends if self._capital(self.tokens[place - 1]) else self._is_followed
        return token.key in self.words.given or fits(place) or self._hyphen_follows(place)

    def _may_be_name(self, place: int) -> bool:
        token = self.tokens[place]
        lettered = token.text.isalpha() or (token.text[0].isalpha() and not token.text.isascii())
        shouted = self.capitals_tell and token.text.isupper() and 1 < len(token.text) < _SHOUT
        return (
            lettered
            and (not shouted or token.key in self.words.given)
            and token.key not in self.words.never
            and token.key not in self.words.titles
            and not self._is_elision(place)
            and not self._is_ending(place)
        )

    def _capital(self, token: Token) -> bool:
        return self.capitals_tell and token.capital

    def _is_particle(self, place: int) -> bool:
        if place >= len(self.tokens):
            return False
        token = self.tokens[place]
        joined = token.gap in (" ", *_HYPHENS, *_APOSTROPHES) and not token.follows
        return joined and token.key in self.words.particles

    def _is_elision(self, place: int) -> bool:
        """Tell whether a French article or pronoun is joined to the next word ("d'", "l'")."""
        if place + 1 >= len(self.tokens) or self.tokens[place + 1].gap not in _APOSTROPHES:
            return False
        text = self.tokens[place].text
        return len(text) <= _LONGEST_ELISION and text not in ("O", "D")

    def _is_ending(self, place: int) -> bool:
        """Tell whether an English ending is joined to the word before it ("'s", "'t")."""
        token = self.tokens[place]
        return token.gap in _APOSTROPHES and token.text.lower() in _ENDINGS

    def _is_followed(self, place: int) -> bool:
        """Tell whether what stands right after `place` fits a name."""
        return self._ends(place) or self.tokens[place + 1].key in self.words.followers

    def _ends(self, place: int) -> bool:
        """Tell whether a clause ends at `place`, or an address comes next."""
        if place + 1 >= len(self.tokens):
            return True
        after = self.tokens[place + 1]
        return bool(after.follows) or after.gap.strip().startswith(_PAUSES)

    def _name_follows(self, place: int) -> bool:
        """Tell whether the next word carries a name on: by a capital, or after a hyphen."""
        after = place + 1
        if after >= len(self.tokens):
            return False
        capital = self._capital(self.tokens[after]) and self._continues(after)
        ordinary = self.tokens[after].key in self.words.ordinary
        return capital or (self._hyphen_follows(place) and not ordinary)

    def _hyphen_follows(self, place: int) -> bool:
        return place + 1 < len(self.tokens) and self.tokens[place + 1].gap in _HYPHENS

    def _predicate_follows(self, place: int) -> bool:
        after = place + 1
        return after == len(self.tokens) or self.tokens[after].key in self.words.predicates

    def _after_preposition(self, place: int) -> bool:
        """Tell whether a word before `place` points at a person ("from Max"), who ends a clause."""
        pointed = place > 0 and self.tokens[place - 1].key in self.words.prepositions
        return pointed and self.tokens[place].gap == " " and self._ends(place)

    def _after_title(self, place: int) -> bool:
        if place == 0 or self.tokens[place - 1].key not in self.words.titles:
            return False
        token = self.tokens[place]
        return (
            token.gap in (" ", ". ", ".") and not token.follows and not self._is_ending(place - 1)
        )

    def _after(self, cues: PhraseBook, place: int) -> bool:
        """Tell whether a cue ends right before `place`, in the same clause."""
        token = self.tokens[place]
        if place == 0 or self.tokens[place - 1].key not in cues.lasts:
            return False
        if token.follows or any(mark in token.gap for mark in ".,;?!"):
            return False
        keys = [token.key for token in self.tokens[max(0, place - _LONGEST_CUE) : place]]
        return any(tuple(keys[start:]) in cues.meanings for start in range(len(keys)))
