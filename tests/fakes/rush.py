"""Many people at once, from several processes: what the database must stand."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from storage.clock import system_clock
from storage.database import Database
from storage.errors import Refusal
from storage.households.actors import Holder
from storage.keys import Keys
from tests.fakes.households import newcomer
from tests.fakes.threads import in_parallel


def rush(work: Callable[[range], list[str]], *, processes: int, each: int) -> Counter[str]:
    """Call `work` in fresh processes, each with its own numbers; counts the outcomes."""
    shares = [range(first * each, (first + 1) * each) for first in range(processes)]
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])  # the imports, which take longest, once for all
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        return Counter(outcome for share in pool.map(work, shares) for outcome in share)


def create_members(url: str, secret: str, actor: Holder, numbers: range) -> list[str]:
    """One creator per number, all at once: "created", or the reason of the refusal."""
    database = Database(url, clock=system_clock(), keys=Keys(secret))

    def create(index: int) -> str:
        try:
            with database.write() as uow:
                uow.households.create_member(actor, newcomer(numbers[index]))
        except Refusal as refusal:
            return refusal.reason
        return "created"

    outcomes = in_parallel(len(numbers), create)
    database.close()
    return outcomes


def creators(url: str, secret: str, actor: Holder) -> Callable[[range], list[str]]:
    return partial(create_members, url, secret, actor)
