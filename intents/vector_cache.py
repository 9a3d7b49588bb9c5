"""What texts that seldom change (the articles) are encoded to, on disk beside the model."""

import json
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from intents.features import Vector

_KEPT = 12
_BROKEN = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class VectorCache:
    """Encodes texts once for each `key` (that of the encoder); a broken file is made anew."""

    folder: Path
    key: str
    encode: Callable[[Sequence[str]], Vector]

    def __call__(self, texts: Sequence[str]) -> Vector:
        """Return one row of length 1 a text, which must be clean."""
        digest = sha256(json.dumps([self.key, *texts]).encode()).hexdigest()[:32]
        file = self.folder / f"vectors-{digest}.npz"
        with suppress(*_BROKEN):
            return _read(file)
        vectors = self.encode(texts)
        with suppress(OSError):
            self._write(file, vectors)
        return vectors

    def _write(self, file: Path, vectors: Vector) -> None:
        """Store atomically, and forget the oldest files: articles that are edited leave theirs."""
        with NamedTemporaryFile(dir=self.folder, suffix=".draft", delete=False) as draft:
            np.savez(draft, vectors=vectors)
        Path(draft.name).replace(file)
        files = sorted(self.folder.glob("vectors-*.npz"), key=lambda each: each.stat().st_mtime)
        for old in files[:-_KEPT]:
            old.unlink(missing_ok=True)


def _read(file: Path) -> Vector:
    with file.open("rb") as handle, np.load(handle, allow_pickle=False) as stored:
        vectors: Vector = stored["vectors"]
        return vectors
