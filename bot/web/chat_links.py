"""The page behind a link that a chat asked for: sign in, then type a number back in that chat.

Looking at it changes nothing. Only whoever signed in behind the link sees the number, in that
browser; a link that is unknown, old, used, or another person's gets one and the same page.
"""

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from bot.chats import chat_in_words
from bot.texts import Phrases
from bot.web.account_pages import SignedIn
from bot.web.rendering import PageRenderer, Problems, go
from bot.web.visits import Visit
from storage.database import Database
from storage.errors import LinkVoid
from storage.identity.page_sessions import PageSession
from storage.identity.sign_in_links import AskingChat
from storage.limits import SIGN_IN_NUMBER_DIGITS

FormField = Annotated[str, Form()]
HALF = SIGN_IN_NUMBER_DIGITS // 2


class ChatLinks:
    """Plain functions run in worker threads: the database and argon2 block."""

    def __init__(
        self, database: Database, renderer: PageRenderer, signed_in: SignedIn, tasks: Phrases
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._signed_in = signed_in
        self._tasks = tasks

    def add_to(self, router: APIRouter) -> None:
        seen = Depends(self._renderer.visits.of)
        ours = Depends(self._renderer.visits.checked())

        @router.get("/link/{token}")
        def show_link(token: str, visit: Visit = seen) -> Response:
            session = self._signed_in.session(visit)
            asking, number = self._look(token, session)
            if asking is None:
                return self._renderer.void(visit)
            if number is not None:
                return self._number(visit, asking, number)
            return self._form(visit, asking, {}, session, link=token)

        @router.post("/link/{token}")
        def claim(
            token: str, visit: Visit = ours, username: FormField = "", password: FormField = ""
        ) -> Response:
            session = self._signed_in.session(visit)
            asking, _ = self._look(token, session)
            if asking is None:
                return self._renderer.void(visit)
            if session is not None:
                return self._claim(visit, token, visit.token)
            entered = self._signed_in.enter(visit, username, password)
            if entered is None:
                problems = {"username": "problem_sign_in"}
                return self._form(visit, asking, problems, None, username, link=token)
            response = self._claim(visit, token, entered)
            self._renderer.visits.welcome(response, visit, entered)
            return response

    def _look(
        self, token: str, session: PageSession | None
    ) -> tuple[AskingChat | None, str | None]:
        """The chat that asks, and the number, each if this browser may see it."""
        with self._database.read() as uow:
            asking = uow.sign_in_links.peek(token)
            if asking is None or asking.page_session_id is None:
                return asking, None
            number = uow.sign_in_links.number(token, session.id) if session else None
            return (asking if number else None), number

    def _claim(self, visit: Visit, token: str, session_token: str) -> Response:
        with suppress(LinkVoid), self._database.write() as uow:
            session = uow.page_sessions.live(session_token)
            if session is not None:
                uow.sign_in_links.claim(
                    token, member_id=session.member_id, page_session_id=session.id
                )
                return go(visit, f"link/{token}")
        return self._renderer.void(visit)

    def _form(
        self,
        visit: Visit,
        asking: AskingChat,
        problems: Problems,
        session: PageSession | None,
        username: str = "",
        *,
        link: str,
    ) -> Response:
        return self._renderer.form(
            visit,
            "link",
            problems,
            **self._chat(asking),
            username=username,
            link=link,
            first_name=self._first_name(session),
        )

    def _number(self, visit: Visit, asking: AskingChat, number: str) -> Response:
        shown = f"{number[:HALF]} {number[HALF:]}"
        return self._renderer.page(visit, "link_number", **self._chat(asking), number=shown)

    def _chat(self, asking: AskingChat) -> dict[str, Any]:
        return {
            "chat": chat_in_words(asking.chat, self._renderer.words.phrases),
            "task": self._tasks.get(asking.task, {"response": "chat_unnamed_task"}),
            "until": {"time": asking.expires_at.isoformat()},
        }

    def _first_name(self, session: PageSession | None) -> str | None:
        if session is None:
            return None
        with self._database.read() as uow:
            members = uow.households.of(session.household_id).members
        return next(member.first_name for member in members if member.id == session.member_id)
