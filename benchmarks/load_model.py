"""How many messages a second come from so many households, and what gives way first.

    python -m benchmarks.load_model [--households 200000 2000000 …] [--seed 1]

Pure arithmetic and a simulation of the busiest hour; nothing is sent anywhere. What is assumed
stands in `People`, what was measured in `Costs`; docs/scale.md says where each comes from and
quotes the output.
"""

import argparse
import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.float64]
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class People:
    """What they do: assumed."""

    conversations: float = 0.5
    """About users and access, a household and month."""
    turns: float = 6.0
    """Messages of a person in one conversation."""
    typed: float = 0.6
    """The share of them that is not tapped."""
    thinks: float = 15.0
    """Seconds between an answer and the next message, at the mean."""
    verified: float = 0.6
    """The share of conversations in which somebody proves who they are: a code and a notice."""
    changes: float = 0.3
    """The share of conversations that change something: a mail to the person."""
    busiest_day: float = 1.5
    """A Monday, against the mean day."""
    busiest_hour: float = 0.12
    """Its share of the day."""
    rush: float = 0.02
    """The share of all households that write within an hour after a mass mailing, or an alarm."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What the machine does: measured (docs/scale.md), but for the limits of others."""

    typed_cpu: float = 0.0106
    """Seconds of CPU of a typed message."""
    tapped_cpu: float = 0.0032
    replies: float = 1.15
    """Messages to the person for each of theirs."""
    telegram: float = 30.0
    """Messages a second that Telegram takes from one bot."""
    mails: float = 42.0
    """Mails a second that one process hands to a mail server in the same house."""
    full: float = 0.7
    """Of a core's time, before waits grow too long."""


@dataclass(frozen=True, slots=True)
class Hour:
    """The busiest hour of so many households; rates are a second."""

    households: int
    messages: float
    worst_second: int
    replies: float
    mails: float
    cores: float
    waits: tuple[float, ...]
    """The 99th percentile of a message's wait in seconds, by the number of processes."""
    telegram: float
    """The same of a reply, for its turn at Telegram."""


def main() -> None:
    options = _options()
    people, costs = People(), Costs()
    rates = {"the busiest hour": busiest(1, people), "a rush": people.rush / HOUR}
    for name, each in rates.items():
        hours = [
            hour_of(count, count * each, people, costs, seed=options.seed)
            for count in options.households
        ]
        print(f"{name}\n{as_table(hours)}\n")
    for name, conversations in walls(people, costs).items():
        allowed = (f"{conversations / each:12,.0f} in {hour}" for hour, each in rates.items())
        print(f"{name:28}{', '.join(allowed)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What comes from so many households.")
    counts = [10_000, 200_000, 1_000_000, 2_000_000]
    parser.add_argument("--households", type=int, nargs="+", default=counts)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def busiest(households: float, people: People) -> float:
    """Conversations that begin in a second of the busiest hour."""
    a_day = households * people.conversations / 30 * people.busiest_day
    return a_day * people.busiest_hour / HOUR


def mails_of(people: People) -> float:
    """Of one conversation."""
    return 2 * people.verified + people.changes


def turn_cpu(people: People, costs: Costs) -> float:
    return people.typed * costs.typed_cpu + (1 - people.typed) * costs.tapped_cpu


def hour_of(households: int, rate: float, people: People, costs: Costs, *, seed: int) -> Hour:
    """Simulate an hour in which so many conversations begin in a second."""
    chance = np.random.default_rng(seed)
    times = arrivals(rate, people, chance)
    work = service_times(len(times), people, costs, chance)
    messages = rate * people.turns
    said = np.full(len(times), costs.replies / costs.telegram)
    return Hour(
        households=households,
        messages=messages,
        worst_second=int(np.bincount(times.astype(int)).max(initial=0)),
        replies=messages * costs.replies,
        mails=rate * mails_of(people),
        cores=messages * turn_cpu(people, costs),
        waits=tuple(p99_wait(times, work, count) for count in (1, 4)),
        telegram=p99_wait(times, said, 1),
    )


def arrivals(rate: float, people: People, chance: np.random.Generator) -> Seconds:
    """When messages come in one hour: conversations at random, and pauses within each."""
    starts = chance.uniform(0, HOUR, chance.poisson(rate * HOUR))
    turns = chance.geometric(1 / people.turns, len(starts))
    pauses = chance.exponential(people.thinks, int(turns.sum()))
    firsts = np.concatenate([[0], np.cumsum(turns)[:-1]]).astype(int)
    elapsed = np.cumsum(pauses)
    before = np.repeat(elapsed[firsts], turns) if len(starts) else elapsed
    times = np.repeat(starts, turns) + elapsed - before
    return np.sort(times[times < HOUR])


def service_times(count: int, people: People, costs: Costs, chance: np.random.Generator) -> Seconds:
    """Seconds of work: a typed message costs between half and double of its mean."""
    is_typed = chance.random(count) < people.typed
    spread = chance.lognormal(-0.08, 0.4, count)
    return np.where(is_typed, costs.typed_cpu * spread, costs.tapped_cpu)


def p99_wait(times: Seconds, work: Seconds, processes: int) -> float:
    """Seconds until a message's turn begins, where each process works one off at a time."""
    free = [0.0] * processes
    waits = np.empty(len(times))
    for number, (at, cost) in enumerate(zip(times, work, strict=True)):
        begins = max(at, free[0])
        heapq.heapreplace(free, begins + cost)
        waits[number] = begins - at
    return float(np.percentile(waits, 99)) if len(waits) else 0.0


def walls(people: People, costs: Costs) -> dict[str, float]:
    """How many conversations may begin in a second before each of them gives way."""
    return {
        "Telegram's limit of one bot": costs.telegram / (people.turns * costs.replies),
        "one core": costs.full / (people.turns * turn_cpu(people, costs)),
        "mails of one process": costs.mails / mails_of(people),
    }


def as_table(hours: Sequence[Hour]) -> str:
    head = (
        "households  messages/s  worst second  replies/s  mails/s  cores"
        "  p99 waits: 1, 4 processes, Telegram"
    )
    rows = [
        f"{hour.households:10,}  {hour.messages:10.2f}  {hour.worst_second:12}  {hour.replies:9.2f}"
        f"  {hour.mails:7.2f}  {hour.cores:5.2f}  "
        + ", ".join(map(_wait, (*hour.waits, hour.telegram)))
        for hour in hours
    ]
    return "\n".join([head, *rows])


def _wait(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms" if seconds < 1 else f"{seconds:,.0f} s"


if __name__ == "__main__":
    main()
