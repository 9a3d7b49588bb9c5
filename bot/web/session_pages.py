"""Where somebody is signed in, and ending it one by one: `/account/sessions` (OWASP ASVS 7.5.2).

Chats that are linked to the account, and browsers that are signed in. Ending one takes the present
password: a browser that was left open must not be what puts out its owner.
"""

import re
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from bot.chats import chat_in_words
from bot.web.account_pages import SignedIn
from bot.web.hashing import Hashing
from bot.web.rendering import PageRenderer, Problems, go
from bot.web.visits import Visit
from storage.database import Database
from storage.identity.page_sessions import PageSession

FormField = Annotated[str, Form()]
_WHICH = re.compile(r"(chat|page) ([0-9]{1,15})")


class SessionPages:
    """Plain functions run in worker threads: the database and argon2 block."""

    def __init__(
        self, database: Database, renderer: PageRenderer, hashing: Hashing, signed_in: SignedIn
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._hashing = hashing
        self._signed_in = signed_in

    def add_to(self, router: APIRouter) -> None:
        seen = Depends(self._renderer.visits.of)
        ours = Depends(self._renderer.visits.checked())

        @router.get("/account/sessions")
        def show_sessions(visit: Visit = seen) -> Response:
            session = self._signed_in.session(visit)
            return go(visit, "sign-in") if session is None else self._list(visit, session, {})

        @router.post("/account/sessions")
        def end_session(
            visit: Visit = ours, present_password: FormField = "", end: FormField = ""
        ) -> Response:
            session = self._signed_in.session(visit)
            if session is None:
                return go(visit, "sign-in")
            return self._end(visit, session, present_password, end)

    def _list(self, visit: Visit, session: PageSession, problems: Problems) -> Response:
        with self._database.read() as uow:
            chats = uow.linked_chats.of(session.member_id)
            pages = uow.linked_chats.pages(session.member_id, visit.token)
        phrases = self._renderer.words.phrases
        return self._renderer.form(
            visit,
            "sessions",
            problems,
            chats=[
                (
                    chat.id,
                    chat.is_verified,
                    chat_in_words(chat.chat, phrases),
                    _when(chat.linked_at),
                )
                for chat in chats
            ],
            pages=[(page.id, page.is_this, _when(page.since)) for page in pages],
        )

    def _end(self, visit: Visit, session: PageSession, password: str, which: str) -> Response:
        with self._database.read() as uow:
            candidate = uow.sign_in.candidate_of(session.member_id)
        fits = self._hashing.fits(candidate.password_hash, password)
        with self._database.write() as uow:
            is_confirmed = uow.sign_in.confirm(candidate, fits=fits, browser=visit.browser)
            if is_confirmed and (chosen := _WHICH.fullmatch(which)):
                chats = uow.linked_chats
                end = {"chat": chats.end_chat, "page": chats.end_page}[chosen[1]]
                end(int(chosen[2]), session.member_id)
        if not is_confirmed:
            problems = {"present_password": "problem_present_password"}
            return self._list(visit, session, problems)
        return go(visit, "account/sessions")


def _when(moment: datetime) -> dict[str, Any]:
    iso = moment.isoformat()
    return {"date": {"date": iso}, "time": {"time": iso}}
