"""What it costs to understand a message, and how well it is done, with and without slips.

    python -m benchmarks.understanding [FILE.tsv ...] [--quality] [--json]

FILE is what `foyer evaluate` reads: header `intent<TAB>text`; without one, all messages and
stories (250 to 400 characters) in `benchmarks/messages`. Times are CPU milliseconds of one thread:
`look` (outside of the transaction), `read` with nobody known and at a household's open question
(inside of it), and both together. Beside them stands what a fixed loop takes
(`benchmarks.reference`).

With `--quality` also how many messages are read right, the same with slips (one random edit of a
letter in 15 % of the words of three letters and more), and the worst time of 1,000 random strings.
"""

import argparse
import json
import random
import string
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

from benchmarks.reference import p50_p95_max, reference_ms, spent
from bot.settings import Settings
from intents.context import NOWHERE, Context, Person
from intents.evaluation import evaluate
from intents.parser import Parser
from intents.rows import Row, read_rows

MESSAGES = Path(__file__).parent / "messages"
SHARE_OF_SLIPS = 0.15
SHORTEST = 3
RANDOM_STRINGS = 1000
LAST_CHARACTER = 0x10FFFF
SERVICES = ("view_invoice", "internet_usage", "tv_channels", "internet_package")
_PEOPLE = ("Marie Gagnon", "Marie-Ève Roy", "Jean-Guy Côté", "Hugo Tremblay-Roy", "Anh Tuấn Nguyễn")
HOUSEHOLD = Context(
    people=tuple(
        Person(f"id:{n}", name.partition(" ")[0], name.partition(" ")[2])
        for n, name in enumerate(_PEOPLE, 2)
    ),
    holder=Person("id:1", "Rose", "Gagnon"),
    services=SERVICES,
    expects=frozenset({"person"}),
    buttons=tuple((name, name) for name in _PEOPLE),
)
"""A full household, at "whose access?" with a button for each person."""


def main() -> None:
    arguments = argparse.ArgumentParser(description="What understanding costs, and how good it is.")
    arguments.add_argument("files", type=Path, nargs="*")
    arguments.add_argument("--quality", action="store_true", help="also how much is read right")
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    options = arguments.parse_args()
    files = options.files or [
        *(MESSAGES / f"{language}.tsv" for language in ("en", "fr")),
        *(MESSAGES / f"stories_{language}.tsv" for language in ("en", "fr")),
    ]
    loaded, parser = spent(lambda: Parser.load(cache=Settings().cache_dir))
    figures: dict[str, Any] = {
        file.stem: {"cpu_ms": costs(parser, [row.text for row in read_rows(file)])}
        for file in files
    }
    if options.quality:
        for file in files:
            figures[file.stem]["quality"] = quality(parser, read_rows(file))
    figures["reference_ms"] = reference_ms()
    figures["load_cpu_s"] = round(loaded / 1000, 2)
    figures["rss_mb"] = round(psutil.Process().memory_info().rss / 1e6)
    if options.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        sys.stdout.writelines(_lines(figures))


def costs(parser: Parser, texts: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """Return p50, p95 and max of the CPU milliseconds a text, by what is done with it."""
    parser.read(parser.look(texts[0]), HOUSEHOLD)
    times: dict[str, list[float]] = {name: [] for name in ("look", "read", "household", "both")}
    for text in texts:
        look, sighting = spent(lambda text=text: parser.look(text))  # type: ignore[misc]
        read, _ = spent(lambda seen=sighting: parser.read(seen, NOWHERE))  # type: ignore[misc]
        known, _ = spent(lambda seen=sighting: parser.read(seen, HOUSEHOLD))  # type: ignore[misc]
        for name, time in zip(times, (look, read, known, look + known), strict=True):
            times[name].append(time)
    return {name: p50_p95_max(each) for name, each in times.items()}


def quality(parser: Parser, rows: Sequence[Row]) -> dict[str, float | None]:
    """Return how much is read right, and the worst CPU time of random strings."""
    chance = random.Random(4)
    plain = evaluate(parser, rows)
    slipped = evaluate(parser, [Row(_slip(row.text, chance), row.intent) for row in rows])
    return {
        "in_scope_accuracy": plain.in_scope_accuracy,
        "in_scope_accuracy_with_slips": slipped.in_scope_accuracy,
        "oos_recall": plain.out_of_scope.recall,
        "hostile_cpu_ms_max": round(max(_times(parser, list(_random(chance)))), 2),
    }


def _lines(figures: dict[str, Any]) -> Iterator[str]:
    reference = figures["reference_ms"]
    yield f"fixed loop {reference} ms; CPU ms as p50 / p95 / max\n"
    files = {name: found for name, found in figures.items() if isinstance(found, dict)}
    for name, found in files.items():
        cells = (f"{kind} {_three(times)}" for kind, times in found["cpu_ms"].items())
        yield f"{name:<12}" + "   ".join(cells) + "\n"
    for name, found in files.items():
        yield from (f"{name:<12}{k:<30}{v}\n" for k, v in found.get("quality", {}).items())
    yield f"load_cpu_s {figures['load_cpu_s']}, rss_mb {figures['rss_mb']}\n"


def _three(times: Sequence[float]) -> str:
    return " / ".join(f"{time:5.2f}" for time in times)


def _times(parser: Parser, texts: Sequence[str]) -> list[float]:
    return [spent(lambda text=text: parser.parse(text))[0] for text in texts]  # type: ignore[misc]


def _slip(text: str, chance: random.Random) -> str:
    return " ".join(
        _edited(word, chance)
        if len(word) >= SHORTEST and chance.random() < SHARE_OF_SLIPS
        else word
        for word in text.split()
    )


def _edited(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    before, letter, following, after = word[:place], *word[place : place + 2], word[place + 2 :]
    edits = (
        following,
        letter + letter + following,
        following + letter,
        chance.choice(string.ascii_lowercase) + following,
    )
    return before + chance.choice(edits) + after


def _random(chance: random.Random) -> Iterator[str]:
    for _ in range(RANDOM_STRINGS):
        length = chance.randint(0, 400)
        yield "".join(chr(chance.randint(0, LAST_CHARACTER)) for _ in range(length))


if __name__ == "__main__":
    main()
