"""Signing in with user name and password, and what is behind it: `/sign-in`, `/account`."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response

from bot.web.account_view import AccountView, ChatAddress, qr_of
from bot.web.forms import NewPasswordForm
from bot.web.hashing import Hashing
from bot.web.passwords import PasswordRules
from bot.web.rendering import PageRenderer, Problems, go
from bot.web.visits import Visit
from storage.database import Database
from storage.households.actors import Self
from storage.households.households import Household
from storage.households.members import Member
from storage.identity.page_sessions import PageSession
from storage.identity.sign_in import Candidate

FormField = Annotated[str, Form()]


class SignedIn:
    """Who a browser is signed in as; the idle limit moves on when somebody looks."""

    def __init__(self, database: Database, hashing: Hashing) -> None:
        self._database = database
        self._hashing = hashing

    def session(self, visit: Visit) -> PageSession | None:
        if visit.is_new:
            return None
        with self._database.read() as uow:
            session = uow.page_sessions.live(visit.token)
            is_due = session is not None and session.is_due(uow.clock())
        if session is not None and is_due:
            with self._database.write() as uow:
                uow.page_sessions.touch(session)
        return session

    def enter(self, visit: Visit, username: str, password: str) -> str | None:
        """The token of a new session, or None: wrong, unknown or locked, after the same time.

        A session that this browser had before ends.
        """
        candidate, fits = self._tried(username, password)
        with self._database.write() as uow:
            token = uow.sign_in.enter(candidate, fits=fits, browser=visit.browser)
            if token is not None:
                uow.page_sessions.end(visit.token)
        return token

    def admit(self, username: str, password: str, device: str) -> int | None:
        """Whose password it was, by the same rules, where no session of a browser begins."""
        candidate, fits = self._tried(username, password)
        with self._database.write() as uow:
            return uow.sign_in.admit(candidate, fits=fits, browser=device)

    def _tried(self, username: str, password: str) -> tuple[Candidate, bool]:
        with self._database.read() as uow:
            candidate = uow.sign_in.candidate(username)
        return candidate, self._hashing.fits(candidate.password_hash, password)


class AccountPages:
    """Plain functions run in worker threads: the database and argon2 block."""

    def __init__(
        self,
        database: Database,
        renderer: PageRenderer,
        rules: PasswordRules,
        hashing: Hashing,
        signed_in: SignedIn,
        *,
        chat_address: ChatAddress,
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._rules = rules
        self._hashing = hashing
        self._signed_in = signed_in
        self._chat_address = chat_address

    def add_to(self, router: APIRouter) -> None:  # noqa: C901 -- each route is a branch
        seen = Depends(self._renderer.visits.of)
        ours = Depends(self._renderer.visits.checked())

        @router.get("/sign-in")
        def show_sign_in(visit: Visit = seen) -> Response:
            if self._signed_in.session(visit) is not None:
                return go(visit, "account")
            return self._renderer.form(visit, "sign_in", {}, username="")

        @router.post("/sign-in")
        def sign_in(
            visit: Visit = ours, username: FormField = "", password: FormField = ""
        ) -> Response:
            token = self._signed_in.enter(visit, username, password)
            if token is None:
                problems = {"username": "problem_sign_in"}
                return self._renderer.form(visit, "sign_in", problems, username=username)
            return self._entered(visit, token)

        @router.post("/sign-out")
        def sign_out(visit: Visit = ours) -> Response:
            with self._database.write() as uow:
                uow.page_sessions.end(visit.token)
            response = go(visit, "sign-in")
            self._renderer.visits.take_back(response)
            return response

        @router.get("/account")
        def show_account(visit: Visit = seen) -> Response:
            session = self._signed_in.session(visit)
            return go(visit, "sign-in") if session is None else self._account(visit, session)

        @router.get("/account/password")
        def show_password(visit: Visit = seen) -> Response:
            session = self._signed_in.session(visit)
            return go(visit, "sign-in") if session is None else self._password_form(visit, {})

        @router.post("/account/password")
        def change_password(
            visit: Visit = ours,
            present_password: FormField = "",
            password: FormField = "",
            password_again: FormField = "",
        ) -> Response:
            session = self._signed_in.session(visit)
            if session is None:
                return go(visit, "sign-in")
            form = NewPasswordForm(password, password_again)
            return self._change_password(visit, session, present_password, form)

        @router.get("/forgot")
        def show_forgot(visit: Visit = seen) -> HTMLResponse:
            return self._renderer.page(visit, "forgot")

        @router.post("/forgot")
        def forgot(visit: Visit = ours, username: FormField = "") -> HTMLResponse:
            with self._database.write() as uow:
                uow.forgotten.ask(username)
            return self._renderer.page(visit, "forgot_done", again=False)

    def _entered(self, visit: Visit, token: str) -> Response:
        response = go(visit, "account")
        self._renderer.visits.welcome(response, visit, token)
        return response

    def _account(self, visit: Visit, session: PageSession) -> HTMLResponse:
        with self._database.read() as uow:
            household = uow.households.of(session.household_id)
            me = member_of(household, session)
            language = visit.language(me.language)
            view = AccountView(uow, session, language, self._renderer.words.phrases)
            values = view.of(household, me, visit.token)
        chat = self._chat_address()
        code = None if chat is None else qr_of(chat)
        return self._renderer.page(
            visit, "account", language=language, chat=chat, qr=code, **values
        )

    def _password_form(self, visit: Visit, problems: Problems) -> HTMLResponse:
        return self._renderer.form(visit, "change_password", problems)

    def _change_password(
        self, visit: Visit, session: PageSession, present: str, form: NewPasswordForm
    ) -> Response:
        with self._database.read() as uow:
            candidate = uow.sign_in.candidate_of(session.member_id)
            me = member_of(uow.households.of(session.household_id), session)
        problems = form.problems(self._rules, me.first_name, me.last_name, me.username or "")
        if problems:
            return self._password_form(visit, problems)
        fits = self._hashing.fits(candidate.password_hash, present)
        password_hash = self._hashing.hash(form.password)
        actor = Self(session.member_id, visit.token)
        with self._database.write() as uow:
            token = uow.sign_in.change_password(
                actor,
                candidate,
                fits=fits,
                password_hash=password_hash,
                browser=visit.browser,
            )
        if token is None:
            return self._password_form(visit, {"present_password": "problem_present_password"})
        response = self._renderer.page(visit, "password_changed", HTTPStatus.OK, again=False)
        self._renderer.visits.welcome(response, visit, token)
        return response


def member_of(household: Household, session: PageSession) -> Member:
    return next(member for member in household.members if member.id == session.member_id)
