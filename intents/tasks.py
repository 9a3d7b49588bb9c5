"""Which task a verb means, by what it is about: "remove" a person or a service, "send" a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

GRANT, REVOKE, SET = "grant", "revoke", "set"
CHANGE = "change_rights"
NAMES = frozenset({"name", "first_name", "last_name"})
PROFILE = NAMES | {"email", "language"}
"""What a profile is made of."""


@dataclass(frozen=True, slots=True)
class About:
    """What stands beside a verb."""

    services: bool
    access: bool
    """Access itself, all of it or none of it, without a service by name."""
    people: bool
    off: bool
    """Whether somebody is to leave: "off my account"."""
    indirect: bool
    """Whether people are whom something is given to or taken from: "à Rose", "from her", "lui"."""
    stays: bool
    """Whether it is about being on the account, without a service."""
    newcomer: bool
    """Somebody who is not on the account: an address, an unknown name, "somebody"."""
    fields: frozenset[str]
    somebody: bool = False
    """Whether only "somebody" or "two people" is said, so that whom has to be asked."""
    in_stead: bool = False
    """Whether somebody new, who has an address, takes a place."""
    ends: bool = False
    """Whether all that somebody has is to be gone for a time: nobody is removed until Sunday."""


TAKING = frozenset({"remove", "delete", "let_not"})
"""What takes access away, where there is something to take."""
SENDS_AWAY = frozenset({"delete_user", "suspend_user"})
"""Tasks after which somebody cannot come in any more."""
LEAVING = frozenset({"keep", "give"})
"""What somebody is left as they are with; "let" and "laisse" are verbs that give."""
Task = tuple[str, str]
"""A task, and for access whether it is given, taken or set."""


_ENDING = frozenset({"lift", "remove", "delete", "undo", "withdraw"})
"""What is done to a suspension, or to a lock, so that it is over."""
_SETTING = frozenset({"give", "add", "change"})
"""What is done to a suspension so that it begins, or ends at another time."""


def task_of(act: str, about: About) -> Task | None:
    """Return the task that a verb wishes for; None where the verb alone says too little."""
    if "suspension" in about.fields and act in _ENDING:
        return ("resume_user", "")
    if "suspension" in about.fields and act in _SETTING:
        return ("suspend_user", "")  # "extend her suspension to a week"
    if "lockout" in about.fields and act in _ENDING:
        return ("unlock_user", "")
    if "end" in about.fields and act in _ENDING:
        return None  # who has something until a day loses nothing by it
    rule = _RULES.get(act)
    return rule(about) if rule else None


def _takes(about: About) -> Task | None:
    if "invitation" in about.fields and not about.people:
        return None
    if about.ends and about.people:
        return ("suspend_user", "")
    off = "account" in about.fields and not about.services
    if about.indirect and not off:
        return (CHANGE, REVOKE)
    if (about.services or about.access) and not off:
        return (CHANGE, REVOKE)
    return ("delete_user", "")


def _removes(about: About) -> Task | None:
    task = _takes(about)
    known = about.people or about.services or about.access or about.newcomer
    return task if known or "account" in about.fields else None


def _gives(about: About) -> Task | None:
    if "account" in about.fields and about.off and not about.services:
        return ("delete_user", "")
    if about.in_stead:
        return ("create_user", "")  # "my sister can have his spot: Maya Haddad, …"
    if about.services or about.access:
        return (CHANGE, GRANT)
    if "password" in about.fields:
        return ("reset_password", "")
    if "invitation" in about.fields:
        return ("resend_invitation", "")
    if about.newcomer and "account" in about.fields:
        return ("create_user", "")  # "include my brother Declan Byrne on this account"
    return (CHANGE, GRANT) if about.people and not about.newcomer else None


def _adds(about: About) -> Task | None:
    others = about.services or about.access or about.newcomer
    if "password" in about.fields and about.people and not others:
        return ("reset_password", "")  # "mets le mot de passe de Kevin à …"
    known = about.services or about.access or about.people
    return (CHANGE, GRANT) if known and not about.newcomer else ("create_user", "")


def _opens(about: About) -> Task | None:
    return (CHANGE, GRANT) if about.services else ("unlock_user", "")


def _locks(about: About) -> Task | None:
    if about.services:
        return (CHANGE, REVOKE)
    known = about.people or about.somebody or about.fields & {"account", "access"}
    return ("suspend_user", "") if known else None


def _resumes(about: About) -> Task | None:
    if about.services:
        return (CHANGE, GRANT)
    known = about.people or about.fields & {"account", "access"}
    return ("resume_user", "") if known else None


def _sends(about: About) -> Task | None:
    if "invitation" in about.fields:
        return ("resend_invitation", "")
    if about.fields & {"password", "link"}:
        return ("reset_password", "")
    return None


def _replaces(about: About) -> Task | None:
    if about.access and about.services:
        return (CHANGE, SET)  # "replace his access with the TV"
    if "email" in about.fields:
        return ("edit_profile", "")
    comes = about.people and about.newcomer  # not in "the swap is between Kevin and Jo"
    return ("replace_user", "") if comes else None


def _reminds(about: About) -> Task | None:
    if "invitation" in about.fields:
        return ("resend_invitation", "")
    asks = about.services or about.access
    return ("request_access", "") if asks else ("request_status", "remind")


def _changes(about: About) -> Task | None:
    if about.access:
        return (CHANGE, "")
    if "password" in about.fields:
        return ("reset_password", "")
    return ("edit_profile", "") if about.fields & PROFILE else None


ACTS: Mapping[str, frozenset[str]] = {
    "delete_user": frozenset({"delete", "remove"}),
    "change_rights": frozenset(
        {"give", "open", "remove", "let_not", "add", "keep", "lock", "delete", "use", "change"}
    ),
    "unlock_user": frozenset({"unlock", "unblock", "open"}),
    "suspend_user": frozenset({"lock", "shut_out"}),
    "resume_user": frozenset({"resume", "let_back", "lift", "unlock", "unblock", "open"}),
    "reset_password": frozenset({"reset", "send", "resend", "give", "change"}),
    "resend_invitation": frozenset({"send", "resend"}),
    "edit_profile": frozenset({"change", "rename"}),
    "leave_account": frozenset({"delete", "remove", "keep", "give"}),
    "create_user": frozenset({"add", "give", "remove", "use", "keep", "change"}),
    "undo_change": frozenset({"undo"}),
    "request_access": frozenset({"ask", "give", "add", "remove", "use"}),
    "request_status": frozenset({"withdraw", "ask", "remind"}),
}
"""The verbs that can be about a task: another one says that something else is meant."""


_RULES: Mapping[str, Callable[[About], Task | None]] = {
    "delete": _takes,
    "remove": _removes,
    "let_not": lambda about: (CHANGE, REVOKE) if about.services or about.access else None,
    "give": _gives,
    "add": _adds,
    "unlock": _opens,
    "unblock": _opens,
    "lock": _locks,
    "shut_out": lambda about: None if about.services else ("suspend_user", ""),
    "resume": _resumes,
    "let_back": lambda about: None if about.services else ("resume_user", ""),
    "reset": lambda _: ("reset_password", ""),
    "send": _sends,
    "resend": lambda about: _sends(about) or ("resend", ""),
    "change": _changes,
    "keep": lambda about: ("delete_user", "") if about.people and about.stays else None,
    "limit": lambda about: (CHANGE, SET) if about.services else None,
    "rename": lambda _: ("edit_profile", ""),
    "replace": _replaces,
    "ask": lambda about: ("request_access", "") if about.services or about.access else None,
    "undo": lambda _: ("undo_change", ""),
    "approve": lambda _: ("decide_request", "approve"),
    "decline": lambda _: ("decide_request", "decline"),
    "withdraw": lambda _: ("request_status", "withdraw"),
    "remind": _reminds,
}
