"""CPU time, and the fixed loop that is timed beside every figure: machines differ.

The loop does what reading a message does, and never changes: it cuts, folds and counts words,
looks them up, and does some arithmetic. Divide a figure by it to compare two machines.
"""

import unicodedata
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import thread_time
from typing import TypeVar

import numpy as np

_WORDS = "Retire l'accès aux factures à Léa, s'il te plaît, and give Hugo the TV " * 8
_TIMES = 80
_MOST = 5
T = TypeVar("T")


def spent(work: Callable[[], T]) -> tuple[float, T]:
    """Return the CPU milliseconds of this thread that some work took, and its result."""
    began = thread_time()
    result = work()
    return 1000 * (thread_time() - began), result


def reference_ms() -> float:
    """Return what the fixed loop takes, in CPU milliseconds: the median of several runs."""
    return round(median(spent(_loop)[0] for _ in range(_MOST)), 2)


def _loop() -> int:
    numbers = np.linspace(0, 1, 20_000, dtype=np.float32)
    seen: dict[str, int] = {}
    for number in range(_TIMES):
        for word in unicodedata.normalize("NFD", _WORDS.lower()).split():
            for end in range(1, len(word) + 1):
                seen[word[:end]] = seen.get(word[:end], 0) + number
        numbers = np.sqrt(numbers * numbers + 1) - numbers
    return len(seen)


def p50_p95_max(times: Sequence[float]) -> tuple[float, float, float]:
    """Return the median, the 95th percentile and the worst of some times."""
    cuts = quantiles(times, n=20)
    return cuts[9], cuts[18], max(times)
