"""The settings as a command begins with them: what is wrong in them is said, and nothing done."""

import logging
import os
from functools import cache

import typer
from pydantic import ValidationError
from pydantic_settings import DotEnvSettingsSource

from bot.setting_names import PREFIX, names_given
from bot.settings import Settings

log = logging.getLogger(__name__)

WRONG_SETTING = 2
"""Exit status where a setting is wrong, or misspelt."""


def configured() -> Settings:
    """Return the settings of the environment and `.env`.

    Raises typer.Exit, after it has said why, for a value that cannot be or a misspelt name.
    """
    known = [f"{PREFIX}{name}".upper() for name in Settings.model_fields]
    names = names_given([*os.environ, *DotEnvSettingsSource(Settings).env_vars], known)
    for name, meant in names.slips.items():
        typer.echo(f"{name} is no setting: is it {meant}?", err=True)
    if names.slips:
        raise typer.Exit(WRONG_SETTING)
    for name in names.unknown:
        _say_unknown(name)
    try:
        return Settings()
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False, include_context=False):
            setting = "".join(f"{PREFIX}{part}".upper() for part in fault["loc"][:1])
            typer.echo(": ".join(filter(None, (setting, fault["msg"]))), err=True)
        raise typer.Exit(WRONG_SETTING) from None


@cache
def _say_unknown(name: str) -> None:
    log.warning("%s is no setting, and means nothing here", name)
