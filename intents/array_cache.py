"""Arrays on disk that only ever save time: whatever is wrong with a file, it is made anew."""

import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

import numpy as np

_BROKEN = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ArrayCache:
    """One kind of files of a folder, `NAME-KEY.npz`; the newest `kept` of them stay."""

    folder: Path
    name: str
    kept: int

    def get(
        self,
        key: str,
        make: Callable[[], Value],
        *,
        packed: Callable[[Value], Mapping[str, Any]],
        unpacked: Callable[[dict[str, Any]], Value],
    ) -> Value:
        """Return what is under `key`, from its file when that is whole, else made and stored."""
        file = self.folder / f"{self.name}-{key}.npz"
        with suppress(*_BROKEN):
            return unpacked(_read(file))
        value = make()
        with suppress(OSError):
            _write(file, packed(value))
            self._forget_old()
        return value

    def _forget_old(self) -> None:
        files = self.folder.glob(f"{self.name}-*.npz")
        for old in sorted(files, key=lambda file: file.stat().st_mtime)[: -self.kept]:
            old.unlink(missing_ok=True)


def _read(file: Path) -> dict[str, Any]:
    with file.open("rb") as handle, np.load(handle, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def _write(file: Path, arrays: Mapping[str, Any]) -> None:
    """Store atomically, so that a second process or a crash never shows half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".draft", delete=False) as draft:
        np.savez(draft, **arrays)
    Path(draft.name).replace(file)
