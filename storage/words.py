"""Words that one person has us pass on to another of the household, as they were typed."""

import re
import unicodedata

from storage.errors import InvalidWords
from storage.limits import WORDS_LENGTH

_LINK = re.compile(r"://|\bwww\b|@|[\w-][.。｡][^\W\d]{2}|\b\d+(?:\.\d+){3}\b", re.IGNORECASE)
"""What a mail program may turn into a link or an address."""


def clean_words(text: str) -> str:
    """One line in NFC, without signs that nobody sees, of at most 200 characters.

    They stand in our mails, so they must not lead anywhere. Raises InvalidWords with the reason
    "empty", "too_long" or "link".
    """
    seen = (" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    words = " ".join("".join(c for c in seen if unicodedata.category(c)[0] != "C").split())
    if not any(char.isalnum() for char in words):
        raise InvalidWords("empty")
    if _LINK.search(unicodedata.normalize("NFKC", words)):
        raise InvalidWords("link")
    if len(words) > WORDS_LENGTH:
        raise InvalidWords("too_long")
    return words
