"""Values of texts that several actions make (see `bot.texts`)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def day(moment: datetime) -> dict[str, str]:
    return {"date": moment.isoformat()}


def when(moment: datetime) -> dict[str, dict[str, str]]:
    """Return the day and the time of something that happened."""
    return {"date": day(moment), "time": {"time": moment.isoformat()}}


def spoken(language: str) -> dict[str, str]:
    """Return what a language is called."""
    return {"language": language}


def end_values(until: datetime) -> dict[str, Any]:
    """Return the day and the hour of an end."""
    return {"ends_on": {"day": until.isoformat()}, "ends_at": {"time": until.isoformat()}}


def moments_in(values: Mapping[str, Any], name: str) -> dict[str, datetime]:
    """Return the moments by code that an entry of the history has under a name."""
    return {code: datetime.fromisoformat(at) for code, at in values.get(name, {}).items()}
