"""How well the room understands: figures for `foyer evaluate`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import numpy as np

from intents.parse_result import FALLBACK, OUT_OF_SCOPE, ParseResult
from intents.parser import Parser
from intents.rows import Row, jsonl_rows, read_rows, table_of

_REFUSED = (FALLBACK, OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class Error:
    text: str
    intent: str
    predicted: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1, or None where nothing could be counted."""

    precision: float | None
    recall: float | None
    support: int

    @classmethod
    def of(cls, right: int, predicted: int, expected: int) -> Self:
        return cls(_share(right, predicted), _share(right, expected), expected)

    @property
    def f1(self) -> float | None:
        if not self.precision or not self.recall:
            return 0.0 if self.support else None
        return round(2 * self.precision * self.recall / (self.precision + self.recall), 4)

    def as_json(self) -> dict[str, Any]:
        return {"precision": self.precision, "recall": self.recall, "support": self.support}


@dataclass(frozen=True, slots=True)
class DangerFigures:
    """Shares from 0 to 1, or None where nothing could be counted.

    `recall`: of messages of danger, how many are *plain* or *maybe*; `false_alarms`: of ordinary
    ones, how many are *plain*; `maybe`: of ordinary ones, how many are *maybe*.
    """

    recall: float | None
    false_alarms: float | None
    maybe: float | None
    missed: tuple[str, ...]
    """The messages of danger that were taken for ordinary ones."""
    alarmed: tuple[str, ...]
    """The ordinary messages that were taken for plain danger."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one evaluation; refusals (`nlu_fallback`, `out_of_scope`) count as one.

    `in_scope_rejected` is the share of in-scope messages that were refused; `latency_ms` holds the
    p50 and p95 of the time per message.
    """

    accuracy: float | None
    in_scope_accuracy: float | None
    in_scope_rejected: float | None
    out_of_scope: Score
    per_intent: dict[str, Score]
    errors: tuple[Error, ...]
    latency_ms: dict[str, float]
    per_entity: dict[str, Score] = field(default_factory=dict)
    entities: Score | None = None
    """Of all entities together, by (entity, value)."""
    danger: DangerFigures | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the object that `foyer evaluate --json` prints."""
        shape: dict[str, Any] = {
            "accuracy": self.accuracy,
            "in_scope_accuracy": self.in_scope_accuracy,
            "in_scope_rejected": self.in_scope_rejected,
            "oos_recall": self.out_of_scope.recall,
            "oos_precision": self.out_of_scope.precision,
            "per_intent": {name: score.as_json() for name, score in self.per_intent.items()},
            "errors": [
                {
                    "text": error.text,
                    "intent": error.intent,
                    "predicted": error.predicted,
                    "confidence": round(error.confidence, 4),
                }
                for error in self.errors
            ],
            "latency_ms": self.latency_ms,
        }
        if self.entities is not None:
            shape["entities"] = {**self.entities.as_json(), "f1": self.entities.f1}
            shape["per_entity"] = {name: s.as_json() for name, s in self.per_entity.items()}
        if self.danger is not None:
            shape["danger"] = self.danger.as_json()
        return shape

    def as_text(self) -> str:
        """Return the figures as lines: the whole, each intent, the confusions, each entity."""
        shape = self.as_json()
        whole = [f"{name:<20}{_figure(shape[name])}" for name in _WHOLE]
        confusions = Counter((error.intent, error.predicted) for error in self.errors)
        return "\n".join(
            [
                *whole,
                *(f"{name:<20}{value:.2f}" for name, value in self.latency_ms.items()),
                "",
                *_table(self.per_intent),
                "",
                *(f"{times:>4}  {a} -> {b}" for (a, b), times in confusions.most_common()),
                *(["", *_table(self.per_entity)] if self.per_entity else []),
                *(
                    [f"{'f1 of all entities':<28}{_figure(self.entities.f1):>8}"]
                    if self.entities
                    else []
                ),
                *(self._of_danger() if self.danger else []),
            ]
        )

    def _of_danger(self) -> list[str]:
        assert self.danger is not None
        figures = self.danger.as_json()
        names = ("recall", "false_alarms", "maybe")
        return ["", *(f"{f'danger {name}':<20}{_figure(figures[name])}" for name in names)]


def evaluate_files(
    parser: Parser,
    messages: Path | None = None,
    *,
    entities: Path | None = None,
    danger: Path | None = None,
) -> Report:
    """Return the report on a `.tsv` (header `intent<TAB>text`) or `.jsonl` file (with entities).

    With `entities` (`.jsonl`), the entities are those of its messages; `danger` is a `.tsv` with
    the header `label<TAB>text`.
    Raises ValueError, naming the line, for a row that cannot be read.
    """
    report = evaluate(parser, read_rows(messages) if messages else ())
    if entities is not None:
        judged = evaluate(parser, jsonl_rows(entities))
        report = replace(report, per_entity=judged.per_entity, entities=judged.entities)
    if danger is not None:
        said = table_of(danger, ("label", "text"))
        heard = [(label, text, parser.name(text).danger.level) for label, text in said]
        report = replace(report, danger=danger_figures(heard))
    return report


def evaluate(parser: Parser, rows: Iterable[Row]) -> Report:
    """Return how `parser` reads `rows`, each message on its own."""
    rows = tuple(rows)
    results, milliseconds = [], []
    for row in rows:
        start = perf_counter()
        results.append(parser.name(row.text))
        milliseconds.append(1000 * (perf_counter() - start))
    return report_on(rows, results, milliseconds)


def report_on(
    rows: Sequence[Row], results: Sequence[ParseResult], milliseconds: Sequence[float]
) -> Report:
    """Return the figures for `results`, the parses of `rows` in their order."""
    expected = [_one_refusal(row.intent) for row in rows]
    predicted = [_one_refusal(result.intent.name) for result in results]
    pairs = list(zip(expected, predicted, strict=True))
    in_scope = [(a, b) for a, b in pairs if a != OUT_OF_SCOPE]
    scores = _scores(expected, predicted)
    counts = _count_entities(rows, results)
    return Report(
        accuracy=_share(sum(a == b for a, b in pairs), len(pairs)),
        in_scope_accuracy=_share(sum(a == b for a, b in in_scope), len(in_scope)),
        in_scope_rejected=_share(sum(b == OUT_OF_SCOPE for _, b in in_scope), len(in_scope)),
        out_of_scope=scores.get(OUT_OF_SCOPE, Score(None, None, 0)),
        per_intent={name: scores[name] for name in sorted(scores)},
        errors=tuple(
            Error(row.text, row.intent, result.intent.name, result.intent.confidence)
            for row, result, (a, b) in zip(rows, results, pairs, strict=True)
            if a != b
        ),
        latency_ms=_latency(milliseconds),
        per_entity=_entity_scores(counts),
        entities=_all_entities(counts),
    )


def danger_figures(rows: Sequence[tuple[str, str, str]]) -> DangerFigures:
    """Return the figures of messages: each its label (danger, ordinary), text, and level."""
    danger = [(text, level) for label, text, level in rows if label == "danger"]
    ordinary = [(text, level) for label, text, level in rows if label == "ordinary"]
    levels = [level for _, level in ordinary]
    return DangerFigures(
        recall=_share(sum(level != "none" for _, level in danger), len(danger)),
        false_alarms=_share(levels.count("plain"), len(ordinary)),
        maybe=_share(levels.count("maybe"), len(ordinary)),
        missed=tuple(text for text, level in danger if level == "none"),
        alarmed=tuple(text for text, level in ordinary if level == "plain"),
    )


_WHOLE = ("accuracy", "in_scope_accuracy", "in_scope_rejected", "oos_recall", "oos_precision")


def _one_refusal(intent: str) -> str:
    return OUT_OF_SCOPE if intent in _REFUSED else intent


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many (entity, value) pairs of each entity were wanted, found, and both."""

    wanted: Counter[str]
    got: Counter[str]
    right: Counter[str]


def _count_entities(rows: Sequence[Row], results: Sequence[ParseResult]) -> _Counts:
    """Count over the rows that say which entities they hold."""
    counts = _Counts(Counter(), Counter(), Counter())
    for row, result in zip(rows, results, strict=True):
        if row.entities is None:
            continue
        expected = Counter(row.entities)
        got = Counter((entity.entity, entity.value) for entity in result.entities)
        for count, pairs in (
            (counts.wanted, expected),
            (counts.got, got),
            (counts.right, expected & got),
        ):
            count.update(entity for entity, _ in pairs.elements())
    return counts


def _entity_scores(counts: _Counts) -> dict[str, Score]:
    names = sorted(counts.wanted | counts.got)
    return {
        name: Score.of(counts.right[name], counts.got[name], counts.wanted[name]) for name in names
    }


def _all_entities(counts: _Counts) -> Score | None:
    if not counts.wanted and not counts.got:
        return None
    return Score.of(counts.right.total(), counts.got.total(), counts.wanted.total())


def _scores(expected: Sequence[str], predicted: Sequence[str]) -> dict[str, Score]:
    wanted, got = Counter(expected), Counter(predicted)
    right = Counter(a for a, b in zip(expected, predicted, strict=True) if a == b)
    return {name: Score.of(right[name], got[name], wanted[name]) for name in wanted | got}


def _latency(milliseconds: Sequence[float]) -> dict[str, float]:
    if not milliseconds:
        return {}
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return {"p50": round(float(p50), 3), "p95": round(float(p95), 3)}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _table(scores: dict[str, Score]) -> list[str]:
    return [
        f"{name:<28}{_figure(s.precision):>8}{_figure(s.recall):>8}{s.support:>6}"
        for name, s in scores.items()
    ]
