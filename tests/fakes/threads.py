"""Doing one thing many times at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def in_parallel(times: int, work: Callable[[int], Result]) -> list[Result]:
    """The results of `work(0)`, `work(1)`, … each from its own thread."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(work, range(times)))
