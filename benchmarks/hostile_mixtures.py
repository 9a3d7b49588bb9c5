"""Hostile texts by the thousand: pieces that are dear for one reason or another, mixed by chance.

What one kind of text costs is in `hostile_texts`; here the kinds meet each other, in the lengths
and the order that nobody has thought of.
"""

import random
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

from benchmarks.hostile_texts import MOST, NAMES, hostile_texts

_SEED = 14
_JOINTS = ("", " ", " ", " ", ", ", " and ", " et ", "\n", "-", "'", ". ", "? ", "\u200b", "\u00a0")
_SERVICES = ("tv", "bills", "facture", "voicemail", "usage", "add-ons", "boîte vocale", "channels")
_VERBS = ("add", "remove", "ajoute", "enlève", "give", "unlock", "débarre", "undo", "don't", "pas")
_YESES = ("yes", "no", "oui", "non", "ok", "yes but", "never mind", "wait", "correct", "d'accord")
_EXPANDING = "\ufdfa\ufdfb㎏㌖㍿﷼ﬃ⑩⒇㋿ǆ"
_MARKS = "\u0300\u0301\u0316\u0334\u0345\u031b\u0323\u0327\u20d0"
_SCRIPTS = ("ابتثجح", "אבגדה", "กขคงจ", "अआइईउ", "あいうえお", "한글자모", "абвгд", "中文字符")
_DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "①②③④⑤⑥⑦⑧⑨⑩", "𝟎𝟏𝟐𝟑𝟒")
_EMOJI = "😀👨‍👩‍👧‍👦🇨🇦🏳️‍🌈👍🏽❤️✅❌"
_LETTERS = "abcdefghijklmnopqrstuvwxyzéèêàçœ"


def hostile_mixtures(number: int) -> Mapping[str, str]:
    """Return so many texts by their names: every kind alone, then mixtures; always the same."""
    kinds = hostile_texts()
    chance = random.Random(_SEED)
    mixtures = {f"mixture {n}": _mixture(chance, tuple(kinds.values())) for n in range(number)}
    return dict(islice({**kinds, **mixtures}.items(), number))


def _mixture(chance: random.Random, whole: tuple[str, ...]) -> str:
    length = chance.choice((40, 200, 400, 400, 1600, MOST))
    makers = chance.sample(_MAKERS, chance.randint(1, 4))
    joints = chance.sample(_JOINTS, chance.randint(1, 3))
    kind = chance.choice(whole)
    text = ""
    while len(text) < length:
        piece = "".join(islice(chance.choice(makers)(chance), 40))
        text += chance.choice(joints) + (piece or kind[: chance.randint(1, 80)])
    return text[:length]


def _character(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.randint(1, 12)):
        yield chr(chance.randrange(sys.maxunicode))


def _expanding(chance: random.Random) -> Iterator[str]:
    yield from chance.choices(_EXPANDING, k=chance.randint(1, 30))


def _marked(chance: random.Random) -> Iterator[str]:
    yield chance.choice(_LETTERS)
    yield from chance.choices(_MARKS, k=chance.choice((1, 3, 40)))


def _taken_apart(chance: random.Random) -> Iterator[str]:
    yield unicodedata.normalize("NFD", chance.choice(NAMES))


def _digits(chance: random.Random) -> Iterator[str]:
    yield from chance.choices(chance.choice(_DIGITS), k=chance.choice((1, 2, 4, 8, 10, 40)))


def _script(chance: random.Random) -> Iterator[str]:
    yield from chance.choices(chance.choice(_SCRIPTS), k=chance.choice((2, 6, 40)))


def _picture(chance: random.Random) -> Iterator[str]:
    yield from chance.choices(_EMOJI, k=chance.randint(1, 10))


def _name(chance: random.Random) -> Iterator[str]:
    name = chance.choice(NAMES)
    yield chance.choice((name, name.lower(), name.upper(), _misspelt(chance, name)))


def _known(chance: random.Random) -> Iterator[str]:
    word = chance.choice((*_SERVICES, *_VERBS, *_YESES))
    yield chance.choice((word, word.upper(), _misspelt(chance, word)))


def _invented(chance: random.Random) -> Iterator[str]:
    yield from chance.choices(_LETTERS, k=chance.choice((1, 2, 4, 7, 12, 40)))


def _contact(chance: random.Random) -> Iterator[str]:
    word = "".join(_invented(chance))
    forms = (f"{word}@", f"{word}@{word}.com", f"{word} at {word} dot", f"{word}.{word}")
    yield chance.choice(forms)


def _sign(chance: random.Random) -> Iterator[str]:
    yield from chance.choices("()[]{}<>\"'«».,;:!?-_/\\|@#+*=⟨⟩", k=chance.randint(1, 12))


def _invisible(chance: random.Random) -> Iterator[str]:
    yield from chance.choices("\u200b\u200d\u202e\ufeff\ud800\x00 \t", k=chance.randint(1, 20))


def _misspelt(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(("", chance.choice(_LETTERS), word[at] * 2)) + word[at + 1 :]


_MAKERS = (
    *(_character, _expanding, _marked, _taken_apart, _digits, _script, _picture),
    *(_name, _known, _invented, _contact, _sign, _invisible),
)
