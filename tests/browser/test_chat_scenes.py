"""The main scenes of a chat on Telegram, drawn from the calls, in both languages.

With TEST_FOYER_SCREENSHOTS they are kept as pictures, for people to look at.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.scene import SCREENSHOTS
from tests.e2e.telegram.scene import Scene, opened
from tests.fakes.telegram.drawing import drawn
from tests.fakes.telegram.user import TelegramUser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "en": {
        "add": "Add Zoé Roy, {email}, in French, she only needs to see the bills",
        "username": "user name",
        "code": "code",
        "yes": "Yes",
        "receipt": "Receipt",
        "remove": "remove Zoé",
        "people": "who is on my account?",
        "page": "Sign in on our page",
        "question": "what can the account holder do to a secondary user?",
        "source": "Source",
        "no": "No",
        "sign_out": "sign me out",
        "signed_out": "signed out",
        "sign_in": "sign me in",
        "here": "nothing to type back",
        "person": "I want to talk to a person",
    },
    "fr": {
        "add": "Ajoute Zoé Roy, {email}, elle a juste besoin de voir les factures",
        "username": "nom d'utilisateur",
        "code": "code",
        "yes": "Oui",
        "receipt": "Reçu",
        "remove": "supprime Zoé",
        "people": "qui est à mon compte?",
        "page": "Me connecter plutôt",
        "question": "que peut faire le titulaire pour un utilisateur secondaire?",
        "source": "Source",
        "no": "Non",
        "sign_out": "ferme ma session",
        "signed_out": "session est fermée",
        "sign_in": "connecte-moi",
        "here": "rien à recopier",
        "person": "je veux parler à une personne",
    },
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("scenes")
    shutil.copy(sqlite_template, folder / "foyer.db")
    url = f"sqlite:///{folder / 'foyer.db'}"
    with opened(folder, url, "polling", public_url="https://foyer.example") as running:
        yield running


@pytest.mark.parametrize("language", WORDS)
def test_the_main_scenes_can_be_looked_at(scene: Scene, chromium: Browser, language: str) -> None:
    say, person, household = WORDS[language], scene.person(language), scene.household()
    person.say("/start")
    person.reads("Foyer")
    picture(scene, chromium, person, f"1-greeting-{language}")
    person.say(say["add"].format(email=household.newcomer))
    person.reads(say["username"])
    person.say(household.holder)
    person.reads(say["code"])
    person.say(scene.code(household))
    person.reads(household.newcomer)
    picture(scene, chromium, person, f"2-card-{language}")
    person.tap(say["yes"])
    person.reads(say["receipt"])
    person.say(say["remove"])
    person.reads("Zoé")
    picture(scene, chromium, person, f"3-receipt-and-danger-{language}")
    person.tap(say["no"])
    scene.settle()
    person.say(say["people"])
    scene.settle()
    person.say(say["question"])
    person.reads(say["source"])
    picture(scene, chromium, person, f"4-people-and-answer-{language}")
    person.say(say["sign_out"])
    person.reads(say["signed_out"])
    person.say(say["sign_in"])
    person.reads(say["username"])
    person.tap(say["page"])
    person.reads(say["here"])
    picture(scene, chromium, person, f"5-sign-in-{language}")


def picture(scene: Scene, chromium: Browser, person: TelegramUser, name: str) -> None:
    """Draw the chat; whatever is said fits into it."""
    scene.settle()
    page = chromium.new_page(viewport={"width": 400, "height": 700})
    page.set_content(drawn(person))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"telegram-{name}.png", full_page=True)
    page.close()
