"""The sign-in page as it opens inside the very chat that asks: `/app/…`.

The messenger says who has opened it, with every step: that is the session here, for such pages
get no cookie where they are framed. Nothing needs to be typed back; a link that is unknown, old,
used, or another person's gets one and the same page, and so does a false or an old opening.
"""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from bot.chats import chat_in_words
from bot.inside import Inside, Opening
from bot.texts import Phrases
from bot.web.account_pages import SignedIn
from bot.web.guards import same_site
from bot.web.rendering import PageRenderer, Problems
from bot.web.visits import Visit
from storage.database import Database
from storage.errors import LinkVoid
from storage.identity.sign_in_inside import AskingInside, Opener
from storage.limits import OPENING_LASTS, OPENING_SKEW

FormField = Annotated[str, Form()]


class InsidePages:
    """Plain functions run in worker threads: the database and argon2 block."""

    def __init__(
        self,
        database: Database,
        renderer: PageRenderer,
        signed_in: SignedIn,
        tasks: Phrases,
        inside: Inside,
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._signed_in = signed_in
        self._tasks = tasks
        self._inside = inside

    def add_to(self, router: APIRouter) -> None:
        seen = Depends(self._renderer.visits.of)

        @router.get("/app/{token}")
        def open_inside(token: str, visit: Visit = seen) -> Response:
            with self._database.read() as uow:
                asking = uow.sign_in_links.peek(token)
            if asking is None:
                return self._renderer.void(visit.passing())
            return self._page(visit, "inside")

        # What the messenger vouches for is the session, so that no cookie has to come along; whose
        # password it is counts as on the sign-in page, and the messenger's account is the device.
        @router.post("/app/{token}", dependencies=[Depends(same_site)])
        def sign_in_inside(
            token: str,
            visit: Visit = seen,
            opening: FormField = "",
            username: FormField = "",
            password: FormField = "",
        ) -> Response:
            opened = self._inside.opening(opening)
            asking = None if opened is None else self._asking(token, opened)
            if opened is None or asking is None:
                return self._renderer.void(visit.passing())
            shown = {**self._asked(asking, opened), "opening": opening, "username": username}
            if not (username or password):
                return self._form(visit, asking, {}, shown)
            member_id = self._signed_in.admit(username, password, self._device(opened))
            if member_id is None:
                return self._form(visit, asking, {"username": "problem_sign_in"}, shown)
            return self._prove(visit, token, opened, asking, member_id)

    def _asking(self, token: str, opened: Opening) -> AskingInside | None:
        """The chat that asks for this person, while their opening is fresh."""
        with self._database.read() as uow:
            fresh = is_fresh(opened.opened_at, uow.clock())
            return uow.sign_in_inside.peek(token, _opener(opened)) if fresh else None

    def _device(self, opened: Opening) -> str:
        """By what the messenger's account is known to whoever has signed in with it."""
        tokens = self._renderer.visits.keys.device_tokens(" ".join(opened.chat))
        with self._database.read() as uow:
            seen = uow.browsers.seen_before(tokens)
        if seen != tokens[0]:
            with self._database.write() as uow:
                uow.browsers.rename(seen, tokens[0])
        return tokens[0]

    def _prove(
        self, visit: Visit, token: str, opened: Opening, asking: AskingInside, member_id: int
    ) -> Response:
        try:
            with self._database.write() as uow:
                uow.sign_in_inside.prove(token, _opener(opened), member_id)
        except LinkVoid:
            return self._renderer.void(visit.passing())
        return self._page(visit, "inside_done", language=_language(visit, asking))

    def _form(
        self, visit: Visit, asking: AskingInside, problems: Problems, values: dict[str, Any]
    ) -> Response:
        return self._renderer.form(
            visit.passing(),
            "inside_form",
            problems,
            language=_language(visit, asking),
            again=False,
            script=self._inside.script,
            **values,
        )

    def _page(self, visit: Visit, name: str, language: str | None = None) -> Response:
        script = self._inside.script
        return self._renderer.page(
            visit.passing(), name, language=language, again=False, script=script
        )

    def _asked(self, asking: AskingInside, opened: Opening) -> dict[str, Any]:
        return {
            "chat": chat_in_words(asking.chat, self._renderer.words.phrases),
            "task": self._tasks.get(asking.task, {"response": "chat_unnamed_task"}),
            "until": {"time": asking.expires_at.isoformat()},
            "opener": opened.name,
        }


def is_fresh(opened_at: datetime, now: datetime) -> bool:
    """Whether a page was opened a moment ago; clocks may differ a little."""
    return -OPENING_SKEW <= now - opened_at <= OPENING_LASTS


def _language(visit: Visit, asking: AskingInside) -> str:
    """That of the chat: the page is a part of it."""
    return asking.language or visit.language()


def _opener(opened: Opening) -> Opener:
    return Opener(*opened.chat, opened.person_id, opened.key)
