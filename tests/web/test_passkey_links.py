"""The page that a chat sends its holder to, in order to use a passkey."""

from dataclasses import dataclass, replace

import httpx
import pytest

from bot.web.guards import masked
from storage.database import Database
from storage.errors import PasskeyWanted
from storage.households.households import Household
from storage.identity.sessions import Session
from tests.fakes.authenticator import Authenticator
from tests.fakes.households import acting, start_chat, verify
from tests.fakes.passkeys import page_token
from tests.web.test_passkeys import HOLDER, LEO, WAYS_TO_LIE, add, asked
from tests.web.visits import PASSWORD, Browser


@dataclass(frozen=True, slots=True)
class Scene:
    """Hélène's chat, the page that it was led to, and her device; nobody is signed in here."""

    browser: Browser
    database: Database
    people: Household
    session: Session
    device: Authenticator
    page: str

    def get(self) -> str:
        return self.browser.get(self.page).text

    def answer(self, device: Authenticator | None = None) -> httpx.Response:
        return answer(self.browser, self.page, device or self.device)

    def sign_out(self) -> None:
        with self.database.write() as uow:
            uow.sessions.end(self.session.conversation_id)

    def next_page(self, session: Session | None = None) -> str:
        return page_of(self.database, session or self.session)

    def is_confirmed(self, session: Session | None = None) -> bool:
        """Whether the session can remove somebody; they stay all the same."""
        holder = acting(session or self.session)
        with self.database.write() as uow:
            try:
                receipt = uow.changes.delete(holder, self.people.members[-1].id)
            except PasskeyWanted:
                return False
            uow.undoing.undo(holder, receipt.number)
        return True


@pytest.fixture
def scene(browser: Browser, database: Database, people: Household) -> Scene:
    session = verify(database, HOLDER, start_chat(database, "42"))
    device, page = device_of(browser, HOLDER), page_of(database, session)
    return Scene(browser, database, people, session, device, page)


def page_of(database: Database, session: Session) -> str:
    return f"/passkey/{page_token(database, acting(session))}"


def device_of(browser: Browser, username: str) -> Authenticator:
    signed_in, device = Browser(browser.app), Authenticator()
    signed_in.sign_in(username, PASSWORD)
    assert add(signed_in, device).status_code == 303
    return device


def answer(browser: Browser, page: str, device: Authenticator) -> httpx.Response:
    options, challenge = asked(browser.get(page))
    return browser.send(page, challenge=challenge, answer=device.get(options))


def test_the_page_names_chat_and_task_and_a_passkey_confirms_the_chat(scene: Scene) -> None:
    shown = scene.get()
    assert "A chat in a terminal" in shown
    assert "Remove someone" in shown
    assert not scene.is_confirmed()
    done = scene.answer()
    assert done.status_code == 200
    assert "Go back to the chat and say yes" in done.text
    assert scene.is_confirmed()
    assert not scene.browser.is_signed_in, "it opens nothing else"


def test_looking_confirms_nothing_and_does_not_use_the_page_up(scene: Scene) -> None:
    for _ in range(3):
        assert Browser(scene.browser.app).get(scene.page).status_code == 200
    assert not scene.is_confirmed()
    assert scene.answer().status_code == 200


def test_pages_that_are_used_unknown_or_of_a_chat_signed_out_are_one_kind_page(
    scene: Scene,
) -> None:
    unknown = scene.browser.get("/passkey/" + "a" * 32)
    assert unknown.status_code == 404
    scene.answer()
    assert scene.get() == unknown.text, "it is used"
    late = scene.next_page()
    assert scene.browser.get(late).status_code == 200
    scene.sign_out()
    assert scene.browser.get(late).text == unknown.text, "its chat is signed out"


def test_a_page_that_ends_while_it_is_open_does_nothing_more(scene: Scene) -> None:
    options, challenge = asked(scene.browser.get(scene.page))
    token = scene.browser.visit_token(scene.page)
    scene.sign_out()
    data = {"form_token": token, "challenge": challenge, "answer": scene.device.get(options)}
    assert scene.browser.post(scene.page, data=data).status_code == 404


def test_only_the_holders_own_passkeys_are_asked_for_and_taken(scene: Scene) -> None:
    of_leo = device_of(scene.browser, LEO)
    options, _ = asked(scene.browser.get(scene.page))
    assert scene.device.name in options
    assert of_leo.name not in options
    refused = scene.answer(of_leo)
    assert refused.status_code == 422
    assert "It must be your own" in refused.text
    assert not scene.is_confirmed()
    assert scene.answer().status_code == 200


@pytest.mark.parametrize("lie", WAYS_TO_LIE)
def test_an_answer_that_is_not_the_devices_own_confirms_nothing(scene: Scene, lie: str) -> None:
    assert scene.answer(replace(scene.device)).status_code == 200
    other = verify(scene.database, HOLDER, start_chat(scene.database, "43"))
    again = answer(scene.browser, scene.next_page(other), WAYS_TO_LIE[lie](scene.device))
    assert again.status_code == 422
    assert not scene.is_confirmed(other)


@pytest.mark.parametrize("wrong", ["", "null", "{}", '{"id": "AAAA"}', "ﷺ" * 500])
def test_what_is_no_answer_is_refused_with_a_sentence(scene: Scene, wrong: str) -> None:
    _, challenge = asked(scene.browser.get(scene.page))
    refused = scene.browser.send(scene.page, challenge=challenge, answer=wrong)
    assert refused.status_code == 422
    assert "This passkey did not work here" in refused.text


def test_an_answer_counts_in_its_own_browser_alone(scene: Scene) -> None:
    options, challenge = asked(scene.browser.get(scene.page))
    sent = {"challenge": challenge, "answer": scene.device.get(options)}
    assert Browser(scene.browser.app).send(scene.page, **sent).status_code == 422


def test_a_forged_form_confirms_nothing(scene: Scene) -> None:
    options, challenge = asked(scene.browser.get(scene.page))
    data = {"challenge": challenge, "answer": scene.device.get(options)}
    assert scene.browser.post(scene.page, data=data).status_code == 403
    assert not scene.is_confirmed()


def test_the_page_speaks_the_language_of_the_browser_and_else_that_of_the_holder(
    scene: Scene,
) -> None:
    assert '<html lang="en">' in scene.get()
    for wish in ("fr", "de"):  # Hélène's household is French
        scene.browser.headers["Accept-Language"] = wish
        shown = scene.get()
        assert '<html lang="fr">' in shown
        assert "Supprimer une personne" in shown
    assert "Retournez au clavardage et dites oui" in scene.answer().text


def test_without_scripts_the_page_says_kindly_what_it_needs(scene: Scene) -> None:
    [shown] = scene.get().split("<noscript>")[1:]
    assert "Passkeys work only with JavaScript" in shown.split("</noscript>")[0]
    assert "password" not in shown.split("</noscript>")[0], "none helps here"


def test_the_one_script_runs_there_and_nothing_is_kept(scene: Scene) -> None:
    headers = scene.browser.get(scene.page).headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    below = scene.browser.get(f"{scene.page}/x").headers
    assert "script-src" not in below["Content-Security-Policy"]


def test_the_address_stands_in_no_log() -> None:
    assert masked("GET /passkey/s3cret HTTP/1.1") == "GET /passkey/… HTTP/1.1"


def test_who_asks_far_too_often_has_to_wait(flooded: Browser) -> None:
    answers = [flooded.get("/passkey/" + "a" * 32).status_code for _ in range(31)]
    assert answers == [*[404] * 30, 429]
