"""Signing in with a passkey, and a person's own ones: `/sign-in/passkey`, `/account/passkeys`."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from bot.web.account_pages import SignedIn, member_of
from bot.web.passkeys import Answered, RefusedAnswerError, RelyingParty, credential_of
from bot.web.rendering import PageRenderer, Problems, go
from bot.web.visits import Visit
from storage.database import Database
from storage.errors import NoSuchPasskey, PasskeyReplayed, PasskeyTaken
from storage.households.actors import Self
from storage.identity.page_sessions import PageSession
from storage.identity.passkey_rows import Passkey
from storage.identity.passkeys import Passkeys
from storage.limits import NAME_LENGTH, PASSKEYS_PER_PERSON

FormField = Annotated[str, Form()]
LINK = re.compile(r"[a-p]{32}")
"""The token of a sign-in link, and nothing else: no address leads from here to another site."""


class PasskeyPages:
    """Plain functions run in worker threads, as those of the account do."""

    def __init__(
        self,
        database: Database,
        renderer: PageRenderer,
        signed_in: SignedIn,
        party: RelyingParty,
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._signed_in = signed_in
        self._party = party

    def add_to(self, router: APIRouter) -> None:
        seen = Depends(self._renderer.visits.of)
        ours = Depends(self._renderer.visits.checked())

        @router.get("/sign-in/passkey")
        def show_entrance(visit: Visit = seen) -> Response:
            return self._entrance(visit, {})

        @router.post("/sign-in/passkey")
        def enter(
            visit: Visit = ours,
            challenge: FormField = "",
            answer: FormField = "",
            link: Annotated[str, Query()] = "",
        ) -> Response:
            return self._enter(visit, Answered(challenge, answer), link)

        @router.get("/account/passkeys")
        def show(visit: Visit = seen) -> Response:
            session = self._signed_in.session(visit)
            return go(visit, "sign-in") if session is None else self._list(visit, session, {})

        @router.post("/account/passkeys")
        def add(
            visit: Visit = ours,
            challenge: FormField = "",
            answer: FormField = "",
            passkey_name: FormField = "",
        ) -> Response:
            session = self._signed_in.session(visit)
            if session is None:
                return go(visit, "sign-in")
            return self._add(visit, session, Answered(challenge, answer), passkey_name.strip())

        @router.post("/account/passkeys/{number}/remove")
        def remove(number: int, visit: Visit = ours) -> Response:
            return self._changed(visit, lambda passkeys, me: passkeys.remove(me, number))

        @router.post("/account/passkeys/{number}/keep")
        def keep(number: int, visit: Visit = ours) -> Response:
            return self._changed(visit, lambda passkeys, me: passkeys.keep(me, number))

    def _entrance(self, visit: Visit, problems: Problems) -> Response:
        with self._database.read() as uow:
            challenge = uow.passkeys.challenge(visit.token)
        options = self._party.authentication(challenge)
        return self._renderer.form(
            visit, "sign_in_passkey", problems, challenge=challenge, options=options
        )

    def _enter(self, visit: Visit, sent: Answered, link: str) -> Response:
        """On to the account, or back to the link that a chat asked for.

        Whatever is wrong, the page says the same: no account can be found out here.
        """
        try:
            token = self._token(visit, sent)
        except (RefusedAnswerError, PasskeyReplayed):
            return self._entrance(visit, {"answer": "problem_passkey"})
        response = go(visit, f"link/{link}" if LINK.fullmatch(link) else "account")
        self._renderer.visits.welcome(response, visit, token)
        return response

    def _token(self, visit: Visit, sent: Answered) -> str:
        with self._database.read() as uow:
            challenged_at = uow.passkeys.challenged_at(visit.token, sent.challenge)
            passkey = uow.passkeys.by_credential(credential_of(sent.answer))
        if challenged_at is None or passkey is None:
            raise RefusedAnswerError
        count = self._party.judge(sent.answer, sent.challenge, passkey)
        with self._database.write() as uow:
            token = uow.passkeys.enter(
                passkey,
                sign_count=count,
                challenged_at=challenged_at,
                browser=visit.browser,
            )
            uow.page_sessions.end(visit.token)
        return token

    def _list(self, visit: Visit, session: PageSession, problems: Problems) -> Response:
        with self._database.read() as uow:
            have = uow.passkeys.of(session.member_id)
            household = uow.households.of(session.household_id)
            challenge = uow.passkeys.challenge(visit.token)
            handle = uow.passkeys.handle(session.member_id)
        me = member_of(household, session)
        language = visit.language(me.language)
        options = self._party.registration(
            challenge,
            name=self._renderer.words.say("site_title", language, {}),
            handle=handle,
            username=str(me.username),
            have=have,
        )
        return self._renderer.form(
            visit,
            "passkeys",
            problems,
            language=language,
            passkeys=[_shown(each) for each in have],
            is_full=len(have) >= PASSKEYS_PER_PERSON,
            challenge=challenge,
            options=options,
        )

    def _add(self, visit: Visit, session: PageSession, sent: Answered, name: str) -> Response:
        if not 0 < len(name) <= NAME_LENGTH:
            return self._list(visit, session, {"passkey_name": "problem_passkey_name"})
        try:
            self._register(visit, session, sent, name)
        except (RefusedAnswerError, PasskeyTaken):
            return self._list(visit, session, {"answer": "problem_passkey"})
        return go(visit, "account/passkeys")

    def _register(self, visit: Visit, session: PageSession, sent: Answered, name: str) -> None:
        with self._database.read() as uow:
            challenged_at = uow.passkeys.challenged_at(visit.token, sent.challenge)
            have = uow.passkeys.of(session.member_id)
        if challenged_at is None or len(have) >= PASSKEYS_PER_PERSON:
            raise RefusedAnswerError
        made = self._party.registered(sent.answer, sent.challenge, name=name)
        with self._database.write() as uow:
            uow.passkeys.add(Self(session.member_id, visit.token), made)

    def _changed(self, visit: Visit, change: Callable[[Passkeys, Self], None]) -> Response:
        session = self._signed_in.session(visit)
        if session is None:
            return go(visit, "sign-in")
        # One that is gone, or kept, already: the list shows how it is.
        with suppress(NoSuchPasskey), self._database.write() as uow:
            change(uow.passkeys, Self(session.member_id, visit.token))
        return go(visit, "account/passkeys")


def _shown(passkey: Passkey) -> dict[str, Any]:
    return {
        "id": passkey.id,
        "name": passkey.name,
        "added": {"date": passkey.created_at.isoformat()},
        "used": passkey.used_at and {"date": passkey.used_at.isoformat()},
        "ends": passkey.removed_at and {"date": passkey.removed_at.isoformat()},
        "ends_time": passkey.removed_at and {"time": passkey.removed_at.isoformat()},
    }
