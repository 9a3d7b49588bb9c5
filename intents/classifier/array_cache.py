"""Arrays on disk that only ever save time: whatever is wrong with a file, it is made anew.

What is read here decides what is understood: a file of another owner, or one that others may
write, is not read, and neither is one whose content is not what its name says (SHA-256).
"""

import logging
import os
import stat
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

import numpy as np

log = logging.getLogger(__name__)

_BROKEN = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ArrayCache:
    """One kind of files of a folder, `NAME-KEY-DIGEST.npz`; the newest `kept` of them stay."""

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
        for file in self.folder.glob(f"{self.name}-{key}-*.npz"):
            with suppress(*_BROKEN):
                return unpacked(_read(file))
        value = make()
        with suppress(OSError):
            self._write(key, packed(value))
            self._forget_old()
        return value

    def _write(self, key: str, arrays: Mapping[str, Any]) -> None:
        """Store atomically, so that a second process or a crash never shows half a file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        mode = self.folder.stat().st_mode
        if mode & _OTHERS_WRITE and not mode & stat.S_ISVTX:  # a shared folder stays shared
            self.folder.chmod(stat.S_IMODE(mode) & ~_OTHERS_WRITE)
        with NamedTemporaryFile(dir=self.folder, suffix=".draft", delete=False) as draft:
            np.savez(draft, **arrays)
        written = Path(draft.name)
        digest = sha256(written.read_bytes()).hexdigest()
        written.replace(self.folder / f"{self.name}-{key}-{digest}.npz")

    def _forget_old(self) -> None:
        files = self.folder.glob(f"{self.name}-*.npz")
        for old in sorted(files, key=lambda file: file.stat().st_mtime)[: -self.kept]:
            old.unlink(missing_ok=True)


def _read(file: Path) -> dict[str, Any]:
    """Raises one of `_BROKEN`, also for a file that others could have written."""
    with file.open("rb") as handle:
        refuse_others(file, os.fstat(handle.fileno()))
        refuse_others(file.parent, file.parent.stat())
        content = handle.read()
    if sha256(content).hexdigest() != file.stem.rpartition("-")[2]:
        raise ValueError(f"{file} is not what its name says")
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def refuse_others(file: Path, status: os.stat_result) -> None:
    """Raises PermissionError where somebody else owns or may write it."""
    owned = not hasattr(os, "geteuid") or status.st_uid in {os.geteuid(), 0}
    sticky = status.st_mode & stat.S_ISVTX  # in such a folder others cannot replace our files
    if not owned or (status.st_mode & _OTHERS_WRITE and not sticky):
        log.warning("%s is not read: somebody else could have written it", file)
        raise PermissionError
