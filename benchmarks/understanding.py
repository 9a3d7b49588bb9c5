"""How well and how quickly messages are understood, with and without typing mistakes.

    python -m benchmarks.understanding FILE.tsv [--json]

FILE is what `foyer evaluate` reads: header `intent<TAB>text`. A slip is one random edit of a letter
(left out, doubled, swapped, replaced) in 15 % of the words of three letters and more. The hostile
messages are 1,000 random strings, two of 100 kB, lone surrogates and 4,096 times U+FDFA. Times are
CPU milliseconds of one thread.
"""

import argparse
import json
import random
import string
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from time import thread_time

import psutil

from intents.evaluation import Row, evaluate, read_rows
from intents.parser import Parser

SHARE_OF_SLIPS = 0.15
SHORTEST = 3
RANDOM_STRINGS = 1000
LAST_CHARACTER = 0x10FFFF


def main() -> None:
    arguments = argparse.ArgumentParser(description="How well and how quickly one is understood.")
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    options = arguments.parse_args()
    figures = measure(read_rows(options.file))
    if options.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
        return
    for name, value in figures.items():
        sys.stdout.write(f"{name:<30}{value}\n")


def measure(rows: Sequence[Row]) -> dict[str, float | None]:
    began = thread_time()
    parser = Parser.load()
    loaded = thread_time() - began
    chance = random.Random(4)
    plain = evaluate(parser, rows)
    slipped = evaluate(parser, [Row(_slip(row.text, chance), row.intent) for row in rows])
    typical = _milliseconds(parser, [row.text for row in rows])
    hostile = _milliseconds(parser, list(_hostile(chance)))
    return {
        "in_scope_accuracy": plain.in_scope_accuracy,
        "in_scope_accuracy_with_slips": slipped.in_scope_accuracy,
        "oos_recall": plain.out_of_scope.recall,
        "load_cpu_s": round(loaded, 2),
        "cpu_ms_p50": round(quantiles(typical, n=20)[9], 2),
        "cpu_ms_p95": round(quantiles(typical, n=20)[18], 2),
        "hostile_cpu_ms_max": round(max(hostile), 2),
        "rss_mb": round(psutil.Process().memory_info().rss / 1e6),
    }


def _milliseconds(parser: Parser, texts: Sequence[str]) -> list[float]:
    spent = []
    for text in texts:
        began = thread_time()
        parser.parse(text)
        spent.append(1000 * (thread_time() - began))
    return spent


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


def _hostile(chance: random.Random) -> Iterator[str]:
    for _ in range(RANDOM_STRINGS):
        length = chance.randint(0, 400)
        yield "".join(chr(chance.randint(0, LAST_CHARACTER)) for _ in range(length))
    yield "x" * 100_000
    yield "remove Kevin and unlock my daughter, then " * 2_400
    yield "\ud800" * 300
    yield "\ufdfa" * 4096


if __name__ == "__main__":
    main()
