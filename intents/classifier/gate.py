"""When a reading is sure enough to act on, and when danger is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intents.parse_result import FALLBACK, OUT_OF_SCOPE, Danger, Reading


@dataclass(frozen=True, slots=True)
class Gate:
    """Thresholds on a reading's confidence, 0 to 1.

    `careful` is the bar of tasks that change an account; below the bar and above `ask` the person
    is asked which of the likeliest readings is meant.

    Chosen on messages that their authors wrote without seeing an example (docs/decisions/0012):
    higher bars refuse in-scope messages and hardly refuse more of what is out of scope.
    """

    accept: float = 0.15
    careful: float = 0.25
    ask: float = 0.06
    plain: float = 0.985
    """From here on danger is plain."""
    maybe: float = 0.08
    """The same of danger that is plain or may be: then it is asked about."""

    def judge(
        self, ranking: Sequence[Reading], careful: frozenset[str]
    ) -> tuple[Reading, tuple[str, ...]]:
        """Return the intent to act on (or the fallback) and the readings to ask about."""
        best = ranking[0]
        bar = self.careful if best.name in careful else self.accept
        if best.name == OUT_OF_SCOPE or best.confidence >= bar:
            return best, ()
        return Reading(FALLBACK, best.confidence), self._choices(ranking)

    def _choices(self, ranking: Sequence[Reading]) -> tuple[str, ...]:
        if ranking[0].confidence < self.ask:
            return ()
        named = [reading for reading in ranking[:4] if reading.name != OUT_OF_SCOPE]
        third = [reading for reading in named[2:3] if reading.confidence >= self.ask / 2]
        return tuple(reading.name for reading in (*named[:2], *third))

    def weigh(self, danger: Mapping[str, float]) -> Danger:
        """Return the level of danger; `danger` has the probabilities of plain, maybe, ordinary."""
        plain, either = danger["plain"], danger["plain"] + danger["maybe"]
        if plain >= self.plain:
            return Danger("plain", plain)
        return Danger("maybe", either) if either >= self.maybe else Danger("none", 1 - either)
