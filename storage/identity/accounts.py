"""What people do with their own account on the pages behind mailed links."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from string import ascii_lowercase

from sqlalchemy import select

from storage.audit.chain import Audit, Signature
from storage.errors import LinkVoid
from storage.households.actors import Self
from storage.households.changing import Changing
from storage.households.member_writer import MemberWriter
from storage.households.members import Member, Members
from storage.households.notices import Notices
from storage.identity.browsers import Browsers
from storage.identity.links import Links, LinkView
from storage.identity.page_sessions import PageSessions
from storage.identity.proofs import Proofs
from storage.identity.tables import verified_session
from storage.identity.verification import Verification
from storage.names import bare, clean_username, folded
from storage.transaction import Repository, part

SUGGESTIONS, SUGGESTED, SUGGESTED_LETTERS = 20, 3, 20


@dataclass(frozen=True, slots=True)
class Changed:
    """One change made in a disowned session; `target` is a first name, None once erased."""

    receipt: str
    action: str
    target: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Disowned:
    household_id: int
    chat: str
    changes: tuple[Changed, ...]


class Accounts(Repository):
    _members = part(Members)
    _change = part(Changing)
    _proofs = part(Proofs)
    _links = part(Links)
    _audit = part(Audit)
    _verification = part(Verification)
    _page_sessions = part(PageSessions)
    _notices = part(Notices)
    _browsers = part(Browsers)
    _people = part(MemberWriter)

    def suggestions(self, view: LinkView, token: str) -> tuple[str, ...]:
        """A few user names that are free, the same for as long as they are."""
        free = (
            name
            for name in self._own_names(view, token)
            if self._members.by_username(name) is None and not self._members.is_kept(name)
        )
        return tuple(islice(free, SUGGESTED))

    def may_choose(self, view: LinkView, token: str, username: str) -> bool:
        """May this name be looked up behind the invitation?

        Each name costs one of a few tries before anybody knows whether it is free, so that a form
        does not tell which there are; a suggestion costs none. Commit before `activate`.
        """
        own = {folded(name) for name in self._own_names(view, token)}
        return folded(username) in own or self._links.has_try(token)

    def _own_names(self, view: LinkView, token: str) -> Iterator[str]:
        """Names that nobody can foresee who has not got the link."""
        letters = "".join(letter for letter in bare(view.first_name) if letter in ascii_lowercase)
        for number in range(SUGGESTIONS):
            for digest in self._keys.token_digests(f"user name {number} of {token}"):
                yield f"{letters[:SUGGESTED_LETTERS] or 'user'}{int(digest[:8], 16) % 9000 + 1000}"

    def activate(self, token: str, *, username: str, password_hash: str) -> Member:
        """Choose the user name and the first password; the invited member becomes active.

        Raises LinkVoid, InvalidUsername or UsernameTaken (roll back then: end `write` by it).
        """
        view = self._links.peek(token, "activation")
        if view is None:
            raise LinkVoid
        name = clean_username(username)
        with self._change(Self(view.member_id, token), "activated", view.member_id) as done:
            self._members.change(view.member_id, username=name, status="active")
            self._links.use(token, "activation")
            self._proofs.set_password(view.member_id, password_hash)
            done.note(after={"username": name})
        return done.receipt.member

    def confirm_email(self, token: str) -> None:
        """Whoever has the link reads the mails at the address on file; raises LinkVoid."""
        view = self._links.peek(token, "email_confirmation")
        if view is None:
            raise LinkVoid
        with self._change(Self(view.member_id, token), "confirm_email", view.member_id):
            self._links.use(token, "email_confirmation")
            self._people.confirm(view.member_id)

    def disown(self, token: str) -> Disowned:
        """Put out the chat behind a verification that was not the account's own.

        Sessions on the pages end too: whoever verified may know the password. The holder is told.
        Returns what was changed in that session. Raises LinkVoid.
        """
        view = self._links.use(token, "not_me")
        chat = self._connection.execute(
            select(verified_session.c.conversation_id, verified_session.c.chat).where(
                verified_session.c.id == view.session_id
            )
        ).one()
        self._verification.disown(chat.conversation_id, view.member_id)
        self._proofs.void_proofs_of_chat(chat.conversation_id)
        self._page_sessions.end_of_member(view.member_id)
        self._browsers.forget(view.member_id)
        by = Signature("link", view.member_id, view.session_id)
        self._audit.done(view.household_id, by, "disowned")
        self._notices.disowned(view.household_id, view.member_id, chat.chat)
        assert view.session_id is not None, "a disowning link names its session"
        return Disowned(view.household_id, chat.chat, self._changes(view.session_id))

    def _changes(self, session_id: int) -> tuple[Changed, ...]:
        entries = self._audit.in_session(session_id)
        names = self._members.names([entry.target_member_id for entry in entries])
        called = {member_id: name.called for member_id, name in names.items()}
        return tuple(
            Changed(entry.receipt, entry.action, called.get(entry.target_member_id), entry.at)
            for entry in entries
        )
