"""How well danger is heard: figures for `foyer evaluate --danger`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


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


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
