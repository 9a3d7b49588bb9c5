"""The page that a chat sends its holder to: use a passkey there, then say yes in the chat.

Nobody needs to be signed in here: the passkey is the proof, and only one of that person's own.
Looking changes nothing; a link that is unknown, old, used, or of a session that is over gets the
same page as every link that does not work.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from bot.chats import chat_in_words
from bot.texts import Phrases
from bot.web.passkeys import Answered, RefusedAnswerError, RelyingParty, credential_of
from bot.web.rendering import PageRenderer, Problems
from bot.web.visits import Visit
from storage.database import Database
from storage.errors import LinkVoid, NoSuchPasskey, PasskeyReplayed
from storage.identity.passkey_links import AskingSession

FormField = Annotated[str, Form()]


class PasskeyLinkPages:
    """Plain functions run in worker threads, as those of the account do."""

    def __init__(
        self, database: Database, renderer: PageRenderer, party: RelyingParty, tasks: Phrases
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._party = party
        self._tasks = tasks

    def add_to(self, router: APIRouter) -> None:
        seen = Depends(self._renderer.visits.of)
        ours = Depends(self._renderer.visits.checked())

        @router.get("/passkey/{token}")
        def show(token: str, visit: Visit = seen) -> Response:
            return self._form(visit, token, {})

        @router.post("/passkey/{token}")
        def confirm(
            token: str, visit: Visit = ours, challenge: FormField = "", answer: FormField = ""
        ) -> Response:
            return self._confirm(visit, token, Answered(challenge, answer))

    def _form(self, visit: Visit, token: str, problems: Problems) -> Response:
        with self._database.read() as uow:
            asking = uow.passkey_links.peek(token)
            if asking is None:
                return self._renderer.void(visit)
            own = uow.passkey_links.passkeys(asking)
            challenge = uow.passkeys.challenge(visit.token)
        return self._renderer.form(
            visit,
            "passkey_link",
            problems,
            language=visit.language(asking.language),
            **self._asked(asking),
            challenge=challenge,
            options=self._party.authentication(challenge, only=own),
        )

    def _confirm(self, visit: Visit, token: str, sent: Answered) -> Response:
        with self._database.read() as uow:
            asking = uow.passkey_links.peek(token)
        if asking is None:
            return self._renderer.void(visit)
        try:
            self._use(visit, token, sent)
        except LinkVoid:
            return self._renderer.void(visit)
        except (RefusedAnswerError, NoSuchPasskey, PasskeyReplayed):
            return self._form(visit, token, {"answer": "problem_passkey_link"})
        language, asked = visit.language(asking.language), self._asked(asking)
        return self._renderer.page(
            visit, "passkey_used", language=language, again=False, chat=asked["chat"]
        )

    def _use(self, visit: Visit, token: str, sent: Answered) -> None:
        with self._database.read() as uow:
            challenged_at = uow.passkeys.challenged_at(visit.token, sent.challenge)
            passkey = uow.passkeys.by_credential(credential_of(sent.answer))
        if challenged_at is None or passkey is None:
            raise RefusedAnswerError
        count = self._party.judge(sent.answer, sent.challenge, passkey)
        with self._database.write() as uow:
            uow.passkey_links.confirm(token, passkey, sign_count=count, challenged_at=challenged_at)

    def _asked(self, asking: AskingSession) -> dict[str, Any]:
        return {
            "chat": chat_in_words(asking.chat, self._renderer.words.phrases),
            "task": self._tasks.get(asking.task, {"response": "chat_unnamed_task"}),
            "until": {"time": asking.until.isoformat()},
        }
