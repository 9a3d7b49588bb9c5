"""Words that are the whole message: cancel, help, yes, no and their like (`words.yml`)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Words:
    """Looks a whole message up among the words that steer a conversation."""

    meanings: Mapping[str, frozenset[str]]
    cues: Sequence[str]

    @classmethod
    def load(cls) -> "Words":
        raw = yaml.safe_load(files("bot.dialogue").joinpath("words.yml").read_text("utf-8"))
        cues = [fold(cue, keep=" ") for cue in raw.pop("correction_cues")]
        folded: dict[str, set[str]] = {}
        for meaning, words in raw.items():
            for word in words:
                folded.setdefault(fold(word) or word, set()).add(meaning)
        return cls({word: frozenset(m) for word, m in folded.items()}, cues)

    def means(self, text: str) -> frozenset[str]:
        """Return what the whole message says: `{"cancel"}`, `{"affirm"}`, or nothing."""
        return self.meanings.get(fold(text) or text.strip(), frozenset())

    def corrects(self, text: str) -> bool:
        """Whether the message sounds like taking an answer back."""
        padded = f" {fold(text, keep=' ')} "
        return any(f" {cue.strip()} " in padded for cue in self.cues)


def fold(text: str, *, keep: str = " ") -> str:
    """Lower-case, without accents and punctuation, single spaces: for comparing labels."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(rf"[^\w/'{keep}-]+", " ", letters).split())
