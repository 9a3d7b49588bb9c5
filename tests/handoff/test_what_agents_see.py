"""Numbers of accounts reach the agent who has the case; what is secret reaches nobody."""

import pytest

from bot.dialogue.message import Message
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import to_question

NUMBERS = ("9021 0001", "90210001", "9021-0001", "９０２１ ０００１")
SECRETS = {
    "a password": ("my password is Hunter2!", "Hunter2"),
    "a password in French": ("mon mot de passe est Soleil123", "Soleil123"),
    "a PIN": ("the PIN is 4471", "4471"),
    "a card": ("take 4111 1111 1111 1111 12/28", "4111"),
    "a card without spaces": ("4111111111111111", "4111"),
    "a SIN": ("my SIN is 130 692 544", "692"),
    "a card in words": ("it is four one one one" + " one one one one" * 3, "one one"),
    "a card in circled digits": ("③⑦⑧②⑧②②④⑥③①⓪⓪⓪⑤", "③⑦"),
    "a card between slashes": ("4111/1111/1111/1111", "4111"),
    "a card in French words": ("quarante et un onze" + " onze onze" * 3, "onze onze"),
    "the back of a card": ("cvv 417", "417"),
    "an account at a bank": ("my bank account is 00012-003-1234567", "1234567"),
    "a bank account in French": ("mon compte bancaire : 1234567", "1234567"),
    "an IBAN": ("FR14 2004 1010 0505 0001 3M02 606", "2004"),
    "a SIN without spaces": ("my SIN: 130692544", "130692544"),
}


@pytest.fixture
def talking(chat: Chat, agents: Agents) -> Chat:
    """Nadia has claimed the case of the chat."""
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    return chat


@pytest.mark.parametrize("number", NUMBERS)
def test_an_account_number_passes_to_the_agent_as_it_was_typed(
    talking: Chat, agents: Agents, number: str
) -> None:
    talking.say(f"it is about account {number}, please")
    assert agents.newest() == f"👤 it is about account {number}, please"


def test_it_is_sealed_where_it_is_kept(talking: Chat, world: World) -> None:
    talking.receive_text("it is about account 9021 0009")
    assert b"9021 0009" not in Records(world).bytes()


@pytest.mark.parametrize("number", NUMBERS)
def test_it_stays_hidden_before_somebody_has_claimed_the_case(
    chat: Chat, agents: Agents, number: str
) -> None:
    chat.say(f"account {number}")
    chat.say("I want to talk to a person")
    chat.say(f"account {number}")
    assert number not in agents.topic()
    assert "••••" in agents.topic()


def test_it_stays_hidden_for_a_quarter_of_an_hour_after_a_code_was_mailed(
    chat: Chat, agents: Agents
) -> None:
    to_question(chat, "one_time_code")
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    chat.say("account 9021 0009")
    assert agents.newest().startswith("👤 account ••••\n• Something there may be a one-time code")
    chat.world.clock.advance(minutes=15)
    chat.say("account 9021 0009")
    assert agents.newest() == "👤 account 9021 0009"


def test_a_code_of_any_chat_never_passes(talking: Chat, agents: Agents, world: World) -> None:
    elsewhere = world.chat("elsewhere", "diane")
    to_question(elsewhere, "one_time_code")
    code = world.code()
    for typed in (code, f"{code[:4]} {code[4:]}"):
        talking.say(f"they told me {typed}")
        assert agents.newest().startswith("👤 they told me ••••\n")
    world.clock.advance(days=1)
    talking.say(f"they told me {code}")
    assert agents.newest().startswith("👤 they told me ••••\n")
    assert code not in agents.topic()


@pytest.mark.parametrize("typed", ["10²", "½ of it", "Ａｎｎａ", "ﬁne", "№ 5 ①"])
def test_what_was_typed_is_shown_as_it_was_typed(talking: Chat, agents: Agents, typed: str) -> None:
    talking.say(typed)
    assert agents.newest() == f"👤 {typed}"


@pytest.mark.parametrize("secret", SECRETS)
def test_what_is_secret_reaches_nobody_and_both_sides_are_told(
    chat: Chat, agents: Agents, world: World, secret: str
) -> None:
    typed, hidden = SECRETS[secret]
    chat.say(typed)
    assert "utter_alarm_secret_typed" in chat.templates()
    chat.say("I want to talk to a person")
    chat.say(typed)
    agents.tap("nadia", "claim")
    chat.say(typed)
    assert "typed there and is hidden" in agents.newest()
    assert hidden not in agents.topic()
    assert not Records(world).shows(hidden, str(chat.row.state))


@pytest.mark.parametrize("kind", ["text", "edited"])
def test_an_agent_and_the_customer_are_told_and_the_customer_once(
    talking: Chat, agents: Agents, kind: str
) -> None:
    said = ("my password is Hunter2!", "4111 1111 1111 1111", "mdp: minou22")
    read = [text for typed in said for text in talking.send(Message(typed, kind=kind))]
    assert agents.topic().count("typed there and is hidden") == len(said)
    assert sum(text.startswith("A word on your safety") for text in read) == 1
    assert "Hunter2" not in agents.topic()


@pytest.mark.parametrize("claimed", [False, True])
def test_what_a_picture_says_is_masked_too(chat: Chat, agents: Agents, *, claimed: bool) -> None:
    chat.say("I want to talk to a person")
    if claimed:
        agents.tap("nadia", "claim")
    chat.send(Message("the PIN is 4471", media="photo", message_id="7"))
    assert "4471" not in agents.topic()
    assert "the PIN is ••••" in agents.topic()


def test_the_address_of_one_of_our_pages_opens_nothing_where_agents_read_it(
    talking: Chat, agents: Agents
) -> None:
    token = "Zk3_" * 5 + "ab"
    page = "https://www.example.com/support/account-billing/customer-centre-user-management"
    talking.say(f"the link does not work: https://bot.example/confirm/{token}, as {page} says")
    assert f"https://bot.example/confirm/••••, as {page} says" in agents.topic()
    assert token not in agents.topic()


def test_a_number_from_before_is_read_by_whoever_claims_the_case_unless_it_was_a_code(
    chat: Chat, agents: Agents, world: World
) -> None:
    elsewhere = world.chat("elsewhere", "diane")
    to_question(elsewhere, "one_time_code")
    chat.say("I want to talk to a person")
    chat.say(f"it is account 9021 0009, and they told me {world.code()}")
    assert "9021 0009" not in agents.topic()
    agents.tap("nadia", "claim")
    assert "hidden from the group until now: 9021 0009" in agents.topic()
    assert world.code() not in agents.topic()


def test_an_agent_may_write_a_number_that_is_no_code(
    talking: Chat, agents: Agents, world: World
) -> None:
    elsewhere = world.chat("elsewhere", "diane")
    to_question(elsewhere, "one_time_code")
    agents.say("nadia", f"your order is 5582 0134, not {world.code()}")
    assert talking.say("and?")[-1] == "your order is 5582 0134, not ••••"


def test_a_wish_beside_a_password_is_carried_out_and_the_password_is_to_be_changed(
    chat: Chat,
) -> None:
    chat.say("remove Hugo, my password is Hunter2")
    assert chat.templates() == ["utter_alarm_secret_typed", "utter_ask_username"]
