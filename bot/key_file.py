"""The secret key where no setting gives one: made once, and kept in a file of its own."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from storage.keys import named_keys

_TOO_OPEN = stat.S_IWGRP | stat.S_IRWXO
"""A file that somebody else has put there may be read by a group, and by no more."""


class KeyFileRefused(ValueError):  # noqa: N818 - named after what it says, as other refusals are
    """The key's file could be read or changed by others: its keys are worth nothing."""


def kept_secret(path: Path) -> str:
    """Return the secret in a file that only its owner may read, made when it is missing.

    Two processes that start at once agree: the file appears whole, by a link, once. Raises
    KeyFileRefused when others may write to it, or everybody may read it.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft(path, fresh_key())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    if path.stat().st_mode & _TOO_OPEN:
        raise KeyFileRefused(f"{path} is open to others: put new keys in it, and `chmod 600` it")
    return path.read_text("utf-8").strip()


def put_first(path: Path, keys: str) -> None:
    """Put the keys of a setting into the file, whole, in place of what is there."""
    _draft(path, keys).replace(path)


def with_fresh_key(secret: str, fresh: str) -> tuple[str, str]:
    """Return the setting with `fresh` put before the keys that it has, and the name of that one."""
    keys = named_keys(secret)
    name = str(max((int(name) for name in keys if name.isdecimal()), default=0) + 1)
    return ",".join(f"{known}:{key}" for known, key in {name: fresh, **keys}.items()), name


def fresh_key() -> str:
    """Return a key of 256 bits."""
    return secrets.token_urlsafe(32)


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return draft
