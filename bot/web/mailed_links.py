"""The pages behind mailed links: `/password/…`, `/not-me/…` and `/confirm/…`, with a token.

Looking at one uses nothing up (mail programs open links to check them); only its form does. That
the page of an invitation was looked at is noted, for the holder who asks.
The token in the address is the capability, so these forms need no cookie. A token that is
unknown, expired or used gets one and the same page.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse

from bot.web.forms import ActivationForm, NewPasswordForm
from bot.web.guards import same_site
from bot.web.hashing import Hashing
from bot.web.passwords import PasswordRules
from bot.web.rendering import PageRenderer, Problems
from bot.web.visits import Visit
from storage.database import Database
from storage.errors import AccountError, LinkVoid
from storage.households.members import Member
from storage.identity.accounts import Changed
from storage.identity.links import LinkKind, LinkView
from storage.limits import DISOWNED_FOR, USERNAME_LENGTH

DISOWNED_HOURS = DISOWNED_FOR // timedelta(hours=1)

FormField = Annotated[str, Form()]


class MailedLinks:
    """Plain functions run in worker threads: the database and argon2 block."""

    def __init__(
        self, database: Database, renderer: PageRenderer, rules: PasswordRules, hashing: Hashing
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._rules = rules
        self._hashing = hashing

    def add_to(self, router: APIRouter) -> None:
        visit = Depends(self._renderer.visits.of)
        ours_only = [Depends(same_site)]

        @router.get("/password/{token}")
        def show_password(token: str, visit: Visit = visit) -> HTMLResponse:
            return self._show_password(visit, token)

        @router.post("/password/{token}", dependencies=ours_only)
        def set_password(
            token: str,
            visit: Visit = visit,
            username: FormField = "",
            password: FormField = "",
            password_again: FormField = "",
        ) -> HTMLResponse:
            form = NewPasswordForm(password, password_again)
            if (view := self._peek(token, "reset")) is not None:
                return self._reset(visit, token, view, form)
            return self._activate(visit, token, ActivationForm(username, form))

        @router.get("/not-me/{token}")
        def show_not_me(token: str, visit: Visit = visit) -> HTMLResponse:
            return self._show_not_me(visit, token)

        @router.post("/not-me/{token}", dependencies=ours_only)
        def disown(token: str, visit: Visit = visit) -> HTMLResponse:
            return self._disown(visit, token)

        @router.get("/confirm/{token}")
        def show_confirm(token: str, visit: Visit = visit) -> HTMLResponse:
            return self._show_confirm(visit, token)

        @router.post("/confirm/{token}", dependencies=ours_only)
        def confirm(token: str, visit: Visit = visit) -> HTMLResponse:
            return self._confirm(visit, token)

    def _show_password(self, visit: Visit, token: str) -> HTMLResponse:
        if (view := self._peek(token, "reset")) is not None:
            return self._reset_form(visit, view, {})
        view = self._peek(token, "activation")
        if view is None:
            return self._renderer.void(visit)
        if view.opened_at is None:
            with self._database.write() as uow:
                uow.links.note_opened(token, "activation")
        return self._activation_form(visit, view, "", {})

    def _reset(
        self, visit: Visit, token: str, view: LinkView, form: NewPasswordForm
    ) -> HTMLResponse:
        problems = form.problems(self._rules, view.first_name, view.username or "")
        if problems:
            return self._reset_form(visit, view, problems)
        password_hash = self._hashing.hash(form.password)
        try:
            with self._database.write() as uow:
                member = uow.sign_in.reset(token, password_hash=password_hash)
                uow.browsers.remember(visit.browser, member.id)
                session = uow.page_sessions.open(member.id)
        except LinkVoid:
            return self._renderer.void(visit)
        language = visit.language(view.language)
        response = self._renderer.page(
            visit, "password_chosen", language=language, again=False, username=member.username
        )
        self._renderer.visits.welcome(response, visit, session)
        return response

    def _activate(self, visit: Visit, token: str, form: ActivationForm) -> HTMLResponse:
        view = self._peek(token, "activation")
        if view is None:
            return self._renderer.void(visit)
        problems = form.problems(self._rules, view.first_name)
        if problems:
            return self._activation_form(visit, view, form.username, problems)
        with self._database.write() as uow:
            may_choose = uow.accounts.may_choose(view, token, form.username)
            suggestions = uow.accounts.suggestions(view, token)
        if not may_choose:
            problems = {"username": "problem_username_suggested"}
            return self._activation_form(visit, view, "", problems, suggestions)
        try:
            member = self._activated(visit, token, form)
        except LinkVoid:
            return self._renderer.void(visit)
        except AccountError as error:
            problems = {"username": f"problem_{error.reason}"}
            return self._activation_form(visit, view, form.username, problems, suggestions)
        language = visit.language(view.language)
        response = self._renderer.page(
            visit, "activated", language=language, again=False, username=member.username
        )
        self._renderer.visits.know(response, visit)
        return response

    def _activated(self, visit: Visit, token: str, form: ActivationForm) -> Member:
        """The hash is made outside the transaction: it takes tens of milliseconds."""
        password_hash = self._hashing.hash(form.chosen.password)
        with self._database.write() as uow:
            member = uow.accounts.activate(
                token, username=form.username, password_hash=password_hash
            )
            uow.browsers.remember(visit.browser, member.id)
            return member

    def _show_not_me(self, visit: Visit, token: str) -> HTMLResponse:
        view = self._peek(token, "not_me")
        if view is None:
            return self._renderer.void(visit)
        return self._renderer.page(
            visit,
            "not_me",
            language=visit.language(view.language),
            first_name=view.first_name,
            hours=DISOWNED_HOURS,
        )

    def _disown(self, visit: Visit, token: str) -> HTMLResponse:
        view = self._peek(token, "not_me")
        if view is None:
            return self._renderer.void(visit)
        try:
            with self._database.write() as uow:
                disowned = uow.accounts.disown(token)
        except LinkVoid:
            return self._renderer.void(visit)
        return self._renderer.page(
            visit,
            "disowned",
            language=visit.language(view.language),
            again=False,
            first_name=view.first_name,
            changes=[self._change(change) for change in disowned.changes],
        )

    def _show_confirm(self, visit: Visit, token: str) -> HTMLResponse:
        view = self._peek(token, "email_confirmation")
        if view is None:
            return self._renderer.void(visit)
        return self._renderer.page(
            visit, "confirm", language=visit.language(view.language), first_name=view.first_name
        )

    def _confirm(self, visit: Visit, token: str) -> HTMLResponse:
        view = self._peek(token, "email_confirmation")
        if view is None:
            return self._renderer.void(visit)
        try:
            with self._database.write() as uow:
                uow.accounts.confirm_email(token)
        except LinkVoid:
            return self._renderer.void(visit)
        return self._renderer.page(
            visit, "confirmed", language=visit.language(view.language), again=False
        )

    def _peek(self, token: str, kind: LinkKind) -> LinkView | None:
        with self._database.read() as uow:
            return uow.links.peek(token, kind)

    def _reset_form(self, visit: Visit, view: LinkView, problems: Problems) -> HTMLResponse:
        return self._renderer.form(
            visit,
            "reset",
            problems,
            language=visit.language(view.language),
            first_name=view.first_name,
            username=view.username,
        )

    def _activation_form(
        self,
        visit: Visit,
        view: LinkView,
        username: str,
        problems: Problems,
        suggestions: Sequence[str] = (),
    ) -> HTMLResponse:
        return self._renderer.form(
            visit,
            "activation",
            problems,
            language=visit.language(view.language),
            first_name=view.first_name,
            username=username,
            suggestions=list(suggestions),
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
        return phrase if phrase in self._renderer.words.phrases else "change_other", values
