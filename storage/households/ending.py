"""What ends by itself, made a change of record: entered, told once, whoever comes to it first."""

from storage.households.changing import Changing
from storage.households.ended import Ended
from storage.households.members import Members
from storage.transaction import Repository, part

HOMES = 50
"""How many households one transaction holds at most."""


class Ending(Repository):
    """Nobody waits for it: what has ended does not count from its minute on (`moments.py`)."""

    _ended = part(Ended)
    _members = part(Members)
    _change = part(Changing)

    def enter(self) -> bool:
        """Enter what has ended in some households; True when there may be more.

        Several processes may: each holds the household, and looks again.
        """
        homes = self._ended.homes(HOMES)
        for household_id in homes:
            self._members.hold(household_id)
            self._change.settle(household_id)
        return len(homes) == HOMES
