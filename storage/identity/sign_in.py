"""Signing in on the pages, and the own password: changed, chosen anew.

A password is compared outside of any transaction, because that takes tens of milliseconds, so
everything happens in three steps: `candidate` (read), `credentials.verify` (no database), and
the judgement (write), which checks again that nothing has changed meanwhile.
"""

from dataclasses import dataclass, field

from sqlalchemy import select

from storage.audit.chain import Audit
from storage.errors import LinkVoid
from storage.households.actors import Self
from storage.households.authority import Authority
from storage.households.changing import Changing
from storage.households.members import Member, Members
from storage.identity.browsers import Browsers
from storage.identity.links import Links
from storage.identity.lockout import Lockout
from storage.identity.page_sessions import PageSessions
from storage.identity.proofs import Proofs
from storage.identity.tables import credential
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who somebody says they are, and what their password has to fit; neither may exist."""

    username: str
    member_id: int | None
    password_hash: str | None = field(repr=False)


class SignIn(Repository):
    _members = part(Members)
    _authority = part(Authority)
    _change = part(Changing)
    _proofs = part(Proofs)
    _links = part(Links)
    _lockout = part(Lockout)
    _page_sessions = part(PageSessions)
    _audit = part(Audit)
    _browsers = part(Browsers)

    def candidate(self, username: str) -> Candidate:
        """A name that nobody has makes a candidate too: it is treated the same.

        So is that of somebody suspended: their password opens nothing, and no try of theirs locks.
        """
        person = self._members.by_username(username)
        is_let_in = person is not None and person.status != "suspended"
        return self._candidate(username, person.id if person and is_let_in else None)

    def candidate_of(self, member_id: int) -> Candidate:
        """Of somebody who is signed in and types their present password."""
        person = self._members.get(member_id)
        return self._candidate(str(person.username) if person else "", member_id)

    def enter(self, candidate: Candidate, *, fits: bool, browser: str = "") -> str | None:
        """Judge a try: the token of a new page session, or None, whatever the reason was.

        `browser` is the token by which it is known from now on, and may be known already.
        """
        member_id = self.admit(candidate, fits=fits, browser=browser)
        return None if member_id is None else self._page_sessions.open(member_id)

    def admit(self, candidate: Candidate, *, fits: bool, browser: str = "") -> int | None:
        """Judge a try as `enter` does, where no page session follows: whose password it was."""
        member_id = candidate.member_id
        if not self._may_enter(candidate, fits=fits, browser=browser) or member_id is None:
            self._failed(candidate, browser)
            return None
        self._lockout.succeeded(candidate.username, member_id)
        self._browsers.remember(browser, member_id)
        return member_id

    def confirm(self, candidate: Candidate, *, fits: bool, browser: str) -> bool:
        """Was it really their present password? A wrong one counts like a failed sign-in."""
        if self._may_enter(candidate, fits=fits, browser=browser):
            return True
        self._failed(candidate, browser)
        return False

    def change_password(
        self,
        actor: Self,
        candidate: Candidate,
        *,
        fits: bool,
        password_hash: str,
        browser: str = "",
    ) -> str | None:
        """Replace the own password; all sessions end, and a new one begins under a new token.

        None when the present password was wrong, which counts like a failed sign-in. Raises
        NotAuthorised.
        """
        self._authority.check(actor, "own_password")
        if not self.confirm(candidate, fits=fits, browser=browser):
            return None
        self._browsers.remember(browser, actor.member_id)
        self._set(actor, password_hash)
        return self._page_sessions.open(actor.member_id)

    def reset(self, token: str, *, password_hash: str) -> Member:
        """Choose a new password by a mailed link, which also frees the own lock.

        Raises LinkVoid.
        """
        view = self._links.peek(token, "reset")
        if view is None:
            raise LinkVoid
        self._set(Self(view.member_id, token), password_hash, by_link=True)
        return self._members.present(view.member_id)

    def _set(self, actor: Self, password_hash: str, *, by_link: bool = False) -> None:
        with self._change(actor, "own_password", actor.member_id) as done:
            if by_link:
                self._links.use(actor.token, "reset")
            self._proofs.set_password(actor.member_id, password_hash)
        if self._lockout.free(actor.member_id):
            by = done.mandate
            self._audit.done(by.household_id, by.signature, "own_unlock", target=actor.member_id)

    def _candidate(self, username: str, member_id: int | None) -> Candidate:
        kept = select(credential.c.password_hash).where(credential.c.member_id == member_id)
        return Candidate(username, member_id, self._connection.scalar(kept))

    def _may_enter(self, candidate: Candidate, *, fits: bool, browser: str) -> bool:
        """A lock or a new password that was faster than this try counts.

        A lock is for browsers that are not known: whoever guesses shuts out only those. A name
        that nobody has is looked up in the same places.
        """
        locked = self._lockout.is_locked(candidate.member_id)
        known = self._browsers.knows(browser, candidate.member_id)
        return fits and (known or not locked) and self._is_current(candidate)

    def _failed(self, candidate: Candidate, browser: str) -> None:
        member_id = candidate.member_id
        if self._browsers.knows(browser, member_id) and member_id is not None:
            self._browsers.failed(browser, member_id)
        else:
            self._lockout.failed(candidate.username, member_id)

    def _is_current(self, candidate: Candidate) -> bool:
        return self.candidate(candidate.username) == candidate
