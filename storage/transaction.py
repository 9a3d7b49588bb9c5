"""What one transaction works with, and how what it says finds its way there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Literal, TypeVar

from sqlalchemy import Connection

from storage.clock import Clock
from storage.keys import Keys
from storage.work import NOW, Work, WorkList

Demand = Literal["any", "both"]
"""How many proofs a session takes: either one, or both of the same person in the same chat."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Transaction:
    """Addresses have no slash at their end; audit entries name the inbox row by `request_id`."""

    connection: Connection
    clock: Clock
    keys: Keys
    public_url: str
    passkey_url: str
    """The same place under the name that passkeys are bound to: they take no number."""
    demand: Demand
    request_id: int | None
    work: WorkList = field(default_factory=WorkList)
    """What it leaves to be done."""


class Repository:
    """Reads or writes in a transaction, and keeps nothing of its own; nothing in here commits."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self._connection = transaction.connection
        self._clock = transaction.clock
        self._keys = transaction.keys

    def _leave(self, work: Work, wait: timedelta = NOW, row: int | None = None) -> None:
        """Have something done once the transaction has committed, after so long; for that row."""
        self.transaction.work.add(work, wait, row)


def part(kind: Callable[[Transaction], Made]) -> cached_property[Made]:
    """Another repository in the same transaction, made when it is first asked for."""
    return cached_property(lambda owner: kind(owner.transaction))
