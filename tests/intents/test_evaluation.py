import json
from pathlib import Path

import pytest

from intents.evaluation import evaluate_files, report_on
from intents.parse_result import Entity, ParseResult, Reading
from intents.parser import Parser
from intents.rows import Row


def read_as(intent: str, *entities: tuple[str, str]) -> ParseResult:
    found = tuple(Entity(kind, value, 0, 1, "x", 1.0, "test") for kind, value in entities)
    return ParseResult("x", "en", True, Reading(intent, 0.9), (), found)


def test_the_figures_count_refusals_as_out_of_scope() -> None:
    rows = [
        Row("a", "greet"),
        Row("b", "greet"),
        Row("c", "help"),
        Row("d", "out_of_scope"),
        Row("e", "out_of_scope"),
    ]
    readings = ["greet", "nlu_fallback", "greet", "nlu_fallback", "help"]
    report = report_on(rows, [read_as(name) for name in readings], [1.0, 2.0, 3.0, 4.0, 5.0])
    shape = report.as_json()
    assert shape["accuracy"] == 0.4
    assert shape["in_scope_accuracy"] == 0.3333
    assert shape["in_scope_rejected"] == 0.3333
    assert shape["oos_recall"] == 0.5
    assert shape["oos_precision"] == 0.5
    assert shape["per_intent"]["greet"] == {"precision": 0.5, "recall": 0.5, "support": 2}
    assert [error["text"] for error in shape["errors"]] == ["b", "c", "e"]
    assert shape["latency_ms"] == {"p50": 3.0, "p95": 4.8}


def test_entities_are_scored_by_name_and_value() -> None:
    rows = [
        Row("a", "greet", (("person", "Léa"), ("service", "usage"))),
        Row("b", "greet", ()),
        Row("c", "greet"),
    ]
    results = [
        read_as("greet", ("person", "Léa"), ("service", "pay_bill")),
        read_as("greet", ("person", "Monday")),
        read_as("greet", ("person", "nobody asked")),
    ]
    scores = report_on(rows, results, [1, 1, 1]).as_json()["per_entity"]
    assert scores["person"] == {"precision": 0.5, "recall": 1.0, "support": 1}
    assert scores["service"] == {"precision": 0.0, "recall": 0.0, "support": 1}


def test_no_rows_give_a_report_without_figures() -> None:
    report = report_on([], [], [])
    assert report.as_json()["accuracy"] is None
    assert "accuracy" in report.as_text()


def test_a_file_of_messages_is_evaluated(parser: Parser, tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text('intent\ttext\ngreet\thello "there\nfaq/tty\tservice for the deaf?\n')
    report = evaluate_files(parser, file)
    assert report.accuracy == 1.0
    assert json.loads(json.dumps(report.as_json()))["in_scope_accuracy"] == 1.0
    assert "faq/tty" in report.as_text()


def test_a_file_with_entities_is_evaluated(parser: Parser, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    entities = [{"entity": "person", "value": "my son", "text": "my son"}]
    row = {"text": "unlock my son", "intent": "unlock_user", "entities": entities}
    file.write_text(json.dumps(row) + "\n")
    assert evaluate_files(parser, file).per_entity["person"].recall == 1.0


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.tsv", "text\nhello\n", ":1:"),
        ("b.tsv", "intent\ttext\ngreet\n", ":2:"),
        ("c.jsonl", '{"text": "a", "intent": "greet", "entities": []}\n{"text": 1}\n', ":2:"),
        ("d.jsonl", "nonsense\n", ":1:"),
    ],
)
def test_an_unreadable_row_is_named(
    parser: Parser, tmp_path: Path, name: str, content: str, line: str
) -> None:
    file = tmp_path / name
    file.write_text(content)
    with pytest.raises(ValueError, match=line):
        evaluate_files(parser, file)
