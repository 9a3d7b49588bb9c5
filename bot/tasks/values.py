"""Values of texts that several actions make (see `bot.texts`)."""

from datetime import datetime


def day(moment: datetime) -> dict[str, str]:
    return {"date": moment.isoformat()}


def when(moment: datetime) -> dict[str, dict[str, str]]:
    """Return the day and the time of something that happened."""
    return {"date": day(moment), "time": {"time": moment.isoformat()}}


def spoken(language: str) -> dict[str, str]:
    """Return what a language is called."""
    return {"language": language}
