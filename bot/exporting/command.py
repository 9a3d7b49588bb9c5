"""Writes two files for an operator to hand out: one for programs, one for people."""

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.constants import constants
from bot.exporting.page import DataPage
from bot.operating.parked import Report
from bot.settings import Settings
from bot.texts import Texts
from faq.organisation import Organisation
from storage.database import Database
from storage.errors import NoSuchMember
from storage.households.actors import Operator
from storage.households.exporting.reading import PersonData

OPERATOR = Operator("foyer export")
_FAILED = 1
_UNSAFE = re.compile(r"[^\w.-]")


def export_person(settings: Settings, database: Database, username: str, folder: Path) -> Report:
    """Write both files, which must not be there yet; only whoever runs this may read them."""
    name = _UNSAFE.sub("_", username)
    files = [folder / f"{name}.json", folder / f"{name}.html"]
    if not folder.is_dir():
        return Report((f"There is no folder {folder}.",), _FAILED)
    for file in files:
        if file.exists():
            return Report((f"{file} is there already.",), _FAILED)
    try:
        with database.write() as uow:
            data = uow.exporting.export(OPERATOR, username)
            services = {each.code: each.names for each in uow.households.services(retired=True)}
    except NoSuchMember:
        return Report(("Nobody has that user name.",), _FAILED)
    named = constants(Organisation.load(), settings.conversation_days)
    page = DataPage(Texts(settings.time_zone, named), services)
    for file, text in zip(files, (_as_json(data), page.render(data)), strict=True):
        _write(file, text)
    return Report((*(f"Written: {file}" for file in files), f"Receipt {data.receipt}."))


def _as_json(data: PersonData) -> str:
    told: Mapping[str, Any] = {
        "username": data.username,
        "at": data.at,
        "receipt": data.receipt,
        **data.parts,
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> str:
    if not isinstance(value, datetime):
        raise TypeError(type(value))
    return value.isoformat()


def _write(file: Path, text: str) -> None:
    """Nobody else reads it from its first moment on."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="utf-8") as handle:
        handle.write(text)
