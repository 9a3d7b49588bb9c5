"""What French does to a sentence that is put together: « d'Hélène », « au », « du »."""

import re

_NAMES = ("Hélène", "Helene", "hélène", "helene")
_ELIDED = re.compile(rf"\b(de|que|le|la|ne|se|je)\s+(?=[aeiouâàéèêëîïôûœ]|{'|'.join(_NAMES)})")
_BEFORE_VERBS = frozenset({"le", "la", "ne", "se", "je"})
_CONTRACTED = (
    (re.compile(r"\bà le\s+(?!monde\b)"), "au "),
    (re.compile(r"\bà les\s+"), "aux "),
    (re.compile(r"\bde le\s+"), "du "),
    (re.compile(r"\bde les\s+"), "des "),
)


def elided(text: str) -> str:
    """Put a sentence right after its blanks were filled."""
    text = _ELIDED.sub(_elide, text)
    for pattern, short in _CONTRACTED:
        text = pattern.sub(short, text)
    return text


def _elide(match: re.Match[str]) -> str:
    word = match[1]
    return match[0] if word in _BEFORE_VERBS else f"{word[:-1]}'"


def with_preposition(preposition: str, phrase: str, names: tuple[str, ...]) -> str:
    """« à Kevin et à Jo »: the preposition again before the second of two names."""
    if len(names) == len("ab"):
        first, second = sorted(names, key=phrase.index)
        phrase = phrase.replace(second, f"{preposition} {second}") if first else phrase
    return f"{preposition} {phrase}"
