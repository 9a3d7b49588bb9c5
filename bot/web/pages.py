"""All pages together: one router, with what guards every one of them."""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.inside import Inside
from bot.texts import Phrases
from bot.web.account_pages import AccountPages, SignedIn
from bot.web.account_view import ChatAddress
from bot.web.chat_links import ChatLinks
from bot.web.crowd import Crowd
from bot.web.hashing import Hashing
from bot.web.inside_pages import InsidePages
from bot.web.mailed_links import MailedLinks
from bot.web.objection_pages import Objecting, ObjectionPages
from bot.web.passkey_links import PasskeyLinkPages
from bot.web.passkey_pages import PasskeyPages
from bot.web.passkeys import RelyingParty
from bot.web.passwords import PasswordRules
from bot.web.rate_limit import RateLimit
from bot.web.rendering import PageRenderer
from bot.web.session_pages import SessionPages
from storage.database import Database

MAX_FORM_BYTES = 16_384


class Pages:
    def __init__(
        self,
        database: Database,
        renderer: PageRenderer,
        rules: PasswordRules,
        tasks: Phrases,
        rate_limit: RateLimit,
        *,
        party: RelyingParty,
        objecting: Objecting,
        chat_address: ChatAddress = lambda: None,
        inside: Inside | None = None,
    ) -> None:
        self._renderer = renderer
        self._rate_limit = rate_limit
        self._crowd = Crowd()
        hashing = Hashing()
        signed_in = SignedIn(database, hashing)
        self._groups = (
            MailedLinks(database, self._renderer, rules, hashing),
            ObjectionPages(database, self._renderer, objecting),
            AccountPages(
                database, self._renderer, rules, hashing, signed_in, chat_address=chat_address
            ),
            PasskeyPages(database, self._renderer, signed_in, party),
            SessionPages(database, self._renderer, hashing, signed_in),
            ChatLinks(database, self._renderer, signed_in, tasks),
            PasskeyLinkPages(database, self._renderer, party, tasks),
            *(
                [InsidePages(database, self._renderer, signed_in, tasks, inside)]
                if inside is not None
                else ()
            ),
        )

    @property
    def is_secure(self) -> bool:
        """Whether people come over HTTPS."""
        return self._renderer.visits.secure

    def router(self) -> APIRouter:
        router = APIRouter(
            default_response_class=HTMLResponse,
            include_in_schema=False,
            max_body_size=MAX_FORM_BYTES,
            dependencies=[Depends(self._rate_limit.check), Depends(self._crowd.place)],
        )
        for group in self._groups:
            group.add_to(router)
        return router

    async def expired(self, request: Request, _: Exception) -> HTMLResponse:
        """For a form that is not ours, or was open for too long."""
        visit = self._renderer.visits.of(request)
        return self._renderer.page(visit, "expired", HTTPStatus.FORBIDDEN, again=False)

    async def unknown(
        self, request: Request, status: HTTPStatus = HTTPStatus.NOT_FOUND
    ) -> HTMLResponse:
        """For an address that nothing is at, or that is not ours; nobody gets a cookie there."""
        visit = self._renderer.visits.of(request).passing()
        return self._renderer.page(visit, "unknown", status, again=False)

    async def flooded(self, request: Request, error: Exception) -> HTMLResponse:
        """For an address that asks far too often."""
        visit = self._renderer.visits.of(request)
        page = self._renderer.page(visit, "flooded", HTTPStatus.TOO_MANY_REQUESTS, again=False)
        page.headers.update(getattr(error, "headers", {}))
        return page
