"""The page behind "This was not agreed": `/not-agreed/…`, with a token that stands in a mail.

Looking at it changes nothing (mail programs open links to check them); its form tells support, once
for each mail. In the household nothing changes, and nobody of it is told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse

from bot.texts import Phrases
from bot.web.guards import same_site
from bot.web.rendering import PageRenderer
from bot.web.visits import Visit
from storage.database import Database
from storage.errors import LinkVoid
from storage.handoff.objections import Objection
from storage.limits import OBJECTION_WORDS
from storage.messages.objection_links import ToldOf
from storage.unit_of_work import UnitOfWork

Words = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Objecting:
    """What mails tell, by kind, and who is told that somebody did not agree."""

    notices: Phrases
    tell: Callable[[UnitOfWork, Objection], None]
    mask: Callable[[str], str]
    """Hides what is private in words of somebody's own before they are kept."""


class ObjectionPages:
    """Plain functions run in worker threads: the database blocks."""

    def __init__(self, database: Database, renderer: PageRenderer, objecting: Objecting) -> None:
        self._database = database
        self._renderer = renderer
        self._objecting = objecting

    def add_to(self, router: APIRouter) -> None:
        visit = Depends(self._renderer.visits.of)

        @router.get("/not-agreed/{token}")
        def show_objection(token: str, visit: Visit = visit) -> HTMLResponse:
            with self._database.read() as uow:
                told = uow.objections.peek(token)
                language = uow.objections.language_of(told) if told else None
            if told is None:
                return self._renderer.void(visit)
            return self._page(visit, "not_agreed", told, language)

        @router.post("/not-agreed/{token}", dependencies=[Depends(same_site)])
        def object_to_it(token: str, words: Words = "", visit: Visit = visit) -> HTMLResponse:
            said = self._objecting.mask(words[:OBJECTION_WORDS].strip())
            try:
                with self._database.write() as uow:
                    objection = uow.objections.enter(token, said)
                    if objection is not None:
                        self._objecting.tell(uow, objection)
                    told = uow.objections.peek(token)
                    language = uow.objections.language_of(told) if told else None
            except LinkVoid:
                return self._renderer.void(visit)
            assert told is not None, "it was just used"
            return self._page(visit, "objected", told, language, again=False)

    def _page(
        self, visit: Visit, name: str, told: ToldOf, language: str | None, *, again: bool = True
    ) -> HTMLResponse:
        moment = told.at.isoformat()
        about: Mapping[str, str] = self._objecting.notices.get(told.template, {})
        values: dict[str, Any] = {
            "about": dict(about) or {"response": "notice_other"},
            "date": {"date": moment},
            "time": {"time": moment},
        }
        values["longest"] = OBJECTION_WORDS
        spoken = visit.language(language) if language else visit.language()
        return self._renderer.page(visit, name, language=spoken, again=again, **values)
