"""What one message means, in Foyer's own values and in the shape of Rasa's `/model/parse`."""

from dataclasses import dataclass
from typing import Any

FALLBACK = "nlu_fallback"
"""Rasa's name for "not understood": no intent stood above the gate."""

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing named in a message; `start` and `end` count characters of the cleaned text.

    `group` joins what one verb of giving or taking governs ("give Léa the bills and take TV from
    Sam" has the groups "1" and "2"), as Rasa's entity groups do.
    """

    entity: str
    value: str
    start: int
    end: int
    text: str
    confidence: float
    extractor: str
    group: str | None = None

    def as_rasa(self) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "entity": self.entity,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "confidence_entity": self.confidence,
            "extractor": self.extractor,
        }
        return shape if self.group is None else {**shape, "group": self.group}


@dataclass(frozen=True, slots=True)
class Reading:
    """One intent with its probability, 0 to 1."""

    name: str
    confidence: float

    def as_rasa(self) -> dict[str, Any]:
        return {"name": self.name, "confidence": round(self.confidence, 4)}


@dataclass(frozen=True, slots=True)
class Danger:
    """Whether a message may come from somebody in danger: `level` none, maybe or plain."""

    level: str = "none"
    confidence: float = 1.0
    """The probability of `level`, 0 to 1."""

    def as_json(self) -> dict[str, Any]:
        return {"level": self.level, "confidence": round(self.confidence, 4)}


@dataclass(frozen=True, slots=True)
class ParseResult:
    """A parsed message.

    `text` is the cleaned text; `intent` is `nlu_fallback` below the gate, while `ranking` keeps the
    candidates, best first. `unsure` names the two or three readings to choose from when the best
    one is plausible without being sure, and is empty otherwise.
    """

    text: str
    language: str
    language_confident: bool
    intent: Reading
    ranking: tuple[Reading, ...]
    entities: tuple[Entity, ...]
    unsure: tuple[str, ...] = ()
    danger: Danger = Danger()

    def as_rasa(self) -> dict[str, Any]:
        """Return the JSON object that Rasa's `POST /model/parse` answers with."""
        return {
            "text": self.text,
            "language": self.language,
            "intent": self.intent.as_rasa(),
            "intent_ranking": [reading.as_rasa() for reading in self.ranking],
            "entities": [entity.as_rasa() for entity in self.entities],
            "danger": self.danger.as_json(),
        }
