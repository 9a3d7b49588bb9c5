"""Who can change a household: values that say it, which are worth nothing unchecked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holder:
    """The account holder, by a verified session of this chat and this person."""

    session_id: int
    conversation_id: int
    person_id: str


@dataclass(frozen=True, slots=True)
class Secondary:
    """A secondary user, by a verified session of this chat and this person."""

    session_id: int
    conversation_id: int
    person_id: str


@dataclass(frozen=True, slots=True)
class Self:
    """A member on their own behalf: by a mailed link's token, or a page session's."""

    member_id: int
    token: str


@dataclass(frozen=True, slots=True)
class System:
    """A rule of the product (a lock after failed tries, an expiry, the sweep)."""

    rule: str


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator: of an imported file its digest, of a command its name."""

    file_digest: str


Actor = Holder | Secondary | Self | System | Operator
