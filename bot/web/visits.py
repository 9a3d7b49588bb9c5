"""Who visits: the language to answer in, the browser's cookie, and whether a form is ours."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Request
from fastapi.responses import Response

from bot.languages import DEFAULT, LANGUAGES
from bot.web.guards import same_site
from bot.web.words import language_of
from storage.keys import Keys
from storage.limits import KNOWN_BROWSER_LASTS

ANONYMOUS_BYTES = 16
LONGEST_COOKIE = 128
LANGUAGE_COOKIE = "foyer-language"
DEEPEST = 8
ONE_YEAR = 31_536_000
BROWSER_BYTES = 32
BROWSER_SECONDS = int(KNOWN_BROWSER_LASTS.total_seconds())


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. `token` is the cookie's: of a page session, or of a browser not signed in."""

    wish: str
    """The language that was chosen on a page, or the header in which the browser says it."""
    token: str
    is_new: bool
    chosen: str | None
    """A language that was just chosen: it is to be remembered."""
    browser: str
    """By what the browser is known, or will be, to whoever signs in with it."""
    root: str
    """The way from this page to the first one: "", "../"."""

    def passing(self) -> "Visit":
        """The same for a page that remembers nothing, however deep its address pretends to be."""
        return replace(self, is_new=False, chosen=None, root=self.root[: len("../") * DEEPEST])

    def language(self, otherwise: str = DEFAULT) -> str:
        return self.wish if self.wish in LANGUAGES else language_of(self.wish, otherwise)


class ExpiredFormError(HTTPException):
    """A form without the token of this browser: forged, or left open for too long."""

    def __init__(self) -> None:
        super().__init__(403)


@dataclass(frozen=True, slots=True)
class Visits:
    """Reads and writes the cookies; `secure` where people come over HTTPS."""

    keys: Keys
    secure: bool

    @property
    def cookie(self) -> str:
        """The prefix makes browsers refuse one that was set by another host (RFC 6265bis)."""
        return "__Host-foyer" if self.secure else "foyer"

    def of(self, request: Request) -> Visit:
        known = request.cookies.get(self.cookie, "")
        usable = 0 < len(known) <= LONGEST_COOKIE
        asked = request.query_params.get("language")
        chosen = asked if asked in LANGUAGES else None
        remembered = request.cookies.get(LANGUAGE_COOKIE)
        return Visit(
            wish=chosen or remembered or request.headers.get("accept-language", ""),
            token=known if usable else secrets.token_urlsafe(ANONYMOUS_BYTES),
            is_new=not usable,
            chosen=chosen,
            browser=self._browser(request),
            root="../" * (request.url.path.count("/") - 1),
        )

    def _browser(self, request: Request) -> str:
        known = request.cookies.get(f"{self.cookie}-browser", "")
        return known if 0 < len(known) <= LONGEST_COOKIE else secrets.token_urlsafe(BROWSER_BYTES)

    def form_token(self, visit: Visit) -> str:
        return self.keys.form_token(visit.token)

    def checked(self) -> Callable[..., Visit]:
        """A dependency: the visit of a form that this browser got from us (OWASP: CSRF)."""

        def check(
            visit: Annotated[Visit, Depends(self.of)],
            _: Annotated[None, Depends(same_site)],
            form_token: Annotated[str, Form()] = "",
        ) -> Visit:
            if not self.keys.is_form_token(form_token, visit.token):
                raise ExpiredFormError
            return visit

        return check

    def remember(self, response: Response, visit: Visit) -> None:
        """Set the cookies that this visit did not have yet."""
        if visit.is_new:
            self.give(response, visit.token)
        if visit.chosen:
            response.set_cookie(
                LANGUAGE_COOKIE,
                visit.chosen,
                max_age=ONE_YEAR,
                secure=self.secure,
                httponly=True,
                samesite="lax",
            )

    def give(self, response: Response, token: str) -> None:
        """A session cookie, in both meanings: it ends with the browser."""
        response.set_cookie(
            self.cookie, token, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def know(self, response: Response, visit: Visit) -> None:
        """Have the browser keep by what it is known: it has just proved to be somebody's."""
        response.set_cookie(
            f"{self.cookie}-browser",
            visit.browser,
            max_age=BROWSER_SECONDS,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def welcome(self, response: Response, visit: Visit, token: str) -> None:
        """Somebody has signed in: under a new token, so that one known before is worth nothing."""
        self.give(response, token)
        self.know(response, visit)

    def take_back(self, response: Response) -> None:
        response.delete_cookie(
            self.cookie, path="/", secure=self.secure, httponly=True, samesite="lax"
        )
