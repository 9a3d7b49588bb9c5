"""The main job from the first word to the invited person's first sign-in, in both languages."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.e2e.ledger import Ledger, open_database
from tests.e2e.mailbox import Mailbox
from tests.e2e.pages import Page
from tests.e2e.rest import RestChat, connect
from tests.e2e.server import Server, foyer

pytestmark = pytest.mark.slow

RECEIPT = re.compile(r"F-\d{6}")


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation: what is typed, and what must be said."""

    language: str
    account: str
    request: str
    name: str
    email: str
    written_in: str
    verified: str
    missing: str
    question: str
    answer: str
    choice: str
    card: tuple[str, ...]
    yes: str
    sign_in: str
    welcome: str

    @property
    def holder(self) -> str:
        return {"en": "diane", "fr": "omar"}[self.language]


ENGLISH = Script(
    language="en",
    account="90210001",
    request="Add Marie-Ève Roy, marie.eve@example.com, in French",
    name="Marie-Ève Roy",
    email="marie.eve@example.com",
    written_in="fr",
    verified="Thank you, Diane: it is you.",
    missing="Which services may Marie-Ève use? Tap one, or type several.",
    question="how many users can I have?",
    answer="Did this answer your question?",
    choice="View the invoice",
    card=("Marie-Ève Roy", "marie.eve@example.com", "French", "View the invoice", "1 of 6", "2"),
    yes="Yes",
    sign_in="I want to sign in",
    welcome="Thank you, Marie-Ève: it is you.",
)
FRENCH = Script(
    language="fr",
    account="90210002",
    request="Ajoute Zoé Lavoie à mon compte, zoe@exemple.ca, en anglais",
    name="Zoé Lavoie",
    email="zoe@exemple.ca",
    written_in="en",
    verified="Merci, Diane\u00a0: c'est bien vous.",
    missing="À quels services donnez-vous accès à Zoé? Touchez un choix, ou écrivez-en plusieurs.",
    question="combien d'utilisateurs puis-je avoir?",
    answer="Cette réponse vous a-t-elle aidé?",
    choice="Consulter la facture",
    card=("Zoé Lavoie", "zoe@exemple.ca", "anglais", "Consulter la facture", "1 sur 6", "2"),
    yes="Oui",
    sign_in="Je veux me connecter",
    welcome="Merci, Zoé\u00a0: c'est bien vous.",
)
PASSWORD = "quatre érables et 2 ruisseaux"


@pytest.fixture
def ledger(tmp_path: Path, database_url: str) -> Ledger:
    """Two households, brought in as an operator does; their holders are alone in them."""
    households = [
        {"account_number": script.account, "language": script.language, "members": [holder(script)]}
        for script in (ENGLISH, FRENCH)
    ]
    file = tmp_path / "households.yml"
    file.write_text(yaml.safe_dump({"households": households}), "utf-8")
    done = foyer("import", str(file), folder=tmp_path, database_url=database_url)
    assert done.returncode == 0, done.stderr
    return Ledger(database_url)


def holder(script: Script) -> dict[str, str]:
    return {
        "role": "holder",
        "username": script.holder,
        "first_name": "Diane",
        "last_name": "Tremblay",
        "email": f"{script.holder}@example.com",
        "password": "correct horse 7",
    }


def test_a_person_is_added_in_one_conversation_and_can_then_sign_in(
    ledger: Ledger, server: Server, mailbox: Mailbox, subtests: pytest.Subtests
) -> None:
    for script in (ENGLISH, FRENCH):
        with subtests.test(script.language), connect(server.address) as http:
            chat = RestChat(http, f"chat-{script.language}")
            verify(chat, script, mailbox)
            ask_in_the_middle(chat, script)
            receipt = confirm(chat, script)
            check_records(ledger, script, receipt)
            activate(script, mailbox)
            newcomer = RestChat(http, f"newcomer-{script.language}")
            sign_in_as_newcomer(newcomer, script, mailbox)
            assert (2, script.email, "active") in ledger.members(script.account)
    assert "Traceback" not in server.log


def verify(chat: RestChat, script: Script, mailbox: Mailbox) -> None:
    chat.say(script.request)
    chat.say(script.holder)
    mail = mailbox.wait_for("one_time_code", f"{script.holder}@example.com")
    assert mail.language == script.language
    chat.say(mail.code)
    assert chat.texts[0].startswith(script.verified)
    assert chat.texts[1:] == [script.missing], "asks only what is missing"


def ask_in_the_middle(chat: RestChat, script: Script) -> None:
    before = filled(chat)
    chat.say(script.question)
    assert script.answer in chat.texts[0]
    assert chat.texts[1:] == [script.missing]
    assert filled(chat) == before


def filled(chat: RestChat) -> dict[str, object]:
    """What the task knows by now."""
    return {k: v for k, v in chat.tracker()["slots"].items() if k.startswith(("new_", "create_"))}


def confirm(chat: RestChat, script: Script) -> str:
    """Look at the card, say yes; the number of the receipt."""
    chat.tap(script.choice)
    (card,) = chat.texts
    assert [part for part in script.card if part not in card] == []
    chat.tap(script.yes)
    assert script.name in chat.texts[0]
    (receipt,) = RECEIPT.findall(chat.texts[0])
    return str(receipt)


def check_records(ledger: Ledger, script: Script, receipt: str) -> None:
    assert ledger.members(script.account) == [
        (1, f"{script.holder}@example.com", "active"),
        (2, script.email, "invited"),
    ]
    assert ledger.rights(script.email) == ["view_invoice"]
    entries = ledger.rows(
        "SELECT a.action, a.outcome, m.email FROM audit a "
        f"JOIN member m ON m.id = a.target_member_id WHERE a.receipt = '{receipt}'"
    )
    assert entries == [("create", "done", script.email)]
    database = open_database(ledger.url)
    with database.read() as uow:
        household = uow.households.find(script.account)
        assert household is not None
        assert uow.audit.verify(household.id)
    database.close()


def activate(script: Script, mailbox: Mailbox) -> None:
    mail = mailbox.wait_for("activation", script.email)
    assert mail.language == script.written_in
    page = Page.open(mail.link, script.written_in)
    assert page.language == script.written_in
    assert sorted(page.fields.values()) == ["password", "password", "text"]
    typed = {"text": newcomer_name(script), "password": PASSWORD}
    done = page.send(typed, script.written_in)
    assert done.status == 200, done.text
    assert done.fields == {}, done.text


def sign_in_as_newcomer(chat: RestChat, script: Script, mailbox: Mailbox) -> None:
    chat.say(script.sign_in)
    chat.say(newcomer_name(script))
    chat.say(mailbox.wait_for("one_time_code", script.email).code)
    assert chat.texts[0].startswith(script.welcome)


def newcomer_name(script: Script) -> str:
    return {"en": "marie12", "fr": "zoe.lavoie"}[script.language]
