"""What texts that seldom change (the articles) are encoded to, on disk beside the model."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from intents.classifier.array_cache import ArrayCache
from intents.classifier.features import Vector

_KEPT = 12


@dataclass(frozen=True, slots=True)
class VectorCache:
    """Encodes texts once for each `key` (that of the encoder); a broken file is made anew."""

    folder: Path
    key: str
    encode: Callable[[Sequence[str]], Vector]

    def __call__(self, texts: Sequence[str]) -> Vector:
        """Return one row of length 1 a text, which must be clean."""
        digest = sha256(json.dumps([self.key, *texts]).encode()).hexdigest()[:32]
        return ArrayCache(self.folder, "vectors", _KEPT).get(
            digest,
            lambda: self.encode(texts),
            packed=lambda vectors: {"vectors": vectors},
            unpacked=lambda arrays: arrays["vectors"],
        )
