"""What goes wrong between a bot and Telegram, on demand."""

import math
import time
from dataclasses import dataclass
from enum import Enum, auto

SEND = "sendMessage"


class Fault(Enum):
    """How a request ends."""

    TOO_MANY = auto()
    ERROR = auto()
    """Status 500, said by the server itself."""
    BAD_GATEWAY = auto()
    """Status 502, a page of the proxy in front."""
    DELIVERED_BUT_SILENT = auto()
    """The message arrives; its sender hears nothing until it gives up."""
    DELIVERED_BUT_CUT = auto()
    """The message arrives; the connection breaks before the answer."""
    CUT = auto()
    """The connection breaks before the message arrives."""


@dataclass(slots=True)
class _Planned:
    fault: Fault
    times: int
    chat_id: int | None
    method: str
    retry_after: int


class Faults:
    """Planned faults, used up in the order planned, and a count of those who did not wait."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._quiet_until: dict[tuple[str, int | None], float] = {}
        self.impatient = 0
        """Messages that were sent while a `retry_after` ran; no test may set it back."""
        self.met: list[Fault] = []

    def plan(
        self,
        fault: Fault,
        *,
        times: int = 1,
        chat_id: int | None = None,
        method: str = SEND,
        retry_after: int = 1,
    ) -> None:
        """The next calls of the method, in one chat or in all, end like this."""
        self._planned.append(_Planned(fault, times, chat_id, method, retry_after))

    def forget(self) -> None:
        self._planned.clear()
        self._quiet_until.clear()

    def quiet_for(self, method: str, chat_id: int) -> int:
        """Seconds for which that chat must not be written to."""
        until = max(self._quiet_until.get((method, key), 0.0) for key in (None, chat_id))
        left = until - time.monotonic()
        return max(0, math.ceil(left))

    def take(self, method: str, chat_id: int) -> Fault | None:
        """The fault for this request; after one too many, the quiet begins."""
        for planned in self._planned:
            if planned.method == method and planned.chat_id in {None, chat_id}:
                return self._use(planned)
        return None

    def _use(self, planned: _Planned) -> Fault:
        planned.times -= 1
        if planned.times <= 0:
            self._planned.remove(planned)
        self.met.append(planned.fault)
        if planned.fault is Fault.TOO_MANY:
            until = time.monotonic() + planned.retry_after
            self._quiet_until[planned.method, planned.chat_id] = until
        return planned.fault
