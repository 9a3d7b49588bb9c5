"""Refusals that a caller turns into words; `reason` is a code, never a sentence."""

# ruff: noqa: N818 - a refusal is an answer, named after what it says

from datetime import datetime


class Refusal(Exception):
    """The system of record said no, and nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class HouseholdError(Refusal):
    """A change of a household was refused."""


class NotAuthorised(HouseholdError):
    """`reason`: not_allowed, no_session, not_holder, not_secondary, other_household, link_void."""


class HouseholdFull(HouseholdError):
    def __init__(self) -> None:
        super().__init__("household_full")


class EmailTaken(HouseholdError):
    """Somebody of the same household has this address."""

    def __init__(self) -> None:
        super().__init__("email_taken")


class InvitationLimit(HouseholdError):
    def __init__(self) -> None:
        super().__init__("invitation_limit")


class MailLimit(HouseholdError):
    """So many mails of the kind went to that address today that no more does."""

    def __init__(self) -> None:
        super().__init__("mail_limit")


class AskedToday(HouseholdError):
    """The holder was asked that already, within a day."""

    def __init__(self) -> None:
        super().__init__("asked_today")


class InvalidName(HouseholdError):
    """`reason`: empty, too_long, characters."""


class InvalidWords(HouseholdError):
    """Of words to pass on. `reason`: empty, too_long, link."""


class UnknownService(HouseholdError):
    def __init__(self) -> None:
        super().__init__("unknown_service")


class NoSuchMember(HouseholdError):
    """Nobody of this household whom its holder could change; who else there is stays unsaid."""

    def __init__(self) -> None:
        super().__init__("no_such_member")


class HolderNotErasable(HouseholdError):
    """A household has always a holder."""

    def __init__(self) -> None:
        super().__init__("holder_not_erasable")


class NoSuchHousehold(HouseholdError):
    """No household has this account number."""

    def __init__(self) -> None:
        super().__init__("no_such_household")


class HouseholdClosed(HouseholdError):
    """`reason`: closed (it is already), open (it is not closed), erased (nobody is left of it)."""


class NothingToChange(HouseholdError):
    """All is already as it was asked for."""

    def __init__(self) -> None:
        super().__init__("nothing_to_change")


class NotLocked(HouseholdError):
    def __init__(self) -> None:
        super().__init__("not_locked")


class NotSuspended(HouseholdError):
    def __init__(self) -> None:
        super().__init__("not_suspended")


class Suspended(HouseholdError):
    """The holder has paused the person: a link that lets them in is of no use before that ends."""

    def __init__(self) -> None:
        super().__init__("suspended")


class EndIsPast(HouseholdError):
    """What is to end by itself would have ended already."""

    def __init__(self) -> None:
        super().__init__("end_is_past")


class NotUndoable(HouseholdError):
    """`reason`: unknown, too_old, undone, not_undoable."""


class ChangedSince(HouseholdError):
    """What the change made is no longer so: undoing it would undo something later too."""

    def __init__(self) -> None:
        super().__init__("changed_since")


class PasskeyWanted(HouseholdError):
    """The holder has a passkey, and has not used it yet in the session that acts."""

    def __init__(self) -> None:
        super().__init__("passkey_wanted")


class AlreadyGranted(HouseholdError):
    """The person has every service that they ask for."""

    def __init__(self) -> None:
        super().__init__("already_granted")


class RemindedAlready(HouseholdError):
    """The holder was reminded today; `again_at` is when the next reminder may go."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__("reminded_already")
        self.again_at = again_at


class RequestGone(HouseholdError):
    """Decided, expired, or never there."""

    def __init__(self) -> None:
        super().__init__("request_gone")


class AccountError(Refusal):
    """Something on a page about one's own account was refused."""


class LinkVoid(AccountError):
    """Unknown, expired, used, or made void by something newer."""

    def __init__(self) -> None:
        super().__init__("link_void")


class NoSuchPasskey(AccountError):
    """Not the person's own, or removed already; to keep: not about to be removed.

    To confirm with: also one that was added beside another less than a day ago.
    """

    def __init__(self) -> None:
        super().__init__("no_such_passkey")


class PasskeyTaken(AccountError):
    """A device answered with a passkey that is registered, here or for somebody else."""

    def __init__(self) -> None:
        super().__init__("passkey_taken")


class PasskeyReplayed(AccountError):
    """An answer to a challenge that is older than the passkey's last use."""

    def __init__(self) -> None:
        super().__init__("passkey_replayed")


class InvalidUsername(AccountError):
    """`reason`: length, characters."""


class UsernameTaken(AccountError):
    def __init__(self) -> None:
        super().__init__("username_taken")


class ServiceRefused(Refusal):
    """`subject` is the code, name or word that was refused, `meant` the service that has it.

    `reason`: unknown, retired, taken, code (its form), empty, too_long, characters.
    """

    def __init__(self, reason: str, subject: str, meant: str = "") -> None:
        super().__init__(reason)
        self.subject = subject
        self.meant = meant


class DatabaseAwayError(Exception):
    """Nobody answers at the database's address, or its file cannot be opened."""


class KeyRefused(Refusal):
    """The secret key called `subject` cannot be used with this database.

    `reason`: misfit, missing, reused, short, guessable, published.
    """

    def __init__(self, reason: str, subject: str) -> None:
        super().__init__(reason)
        self.subject = subject


class Overtaken(Refusal):
    """Somebody else has just made the same household, or taken the same user name: try again."""

    def __init__(self) -> None:
        super().__init__("overtaken")


class ImportRefused(Refusal):
    """A record of an import file cannot be applied; `subject` says which."""

    def __init__(self, subject: str, reason: str) -> None:
        super().__init__(reason)
        self.subject = subject
