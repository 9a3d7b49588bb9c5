"""The texts as they are shipped, with the figures and telephone numbers of the built-in brand."""

from zoneinfo import ZoneInfo

from bot.constants import constants
from bot.texts import Texts
from faq.organisation import Organisation


def shipped_texts() -> Texts:
    return Texts(ZoneInfo("America/Toronto"), constants(Organisation.load()))
