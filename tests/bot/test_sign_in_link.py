"""The sign-in link in a conversation: the way beside the mailed code."""

import re
from dataclasses import replace

import pytest

from storage.database import Database
from storage.keys import Keys
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import open_question, to_question

ADDRESS = re.compile(r"http://127\.0\.0\.1:8080/link/([a-p]{32})$", re.MULTILINE)
SECRET = "a secret key for the tests alone"
INSTEAD = "Sign in on our page"


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """Diane's chat after she wished to sign in on the page."""
    to_question(chat, "username")
    chat.tap(INSTEAD)
    return chat


def token(chat: Chat) -> str:
    found = ADDRESS.search("\n".join(str(reply.text) for reply in chat.replies))
    assert found is not None
    return found[1]


def sign_in(world: World, link: str, username: str = "diane") -> str:
    """What the page does when the password was right; the number that it shows."""
    with world.app.database.write() as uow:
        member_id = uow.sign_in.candidate(username).member_id
        assert member_id is not None
        session = uow.page_sessions.live(uow.page_sessions.open(member_id))
        assert session is not None
        uow.sign_in_links.claim(link, member_id=member_id, page_session_id=session.id)
        number = uow.sign_in_links.number(link, session.id)
    assert number is not None
    return number


def wrong(number: str, by: int = 1) -> str:
    return f"{(int(number) + by) % 10**6:06d}"


def test_the_number_from_the_page_verifies_and_the_task_goes_on(asked: Chat, world: World) -> None:
    assert asked.templates() == ["utter_ask_sign_in_number"]
    asked.say(sign_in(world, token(asked)))
    assert asked.templates()[0] == "utter_verified"
    assert open_question(asked) == "new_first_name"
    world.collect_mails()
    assert [mail.template for mail in world.mailbox] == ["verification_notice"]


@pytest.mark.parametrize(
    "way", ["{a}{b}", "{a} {b}", "{a}-{b}", " {a}{b}. ", "« {a} {b} »", "it is {a} {b}, thanks"]
)
def test_the_number_may_be_typed_in_any_way(asked: Chat, world: World, way: str) -> None:
    number = sign_in(world, token(asked))
    asked.say(way.format(a=number[:3], b=number[3:]))
    assert asked.templates()[0] == "utter_verified"


def test_the_page_can_be_chosen_while_a_code_is_awaited(chat: Chat, world: World) -> None:
    to_question(chat, "one_time_code")
    chat.tap(INSTEAD)
    chat.say(sign_in(world, token(chat)))
    assert chat.templates()[0] == "utter_verified"


def test_a_code_can_be_chosen_instead_of_the_page(asked: Chat) -> None:
    asked.tap("Use a code by e-mail")
    assert open_question(asked) == "username"
    asked.sign_in("diane")
    assert asked.templates()[0] == "utter_verified"


def test_three_wrong_numbers_bring_a_new_link(asked: Chat, world: World) -> None:
    first = token(asked)
    number = sign_in(world, first)
    for by in (1, 2):
        asked.say(wrong(number, by))
        assert asked.templates()[0] == "utter_sign_in_number_wrong"
    asked.say(wrong(number, 3))
    assert asked.templates()[0] == "utter_sign_in_number_void"
    second = token(asked)
    assert second != first
    asked.say(number)
    assert asked.templates()[0] == "utter_sign_in_number_wrong"
    asked.say(sign_in(world, second))
    assert asked.templates()[0] == "utter_verified"


def test_digits_of_another_length_cost_no_try(asked: Chat, world: World) -> None:
    number = sign_in(world, token(asked))
    for digits in ("123", "12345", "1234567"):
        asked.say(digits)
        assert asked.templates()[0] == "utter_code_length"
    asked.say(number)
    assert asked.templates()[0] == "utter_verified"


def test_a_new_link_can_be_asked_for(asked: Chat, world: World) -> None:
    first = token(asked)
    asked.tap("Get a new link")
    second = token(asked)
    assert second != first
    asked.say(sign_in(world, second))
    assert asked.templates()[0] == "utter_verified"


def test_a_question_in_the_middle_is_answered_and_the_link_stays_good(
    asked: Chat, world: World
) -> None:
    link = token(asked)
    asked.say("how many users can I have?")
    assert open_question(asked) == "sign_in_number"
    asked.say(sign_in(world, link))
    assert asked.templates()[0] == "utter_verified"


def test_who_signed_in_as_somebody_else_gets_that_account(asked: Chat, world: World) -> None:
    asked.say(sign_in(world, token(asked), "hugo"))
    assert "utter_holder_only" in asked.templates()


def test_a_forwarded_link_verifies_neither_chat(asked: Chat, world: World) -> None:
    """Mallory asks, Diane signs in behind the forwarded link and types into her own chat."""
    number = sign_in(world, token(asked))
    hers = world.chat("hers")
    hers.say("sign me in")
    hers.say(number)
    assert not hers.slots.get("verified")
    assert not asked.slots.get("verified")


def test_secrets_of_the_link_stand_nowhere(
    asked: Chat, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    link = token(asked)
    number = sign_in(world, link)
    asked.say(wrong(number))
    asked.say(number)
    with world.app.database.read() as uow:
        events = str(uow.conversations.events(asked.row.id))
    seen = f"{events} {asked.row.state} {caplog.text}"
    assert link.encode() not in Records(world).bytes() + seen.encode()
    assert not Records(world).shows(number, seen)
    assert "⟨link:" in events


def test_nobody_can_type_the_placeholder_of_a_link(chat: Chat) -> None:
    for text in ("⟨link:abcdefghij⟩", "<link:abcdefghij>"):
        chat.say(text)
        assert "/link/" not in "\n".join(str(reply.text) for reply in chat.replies)


def test_the_other_language_gets_the_link_too(chat: Chat) -> None:
    chat.say("connecte-moi")
    chat.tap("Me connecter plutôt sur notre page")
    assert token(chat)
    assert "chiffres" in str(chat.replies[0].text)


@pytest.fixture
def strict(world: World) -> Chat:
    """A chat of a Foyer that demands both proofs."""
    url = world.app.settings.database_url
    demanding = Database(url, clock=world.clock, keys=Keys(SECRET), demand="both")
    turns = replace(world.app.turns, database=demanding)
    return replace(world, app=replace(world.app, turns=turns)).chat()


def test_where_both_are_demanded_a_code_leads_to_the_page(strict: Chat) -> None:
    to_question(strict, "one_time_code")
    strict.say(strict.world.code())
    assert strict.templates() == ["utter_code_half", "utter_ask_sign_in_number"]
    assert not strict.slots.get("verified")
    strict.say(sign_in(strict.world, token(strict)))
    assert strict.templates()[0] == "utter_verified"
    assert open_question(strict) == "new_first_name"


def test_where_both_are_demanded_the_page_leads_to_a_code(strict: Chat) -> None:
    to_question(strict, "username")
    strict.tap(INSTEAD)
    strict.say(sign_in(strict.world, token(strict)))
    assert strict.templates() == ["utter_sign_in_number_half", "utter_ask_one_time_code"]
    strict.say(strict.world.code())
    assert strict.templates()[0] == "utter_verified"
