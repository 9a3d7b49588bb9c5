"""Rasa's DIET on the same examples and the same messages.

    python -m benchmarks.diet write FOLDER [--epochs 30]   # then, where Rasa 3.6 is installed:
    cd FOLDER/en && rasa train nlu --config config.yml --nlu nlu.yml
    for set in first third fourth; do rasa test nlu --nlu $set.yml --out results/$set; done
    python -m benchmarks.diet score FOLDER/en

Rasa 3.6 needs Python 3.10 or older, so that it has an environment of its own. A retrieval intent
is one label to DIET: the `/` in `faq/…` is written `__`. The pipeline is the one that Rasa's
`default.v1` recipe proposes without a language model; entities are not trained, which makes an
epoch quicker and changes nothing about intents.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from intents.classifier.training_data import LANGUAGES, Example, load_examples
from intents.parse_result import OUT_OF_SCOPE
from intents.rows import Row, read_rows

MESSAGES = Path(__file__).with_name("messages")
SETS = {"first": "{}.tsv", "third": "third_{}.tsv", "fourth": "fourth_{}.tsv"}
CHARACTERS = {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}


def main() -> None:
    parser = argparse.ArgumentParser(description="Rasa's DIET on the same examples and messages.")
    parser.add_argument("what", choices=["write", "score"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=30)
    options = parser.parse_args()
    if options.what == "score":
        for name, share in score(options.folder).items():
            print(f"{name:<28}{share:.3f}")
        return
    examples = load_examples()
    for language in LANGUAGES:
        write(options.folder / language, language, examples, options.epochs)


def write(folder: Path, language: str, examples: Iterable[Example], epochs: int) -> None:
    """Write what `rasa train nlu` and `rasa test nlu` read."""
    folder.mkdir(parents=True, exist_ok=True)
    _dump(folder / "nlu.yml", _training_data(e for e in examples if e.language == language))
    for name in SETS:
        _dump(folder / f"{name}.yml", _training_data(_messages(name, language)))
    _dump(folder / "config.yml", _config(language, epochs))


def score(folder: Path) -> dict[str, float]:
    """Return the shares of the messages that DIET read right, from what `rasa test nlu` wrote."""
    shares = {}
    for name in SETS:
        rows = _messages(name, folder.resolve().name)
        errors = json.loads((folder / "results" / name / "intent_errors.json").read_text("utf-8"))
        missed = [error["intent"] == OUT_OF_SCOPE for error in errors]
        outside = sum(row.intent == OUT_OF_SCOPE for row in rows)
        shares[f"{name}: in_scope_accuracy"] = 1 - missed.count(False) / (len(rows) - outside)
        shares[f"{name}: oos_recall"] = 1 - missed.count(True) / outside
    return shares


def _messages(name: str, language: str) -> list[Row]:
    return list(read_rows(MESSAGES / SETS[name].format(language)))


def _training_data(examples: Iterable[Example | Row]) -> dict[str, Any]:
    by_intent: defaultdict[str, str] = defaultdict(str)
    for example in examples:
        by_intent[example.intent.replace("/", "__")] += f"- {example.text}\n"
    blocks = [{"intent": intent, "examples": told} for intent, told in by_intent.items()]
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
