"""The pages behind mailed links: `/password/<token>` and `/not-me/<token>`.

Looking at one changes nothing (mail programs open links to check them); only its form does.
A token that is unknown, expired or used gets one and the same page.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Header
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.web.activation import ActivationForm
from bot.web.guards import same_site
from bot.web.passwords import PasswordRules, normalised
from bot.web.words import PageWords, language_of
from storage.accounts import Changed
from storage.credentials import hash_password
from storage.database import Database
from storage.errors import AccountError, LinkVoid
from storage.limits import DISOWNED_FOR, USERNAME_LENGTH
from storage.links import LinkKind, LinkView
from storage.members import Member

MAX_FORM_BYTES = 16_384
DISOWNED_HOURS = DISOWNED_FOR // timedelta(hours=1)

AcceptLanguage = Annotated[str, Header()]
FormField = Annotated[str, Form()]


class Pages:
    """Plain functions run in worker threads: the database and argon2 block."""

    def __init__(self, database: Database, words: PageWords, rules: PasswordRules) -> None:
        self._database = database
        self._words = words
        self._rules = rules
        self._templates = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )

    def router(self) -> APIRouter:
        router = APIRouter(
            default_response_class=HTMLResponse,
            include_in_schema=False,
            max_body_size=MAX_FORM_BYTES,
        )
        ours_only = [Depends(same_site)]
        router.get("/password/{token}")(self.show_activation)
        router.post("/password/{token}", dependencies=ours_only)(self.activate)
        router.get("/not-me/{token}")(self.show_not_me)
        router.post("/not-me/{token}", dependencies=ours_only)(self.disown)
        return router

    def show_activation(self, token: str, accept_language: AcceptLanguage = "") -> HTMLResponse:
        view = self._peek(token, "activation")
        if view is None:
            return self._void(accept_language)
        return self._activation_form(view, accept_language, "", {})

    def activate(
        self,
        token: str,
        username: FormField = "",
        password: FormField = "",
        password_again: FormField = "",
        accept_language: AcceptLanguage = "",
    ) -> HTMLResponse:
        view = self._peek(token, "activation")
        if view is None:
            return self._void(accept_language)
        form = ActivationForm(username, password, password_again)
        problems = form.problems(self._rules, view.first_name)
        if problems:
            return self._activation_form(view, accept_language, username, problems)
        try:
            member = self._activate(token, form)
        except LinkVoid:
            return self._void(accept_language)
        except AccountError as error:
            problems = {"username": f"problem_{error.reason}"}
            return self._activation_form(view, accept_language, username, problems)
        language = language_of(accept_language, view.language)
        return self._page("activated", language, username=member.username)

    def show_not_me(self, token: str, accept_language: AcceptLanguage = "") -> HTMLResponse:
        view = self._peek(token, "not_me")
        if view is None:
            return self._void(accept_language)
        language = language_of(accept_language, view.language)
        return self._page("not_me", language, first_name=view.first_name, hours=DISOWNED_HOURS)

    def disown(self, token: str, accept_language: AcceptLanguage = "") -> HTMLResponse:
        view = self._peek(token, "not_me")
        if view is None:
            return self._void(accept_language)
        try:
            with self._database.write() as uow:
                disowned = uow.accounts.disown(token)
        except LinkVoid:
            return self._void(accept_language)
        return self._page(
            "disowned",
            language_of(accept_language, view.language),
            first_name=view.first_name,
            changes=[self._change(one) for one in disowned.changes],
        )

    def _peek(self, token: str, kind: LinkKind) -> LinkView | None:
        with self._database.read() as uow:
            return uow.links.peek(token, kind)

    def _activate(self, token: str, form: ActivationForm) -> Member:
        """The hash is made outside the transaction: it takes tens of milliseconds."""
        password_hash = hash_password(normalised(form.password))
        with self._database.write() as uow:
            return uow.accounts.activate(token, username=form.username, password_hash=password_hash)

    def _activation_form(
        self, view: LinkView, accept_language: str, username: str, problems: dict[str, str]
    ) -> HTMLResponse:
        return self._page(
            "activation",
            language_of(accept_language, view.language),
            HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK,
            first_name=view.first_name,
            username=username,
            problems=problems,
            username_min=USERNAME_LENGTH[0],
            username_max=USERNAME_LENGTH[-1],
        )

    def _change(self, change: Changed) -> tuple[str, dict[str, Any]]:
        """The phrase that tells a change, and the values for it."""
        phrase = f"change_{change.action}"
        moment = change.at.isoformat()
        values = {
            "target": change.target or {"response": "erased_person"},
            "receipt": change.receipt,
            "date": {"date": moment},
            "time": {"time": moment},
        }
        return phrase if phrase in self._words.phrases else "change_other", values

    def _void(self, accept_language: str) -> HTMLResponse:
        return self._page("void", language_of(accept_language), HTTPStatus.NOT_FOUND)

    def _page(
        self, name: str, language: str, status: HTTPStatus = HTTPStatus.OK, **values: Any
    ) -> HTMLResponse:
        """A template has its values, and `say(phrase, …)` for words, which Jinja escapes."""

        def say(phrase: str, **more: Any) -> str:
            return self._words.say(phrase, language, {**values, **more})

        html = self._templates.get_template(f"{name}.html").render(
            language=language, say=say, **values
        )
        return HTMLResponse(html, status, headers={"Content-Language": language})
