"""Every kind of change of a household: who makes it, who hears of it, and what takes it back.

Its words are found by its name: `text_history` in `bot/tasks/show_history/flow.yml`, and
`change_…` in `bot/web/pages.yml` where somebody makes it in a chat.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from storage.households.actors import Actor, Holder, Operator, Secondary, Self, System
from storage.households.differences import (
    When,
    always,
    differ,
    is_back,
    is_gone,
    is_invited_anew,
    is_locked,
    is_mailbox_lost,
    is_resumed,
    is_suspended,
    is_unconfirmed_anew,
    is_unlocked,
)
from storage.households.member_writer import MemberWriter
from storage.identity.links import LinkKind

Undo = Callable[[MemberWriter, int, Mapping[str, Any]], None]
"""What takes a change of a member back, by the former values of what it changed."""

PROFILE = ("first_name", "last_name", "email", "language", "role", "household_id")
"""What a notice about a profile names when it has changed."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A template of `mails.yml`, to whom it goes, and after which difference of the person.

    Without `when` the change queues it itself, with values that only it knows. A "person" hears
    of it at every address that is theirs now, "both addresses" are those before the change too.
    """

    template: str
    when: When | None = None
    to: Literal[
        "person", "both addresses", "new address", "proved address", "former addresses", "holder"
    ] = "person"


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change.

    `about`: "secondary" is somebody whom the holder sees, and anybody else is refused as not
    there; "person" is who was named, there or not; "request" is a wish that the holder answers.
    """

    name: str
    by: type[Actor]
    about: Literal["secondary", "person", "request"] = "person"
    mails: tuple[Mail, ...] = ()
    undo: Undo | None = None
    final: str = ""
    """Why nothing takes it back."""
    entered_as: str = ""
    """What the audit calls it, if not by its name."""
    link: LinkKind | None = None
    """The kind of mailed link that proves who makes it, if any does."""
    passkey: When | None = None
    """After which difference of the person it waits for the passkey of whoever makes it.

    Only of somebody who has one. Nothing that takes access away, or a change back, ever waits.
    """


_INVITATION = Mail("activation", is_invited_anew)
_RESTORED = Mail("restored", is_back)
_DELETED = Mail("deleted", is_gone)
_RIGHTS = Mail("rights_changed", differ("services", "ends", "pauses"))
_SUSPENDED = Mail("suspended", is_suspended)
_RESUMED = Mail("resumed", is_resumed)
_MAILBOX_LOST = Mail("mailbox_lost", is_mailbox_lost)
_PROFILE = Mail("profile_changed", differ(*PROFILE), "both addresses")
_CONFIRMATION = Mail("email_confirmation", is_unconfirmed_anew, "new address")
_LOCKED = Mail("locked", is_locked)
_UNLOCKED = Mail("unlocked", is_unlocked)
_REQUEST = Mail("access_request", to="holder")
_LINK = (
    Mail("activation"),
    Mail("password_reset", to="proved address"),
    Mail("password_reset_notice", to="former addresses"),
)
_DECLINED = (Mail("access_declined"), Mail("access_partly_declined"))
_IMPORTED = (
    Mail("profile_changed", differ("email", "role", "household_id"), "both addresses"),
    _RIGHTS,
    _LOCKED,
    _UNLOCKED,
    _RESUMED,
    Mail("password_changed"),
)

CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        change.name: change
        for change in (
            Change("create", Holder, mails=(_INVITATION,), undo=MemberWriter.remove),
            Change("rights", Holder, "secondary", mails=(_RIGHTS,), undo=MemberWriter.rewrite),
            Change(
                "edit",
                Holder,
                "secondary",
                mails=(_PROFILE, _INVITATION, _CONFIRMATION, _MAILBOX_LOST),
                undo=MemberWriter.rewrite,
                passkey=differ("email", "email_counts_at"),
            ),
            Change("reset_link", Holder, "secondary", mails=_LINK, undo=MemberWriter.void_links),
            Change(
                "unlock",
                Holder,
                "secondary",
                mails=(_UNLOCKED,),
                final="a lock is nobody's wish, and the next failed tries bring it back",
            ),
            Change(
                "suspend", Holder, "secondary", mails=(_SUSPENDED,), undo=MemberWriter.stand_again
            ),
            Change("resume", Holder, "secondary", mails=(_RESUMED,), undo=MemberWriter.stand_again),
            Change(
                "delete",
                Holder,
                "secondary",
                mails=(_DELETED,),
                undo=MemberWriter.restore,
                passkey=is_gone,
            ),
            Change(
                "undo",
                Holder,
                mails=(
                    _DELETED,
                    _RESTORED,
                    _RIGHTS,
                    _PROFILE,
                    _INVITATION,
                    _CONFIRMATION,
                    _SUSPENDED,
                    _RESUMED,
                ),
                final="an undo is not undone",
            ),
            Change(
                "decide_request",
                Holder,
                "request",
                mails=_DECLINED,
                final="whoever asked has the answer; what it gave is a change of rights",
            ),
            Change(
                "request_access",
                Secondary,
                "request",
                mails=(_REQUEST,),
                final="it is withdrawn by `withdraw_request`",
            ),
            Change(
                "change_request",
                Secondary,
                "request",
                mails=(_REQUEST, Mail("access_reduced", to="holder")),
                final="it is withdrawn by `withdraw_request`",
            ),
            Change(
                "remind_request",
                Secondary,
                "request",
                mails=(Mail("access_reminder", to="holder"),),
                final="the mail has left, and the request is as it was",
            ),
            Change(
                "withdraw_request",
                Secondary,
                "request",
                mails=(Mail("access_withdrawn", to="holder"),),
                final="it is asked for anew",
            ),
            Change(
                "ask_to_leave",
                Secondary,
                "request",
                mails=(Mail("leave_request", to="holder"),),
                final="nothing has changed: the holder lets them go by `delete`, or does not",
            ),
            Change(
                "activated",
                Self,
                final="the account is the person's own from here on",
                link="activation",
            ),
            Change(
                "own_password",
                Self,
                mails=(Mail("password_changed", always),),
                final="of the former password nothing is kept",
                link="reset",
            ),
            Change(
                "confirm_email",
                Self,
                final="that a mailbox is read stays known",
                link="email_confirmation",
            ),
            Change("own_unlock", Self, final="as `unlock`"),
            Change(
                "add_passkey",
                Self,
                mails=(Mail("passkey_added", always),),
                final="whoever has it removes it",
            ),
            Change(
                "remove_passkey",
                Self,
                mails=(Mail("passkey_removed", always),),
                final="for a day it is kept by `keep_passkey`",
            ),
            Change(
                "keep_passkey",
                Self,
                mails=(Mail("passkey_kept", always),),
                final="it is removed by `remove_passkey`",
            ),
            Change(
                "end_passkey",
                Operator,
                mails=(Mail("passkey_ended", always),),
                final="whoever finds it again adds it anew",
            ),
            Change(
                "lock",
                System,
                mails=(_LOCKED,),
                final="it is ended by `unlock` or a new password",
            ),
            Change(
                "end_suspension",
                System,
                mails=(_RESUMED, Mail("suspension_ended", to="holder")),
                final="it lasted as long as the holder had said",
            ),
            Change(
                "end_rights",
                System,
                mails=(_RIGHTS, Mail("access_ended", to="holder")),
                final="it lasted as long as the holder had said",
            ),
            Change(
                "end_pause",
                System,
                mails=(_RIGHTS, Mail("pause_ended", to="holder")),
                final="it lasted as long as the holder had said",
            ),
            Change("expire", System, "request", final="it is asked for anew"),
            Change("sweep", System, final="nothing is left", entered_as="erase"),
            Change("erase", Operator, final="nothing is left"),
            Change("export", Operator, final="nothing has changed: what is kept was handed out"),
            Change(
                "retire_service",
                Operator,
                mails=(_RIGHTS,),
                final="what is no longer offered is nobody's to give back",
            ),
            Change(
                "close", Operator, mails=(Mail("closed"),), final="it is taken back by `reopen`"
            ),
            Change(
                "reopen",
                Operator,
                mails=(Mail("restored"), Mail("activation")),
                final="it is taken back by `close`",
            ),
            Change(
                "import",
                Operator,
                mails=_IMPORTED,
                final="the file that said so is the operator's",
            ),
        )
    }
)
UNDOABLE = frozenset(name for name, change in CHANGES.items() if change.undo is not None)
