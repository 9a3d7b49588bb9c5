"""Rasa's DIET on the same examples and the same messages.

    python -m benchmarks.diet write FOLDER [--epochs 30]   # then, where Rasa 3.6 is installed:
    cd FOLDER/en && rasa train nlu --config config.yml --nlu nlu.yml
    rasa test nlu --nlu messages.yml --out results
    python -m benchmarks.diet score FOLDER/en

Rasa 3.6 needs Python 3.10 or older, so that it has an environment of its own. A retrieval intent
is one label to DIET: the `/` in `faq/…` is written `__`. The pipeline is the one that Rasa's
`default.v1` recipe proposes without a language model; entities are not trained, which makes an
epoch quicker and changes nothing about intents.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

import yaml

from intents.parse_result import OUT_OF_SCOPE
from intents.rows import read_rows
from intents.training_data import LANGUAGES, data_files

MESSAGES = Path(__file__).with_name("messages")
ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
CHARACTERS = {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}


def main() -> None:
    parser = argparse.ArgumentParser(description="Rasa's DIET on the same examples and messages.")
    parser.add_argument("what", choices=["write", "score"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=30)
    options = parser.parse_args()
    if options.what == "score":
        for name, share in score(options.folder).items():
            print(f"{name:<22}{share:.3f}")
        return
    for language in LANGUAGES:
        write(options.folder / language, language, options.epochs)


def write(folder: Path, language: str, epochs: int) -> None:
    """Write what `rasa train nlu` and `rasa test nlu` read."""
    folder.mkdir(parents=True, exist_ok=True)
    examples = {
        block["intent"]: ANNOTATION.sub(r"\1", block["examples"])
        for file in data_files(language)
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]
    }
    messages: dict[str, str] = {}
    for row in read_rows(MESSAGES / f"{language}.tsv"):
        messages[row.intent] = f"{messages.get(row.intent, '')}- {row.text}\n"
    _dump(folder / "nlu.yml", _training_data(examples))
    _dump(folder / "messages.yml", _training_data(messages))
    _dump(folder / "config.yml", _config(language, epochs))


def score(folder: Path) -> dict[str, float]:
    """Return the shares of the messages that DIET read right, from what `rasa test nlu` wrote."""
    rows = read_rows(MESSAGES / f"{folder.resolve().name}.tsv")
    errors = json.loads((folder / "results" / "intent_errors.json").read_text("utf-8"))
    missed = [error["intent"] == OUT_OF_SCOPE for error in errors]
    outside = sum(row.intent == OUT_OF_SCOPE for row in rows)
    return {
        "in_scope_accuracy": 1 - missed.count(False) / (len(rows) - outside),
        "oos_recall": 1 - missed.count(True) / outside,
    }


def _training_data(by_intent: dict[str, str]) -> dict[str, Any]:
    blocks = [
        {"intent": intent.replace("/", "__"), "examples": examples}
        for intent, examples in by_intent.items()
    ]
    return {"version": "3.1", "nlu": blocks}


def _config(language: str, epochs: int) -> dict[str, Any]:
    diet = {"entity_recognition": False, "constrain_similarities": True, "random_seed": 1}
    pipeline: list[dict[str, Any]] = [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", **CHARACTERS},
        {"name": "DIETClassifier", "epochs": epochs, **diet},
    ]
    return {"recipe": "default.v1", "language": language, "pipeline": pipeline}


def _dump(file: Path, content: dict[str, Any]) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True, width=10_000), "utf-8")


if __name__ == "__main__":
    main()
