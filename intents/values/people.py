"""Whom a message names: by a name or by a relation ("my son", "ma blonde")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from intents.parse_result import Entity
from intents.values.names import NameFinder
from intents.values.phrases import PhraseBook
from intents.words.lexicon import merged, phrase
from intents.words.tokens import Token, stem


@dataclass(frozen=True, slots=True)
class RelationFinder:
    """Finds relations: a possessive, perhaps adjectives, and a relation word."""

    possessives: frozenset[str]
    modifiers: frozenset[str]
    relations: PhraseBook
    bare: PhraseBook
    ordinary: frozenset[str]

    @classmethod
    def load(cls, ordinary: frozenset[str]) -> Self:
        words = merged("people.yml")
        return cls(
            possessives=frozenset(words["possessives"]),
            modifiers=frozenset(stem(key) for text in words["modifiers"] for key in phrase(text)),
            relations=PhraseBook.of({"relation": words["relations"]}),
            bare=PhraseBook.of({"relation": words["bare"]}),
            ordinary=frozenset(map(stem, ordinary)),
        )

    def find(self, text: str, tokens: Sequence[Token]) -> list[Entity]:
        stems = [stem(token.key) for token in tokens]
        people, at = [], 0
        while at < len(tokens):
            if end := self._end(tokens, stems, at):
                start, stop = tokens[at].start, tokens[end - 1].end
                value = text[start:stop]
                people.append(Entity("person", value, start, stop, value, 0.95, "relations"))
                at = end
            else:
                at += 1
        return people

    def _end(self, tokens: Sequence[Token], stems: Sequence[str], start: int) -> int | None:
        """Return where the relation that begins at `start` ends, longest reading first."""
        if tokens[start].key not in self.possessives:
            bare = self.bare.match(stems, start)
            return bare[0] if bare else None
        at, end = start + 1, None
        if at < len(stems):
            corrected = self.relations.corrected(stems[at], self.ordinary)
            stems = [*stems[:at], corrected, *stems[at + 1 :]]
        while at < len(stems):
            if match := self.relations.match(stems, at):
                end = match[0]
            if stems[at] not in self.modifiers:
                break
            at += 1
        return end


@dataclass(frozen=True, slots=True)
class PeopleFinder:
    relations: RelationFinder
    names: NameFinder

    @classmethod
    def load(cls, ordinary: frozenset[str], known: Iterable[str]) -> Self:
        return cls(RelationFinder.load(ordinary), NameFinder.load(ordinary, known))

    def find(self, text: str, tokens: Sequence[Token]) -> list[Entity]:
        """Return the persons named among `tokens`, in order."""
        relations = self.relations.find(text, tokens)
        names = self.names.find(text, without(tokens, relations))
        return sorted([*relations, *names], key=lambda entity: entity.start)


def without(tokens: Sequence[Token], entities: Iterable[Entity]) -> tuple[Token, ...]:
    """Return the tokens outside `entities`; the next one says what was taken out before it."""
    spans = [(entity.start, entity.end, entity.entity) for entity in entities]
    if not spans:
        return tuple(tokens)
    left: list[Token] = []
    follows = ""
    for token in tokens:
        if inside := [kind for start, end, kind in spans if start <= token.start < end]:
            follows = inside[0]
        else:
            left.append(token._replace(follows=follows) if follows else token)
            follows = ""
    return tuple(left)
