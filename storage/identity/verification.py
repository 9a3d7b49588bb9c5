"""What follows from a proof: the session, the linked chat, the audit entry and the notice."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Table, func, select

from storage.audit.chain import Audit, Signature
from storage.households.members import Members, holder_of
from storage.identity.links import Links
from storage.identity.sessions import Session, Sessions
from storage.identity.tables import chat_link, one_time_code, sign_in_link, verified_session
from storage.limits import DISOWNED_FOR, HALF_LASTS
from storage.messages.chat_events import ChatEvents
from storage.messages.outbox import Outbox
from storage.names import called
from storage.statements import insert_once
from storage.transaction import Repository, part

Proof = Literal["code", "link"]
"""A code that was mailed, or a sign-in on the page behind a link."""


@dataclass(frozen=True, slots=True)
class Redemption:
    """The judgement of a code or a number that was typed in a chat.

    "void" is expired, used, superseded, out of tries, or never asked for; "half" is right, where
    another proof is demanded besides, and then `username` says whose; "spent": the chat has
    used up its guesses, and nothing more is judged; "suspended" is right, of somebody whom the
    holder has paused: nothing begins.
    """

    outcome: Literal["verified", "half", "wrong", "void", "spent", "suspended"]
    tries_left: int
    session: Session | None
    username: str | None = None


VOID = Redemption("void", 0, None)
SPENT = Redemption("spent", 0, None)
SUSPENDED = Redemption("suspended", 0, None)


class Verification(Repository):
    _members = part(Members)
    _sessions = part(Sessions)
    _links = part(Links)
    _audit = part(Audit)
    _outbox = part(Outbox)
    _chat_events = part(ChatEvents)

    def proved(
        self, by: Proof, member_id: int, conversation_id: int, person_id: str, chat: str
    ) -> Redemption:
        """Begin the session of somebody whose proof was just accepted, if no other is missing."""
        person = self._members.get(member_id)
        if person is not None and person.status == "suspended":
            return SUSPENDED
        counterpart = one_time_code if by == "link" else sign_in_link
        both = self.transaction.demand == "both"
        if both and not self._has(counterpart, member_id, conversation_id, person_id):
            return Redemption("half", 0, None, person.username if person else None)
        session = self._open(member_id, conversation_id, person_id, chat)
        return Redemption("verified", 0, session)

    def _has(self, proof: Table, member_id: int, conversation_id: int, person_id: str) -> bool:
        """Has the same person given that proof here, since the last session and not long ago?"""
        begun = select(func.max(verified_session.c.created_at)).where(
            verified_session.c.conversation_id == conversation_id
        )
        last = self._connection.scalar(begun)
        since = self._clock() - HALF_LASTS
        by_whom = proof.c.person_id if proof is sign_in_link else proof.c.used_by
        given = select(proof.c.id).where(
            proof.c.conversation_id == conversation_id,
            proof.c.member_id == member_id,
            by_whom == person_id,
            proof.c.voided_at.is_(None),
            proof.c.used_at > (since if last is None else max(since, last)),
        )
        return self._connection.scalar(given.limit(1)) is not None

    def _open(self, member_id: int, conversation_id: int, person_id: str, chat: str) -> Session:
        session = self._sessions.open(
            member_id=member_id, conversation_id=conversation_id, person_id=person_id, chat=chat
        )
        self._link(conversation_id, member_id)
        by = Signature(session.role, session.member_id, session.id)
        self._audit.done(session.household_id, by, "verified")
        self._tell_holder(session, chat)
        return session

    def is_blocked(self, conversation_id: int, member_id: int) -> bool:
        """Was this chat disowned by the account within the last day?"""
        statement = select(chat_link.c.id).where(
            chat_link.c.conversation_id == conversation_id,
            chat_link.c.member_id == member_id,
            chat_link.c.disowned_at > self._clock() - DISOWNED_FOR,
        )
        return self._connection.scalar(statement) is not None

    def disown(self, conversation_id: int, member_id: int) -> None:
        """End the chat's sessions, unlink it, and keep it off the account for a day."""
        now = self._clock()
        self._sessions.end(conversation_id)
        self._connection.execute(
            chat_link.update()
            .where(chat_link.c.conversation_id == conversation_id)
            .where(chat_link.c.member_id == member_id)
            .values(unlinked_at=now, disowned_at=now)
        )

    def _link(self, conversation_id: int, member_id: int) -> None:
        """Remember the account for notices; a chat is linked to one at a time."""
        now = self._clock()
        of_chat = chat_link.c.conversation_id == conversation_id
        self._connection.execute(
            chat_link.update()
            .where(of_chat, chat_link.c.member_id != member_id, chat_link.c.unlinked_at.is_(None))
            .values(unlinked_at=now)
        )
        pair = {"conversation_id": conversation_id, "member_id": member_id}
        if insert_once(self._connection, chat_link, {**pair, "linked_at": now}) is None:
            self._connection.execute(
                chat_link.update()
                .where(of_chat, chat_link.c.member_id == member_id)
                .values(linked_at=now, unlinked_at=None, disowned_at=None)
            )

    def _tell_holder(self, session: Session, chat: str) -> None:
        people = self._members.of(session.household_id)
        holder = holder_of(people)
        who = next(person for person in people if person.id == session.member_id)
        when = session.created_at.isoformat()
        self._outbox.mail(
            "verification_notice",
            to=holder.email,
            language=holder.language,
            member_id=holder.id,
            parameters={
                "first_name": holder.first_name,
                "who": who.name,
                "chat": chat,
                "when": when,
            },
            secrets={"not_me_url": self._links.issue("not_me", who.id, session_id=session.id)},
        )
        self._chat_events.tell(
            holder.id,
            "pattern_verification_notice",
            {"who": called(who, people, whole=True, private=True), "when": {"time": when}},
            except_conversation=session.conversation_id,
        )
