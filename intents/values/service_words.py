"""What people may call a service that an operator adds, so that nothing else loses its word."""

from collections.abc import Iterable, Iterator
from functools import cache

from intents.values.phrases import Offered, service_book
from intents.words.lexicon import Lexicon, languages, phrase


def words_for(names: Iterable[str], offered: Offered) -> list[str]:
    """Return names, and the shorter ones in them that are free: "arm the alarm", "the alarm"."""
    whole = list(names)
    short = [
        rest for name in whole for rest in _behind_the_verb(name) if not meaning(rest, offered)
    ]
    return list(dict.fromkeys([*whole, *short]))


def meaning(text: str, offered: Offered) -> str:
    """Return what people mean by it already: a service's code, or "word" for another thing.

    Empty where it is free; "unreadable" where nothing of it could be recognised.
    """
    book = service_book(offered)
    key = tuple(word for word in phrase(text) if word not in book.fillers)
    if not key:
        return "unreadable"
    if key in book.meanings:
        return book.meanings[key]
    return "word" if any(key in lexicon.entries for lexicon in _lexicons()) else ""


@cache
def _lexicons() -> tuple[Lexicon, ...]:
    return tuple(map(Lexicon.load, languages()))


def _behind_the_verb(name: str) -> Iterator[str]:
    """Return what stands behind the first word, where that seems to say what is done with it."""
    _, _, rest = name.partition(" ")
    words = phrase(rest)
    if words and (words[0] in service_book().fillers or len(words) > 1):
        yield rest
