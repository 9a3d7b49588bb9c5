"""The entities of a message: what `contacts`, `people` and `phrases` find, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from intents.classifier.training_data import WordUse
from intents.parse_result import Entity
from intents.values.contacts import ContactFinder
from intents.values.people import PeopleFinder, without
from intents.values.phrases import Offered, PhraseFinder
from intents.words.tokens import tokenize


@dataclass(frozen=True, slots=True)
class EntityFinder:
    contacts: ContactFinder
    people: PeopleFinder
    phrases: PhraseFinder

    @classmethod
    def load(cls, use: WordUse) -> Self:
        """Return the finder; `use` is what the training data shows about its words."""
        return cls(
            ContactFinder.load(use.ordinary),
            PeopleFinder.load(use.ordinary, use.names),
            PhraseFinder.load(use.ordinary),
        )

    def find(self, text: str, offered: Offered | None = None) -> tuple[Entity, ...]:
        """Return the entities of a cleaned text in the order in which they stand."""
        tokens = tokenize(text)
        contacts = self.contacts.find(text)
        tokens = without(tokens, contacts)
        people = self.people.find(text, tokens)
        phrases = self.phrases.find(text, without(tokens, people), offered)
        entities = sorted([*contacts, *people, *phrases], key=lambda entity: entity.start)
        return grouped(entities)


def grouped(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Number the groups: each verb of giving or taking governs what stands up to the next one."""
    verbs = sum(entity.entity == "right_change" for entity in entities)
    if not verbs:
        return tuple(entities)
    numbered, seen = [], 0
    for entity in entities:
        seen += entity.entity == "right_change"
        numbered.append(replace(entity, group=str(max(seen, 1))))
    return tuple(numbered)
