"""Files of judged messages, as `foyer evaluate` reads them."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One message with what was meant; `entities` are (entity, value) pairs, if judged."""

    text: str
    intent: str
    entities: tuple[tuple[str, str], ...] | None = None


def read_rows(path: Path) -> list[Row]:
    """Return the messages of a `.tsv` or `.jsonl` file; raises ValueError, naming the line."""
    return jsonl_rows(path) if path.suffix == ".jsonl" else _tsv_rows(path)


def _tsv_rows(path: Path) -> list[Row]:
    return [Row(text, intent) for intent, text in table_of(path, ("intent", "text"))]


def table_of(path: Path, columns: tuple[str, str]) -> list[tuple[str, str]]:
    """Return two columns of a `.tsv`; raises ValueError, naming the line."""
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not {*columns} <= set(table.fieldnames or ()):
            raise ValueError(f"{path}:1: the header is not {'<TAB>'.join(columns)}")
        rows = []
        for number, line in enumerate(table, start=2):
            label, text = (line[name] for name in columns)
            if label is None or text is None:
                raise ValueError(f"{path}:{number}: not two columns")
            rows.append((label, text))
    return rows


def jsonl_rows(path: Path) -> list[Row]:
    """Return messages with their entities, one JSON object a line; raises ValueError likewise."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            pairs = tuple((entity["entity"], entity["value"]) for entity in case["entities"])
            rows.append(Row(case["text"], case["intent"], pairs))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return rows
