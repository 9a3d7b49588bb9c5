"""Words that are the whole message: cancel, help, yes, no and their like (`words.yml`)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import yaml

_CUES = (
    "correction_cues",
    "adding_cues",
    "leaving_out_cues",
    "dispute_cues",
    "approve_cues",
    "decline_cues",
    "request_cues",
    "own_cues",
    "all_cues",
    "none_cues",
    "pronoun_cues",
    "oneself_cues",
    "own_details_cues",
    "last_name_cues",
    "everybody_cues",
)


@dataclass(frozen=True, slots=True)
class Words:
    """Looks a whole message up among the words that steer a conversation."""

    meanings: Mapping[str, frozenset[str]]
    cues: Mapping[str, Sequence[str]]
    entity_words: Mapping[str, Sequence[str]]

    @classmethod
    def load(cls) -> "Words":
        raw = yaml.safe_load(files("bot.dialogue").joinpath("words.yml").read_text("utf-8"))
        alarms = yaml.safe_load(files("bot.dialogue").joinpath("danger.yml").read_text("utf-8"))
        entity_words = raw.pop("entity_words")
        cues = {kind: raw.pop(kind) for kind in _CUES}
        cues["danger"] = [phrase for side in alarms.values() for phrase in side]
        folded: dict[str, set[str]] = {}
        for meaning, words in raw.items():
            for word in words:
                folded.setdefault(fold(word) or word, set()).add(meaning)
        return cls({word: frozenset(m) for word, m in folded.items()}, cues, entity_words)

    def means(self, text: str) -> frozenset[str]:
        """Return what the whole message says: `{"cancel"}`, `{"affirm"}`, or nothing."""
        return self.meanings.get(fold(text) or text.strip(), frozenset())

    def is_everybody(self, text: str) -> bool:
        """Whether the whole answer to "whose?" is everybody: "both", "all of them"."""
        return bool(self.means(text) & {"everybody", "all"})

    def corrects(self, text: str) -> bool:
        """Whether the message sounds like taking an answer back."""
        return _has_any(text, self.cues["correction_cues"])

    def adds(self, text: str) -> bool:
        """Whether a correction adds to what was chosen before: "the bills too"."""
        return _has_any(text, self.cues["adding_cues"])

    def leaves_out(self, text: str) -> bool:
        """Whether a correction takes out of what was chosen before: "without TV"."""
        return _has_any(text, self.cues["leaving_out_cues"])

    def disputes(self, text: str) -> bool:
        """Whether a refusal is not accepted: "that's not fair"."""
        return _has_any(text, self.cues["dispute_cues"])

    def decides(self, text: str) -> str | None:
        """Return what a message says to somebody's wish: `approve` or `decline`, if it is plain."""
        said = [one for one in ("approve", "decline") if _has_any(text, self.cues[f"{one}_cues"])]
        own = _has_any(text, self.cues["own_cues"])
        return said[0] if len(said) == 1 and not own and "?" not in text else None

    def speaks_of_request(self, text: str) -> bool:
        """Whether a message is about something that somebody asked for."""
        return _has_any(text, self.cues["request_cues"])

    def alarm(self, text: str) -> bool:
        """Whether a message speaks of danger or pressure (`danger.yml`)."""
        return _has_any(text, self.cues["danger"])

    def wants_all(self, text: str) -> bool:
        """Whether the message is about every service: "give her everything"."""
        return _has_any(text, self.cues["all_cues"])

    def wants_none(self, text: str) -> bool:
        """Whether the message says that there shall be no service."""
        return _has_any(text, self.cues["none_cues"])

    def means_everybody(self, text: str) -> bool:
        """Whether the message is about all the people of the account."""
        return _has_any(text, self.cues["everybody_cues"])

    def means_somebody_before(self, text: str) -> bool:
        """Whether the message speaks of somebody by a pronoun: "give him TV"."""
        return _has_any(text, self.cues["pronoun_cues"])

    def is_oneself(self, text: str) -> bool:
        """Whether the answer to "whose?" is whoever writes it: "it's me", "my e-mail"."""
        return _has_any(text, self.cues["oneself_cues"]) or self.means_own_details(text)

    def means_own_details(self, text: str) -> bool:
        """Whether a wish is about what is one's own: "change my e-mail"."""
        return _has_any(text, self.cues["own_details_cues"])

    def means_last_name(self, text: str) -> bool:
        """Whether a new name is the last name alone: "change her last name to Roy"."""
        return _has_any(text, self.cues["last_name_cues"])

    def names_entities(self, text: str) -> set[str]:
        """Return the kinds of answers that a message speaks of: "change the name"."""
        return {kind for kind, words in self.entity_words.items() if _has_any(text, words)}


def _has_any(text: str, phrases: Sequence[str]) -> bool:
    padded = f" {fold(text)} "
    return any(f" {fold(one)} " in padded for one in phrases)


def fold(text: str) -> str:
    """Lower-case, without accents and punctuation, single spaces: for comparing labels."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w/' -]+", " ", letters).split())
