"""Numbers of accounts reach the agent who has the case; what is secret reaches nobody."""

import re
from collections.abc import Mapping

import pytest

from bot.dialogue.message import Message
from bot.languages import LANGUAGES
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, in_words, says, tells
from tests.fakes.records import Records
from tests.fakes.talks import to_question

NUMBERS = ("9021 0001", "90210001", "9021-0001", "９０２１ ０００１")
SECRETS: Mapping[str, Mapping[str, str]] = {
    "a password": {
        "en": "my password is [Soleil123]!",
        "fr": "mon mot de passe est [Soleil123]!",
    },
    "a PIN": {"en": "the PIN is [4471]", "fr": "le NIP est [4471]"},
    "a card": {
        "en": "take [4111 1111 1111 1111] 12/28",
        "fr": "prenez [4111 1111 1111 1111] 12/28",
    },
    "a card without spaces": dict.fromkeys(LANGUAGES, "[4111111111111111]"),
    "a SIN": {"en": "my SIN is [130 692 544]", "fr": "mon NAS est le [130 692 544]"},
    "a SIN without spaces": {"en": "my SIN: [130692544]", "fr": "mon NAS : [130692544]"},
    "a card in words": {
        "en": "it is four one one one" + " [one one] one one" * 3,
        "fr": "c'est quarante et un onze" + " [onze onze]" * 3,
    },
    "a card in circled digits": dict.fromkeys(LANGUAGES, "[③⑦⑧②]⑧②②④⑥③①⓪⓪⓪⑤"),
    "a card between slashes": dict.fromkeys(LANGUAGES, "[4111]/1111/1111/1111"),
    "the back of a card": {"en": "the CVV is [417]", "fr": "le CVV est [417]"},
    "an account at a bank": {
        "en": "my bank account is 00012-003-[1234567]",
        "fr": "mon compte de banque est le 00012-003-[1234567]",
    },
    "an IBAN": dict.fromkeys(LANGUAGES, "FR14 [2004 1010] 0505 0001 3M02 606"),
}
"""What is hidden at least stands in brackets, which nobody types."""
SAID = {
    "account": {"en": "it is about account {}, please", "fr": "c'est pour le compte {}, svp"},
    "code": {"en": "they told me {}", "fr": "ils m'ont dit {}"},
    "order": {"en": "your order is {}, not {}", "fr": "votre commande est la {}, pas {}"},
    "link": {
        "en": "the link does not work: {}, as {} says",
        "fr": "le lien ne marche pas : {}, comme le dit {}",
    },
    "PIN": {"en": "the PIN is {}", "fr": "le NIP est {}"},
    "wish": {
        "en": "remove Hugo, my password is Hunter2",
        "fr": "enlève Hugo, mon mot de passe est Hunter2",
    },
}
ALL_SORTS = {
    "en": ("my password is Hunter2!", "4111 1111 1111 1111", "pw: kitty22"),
    "fr": ("mon mot de passe est Hunter2!", "4111 1111 1111 1111", "mdp: minou22"),
}


@pytest.fixture
def talking(chat: Chat, agents: Agents, language: str) -> Chat:
    """Nadia has claimed the case of the chat."""
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    return chat


def account(language: str, number: str) -> str:
    return SAID["account"][language].format(number)


@pytest.mark.parametrize("number", NUMBERS)
def test_an_account_number_passes_to_the_agent_as_it_was_typed(
    talking: Chat, agents: Agents, language: str, number: str
) -> None:
    talking.say(account(language, number))
    assert agents.newest() == f"👤 {account(language, number)}"


def test_it_is_sealed_where_it_is_kept(talking: Chat, world: World, language: str) -> None:
    talking.receive_text(account(language, "9021 0009"))
    assert b"9021 0009" not in Records(world).bytes()


@pytest.mark.parametrize("number", NUMBERS)
def test_it_stays_hidden_before_somebody_has_claimed_the_case(
    chat: Chat, agents: Agents, language: str, number: str
) -> None:
    chat.say(account(language, number))
    chat.say(PERSON[language])
    chat.say(account(language, number))
    assert number not in agents.topic()
    assert "••••" in agents.topic()


def test_it_stays_hidden_for_a_quarter_of_an_hour_after_a_code_was_mailed(
    chat: Chat, agents: Agents, language: str
) -> None:
    to_question(chat, "one_time_code", language)
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    chat.say(account(language, "9021 0009"))
    hidden = f"👤 {account(language, '••••')}"
    assert agents.newest() == f"{hidden}\n{in_words(agents, 'said_code')}"
    chat.world.clock.advance(minutes=15)
    chat.say(account(language, "9021 0009"))
    assert agents.newest() == f"👤 {account(language, '9021 0009')}"


def test_a_code_of_any_chat_never_passes(
    talking: Chat, agents: Agents, world: World, language: str
) -> None:
    elsewhere = world.chat("elsewhere", "diane")
    to_question(elsewhere, "one_time_code", language)
    code = world.code()
    told = SAID["code"][language]
    for typed in (code, f"{code[:4]} {code[4:]}"):
        talking.say(told.format(typed))
        assert agents.newest().startswith(f"👤 {told.format('••••')}\n")
    world.clock.advance(days=1)
    talking.say(told.format(code))
    assert agents.newest().startswith(f"👤 {told.format('••••')}\n")
    assert code not in agents.topic()


@pytest.mark.parametrize("typed", ["10²", "½ l", "Ａｎｎａ", "ﬁn", "№ 5 ①", "« œuf »\u00a0!"])
def test_what_was_typed_is_shown_as_it_was_typed(talking: Chat, agents: Agents, typed: str) -> None:
    talking.say(typed)
    assert agents.newest() == f"👤 {typed}"


@pytest.mark.parametrize("secret", SECRETS)
def test_what_is_secret_reaches_nobody_and_both_sides_are_told(
    chat: Chat, agents: Agents, world: World, language: str, secret: str
) -> None:
    parts = re.split(r"[][]", SECRETS[secret][language])
    typed, hidden = "".join(parts), parts[1]
    said = chat.say(typed, language=language)
    assert says(world.app, "utter_alarm_secret_typed", language, "\n".join(said))
    chat.say(PERSON[language])
    chat.say(typed)
    agents.tap("nadia", "claim")
    chat.say(typed)
    assert in_words(agents, "said_private") in agents.newest()
    assert hidden not in agents.topic()
    assert not Records(world).shows(hidden, str(chat.row.state))


@pytest.mark.parametrize("kind", ["text", "edited"])
def test_an_agent_and_the_customer_are_told_and_the_customer_once(
    talking: Chat, agents: Agents, language: str, kind: str
) -> None:
    typed = ALL_SORTS[language]
    read = [text for words in typed for text in talking.send(Message(words, kind=kind))]
    assert agents.topic().count(in_words(agents, "said_private")) == len(typed)
    told = [says(talking.world.app, "utter_hidden_from_agent", language, text) for text in read]
    assert sum(told) == 1
    assert "Hunter2" not in agents.topic()


@pytest.mark.parametrize("claimed", [False, True])
def test_what_a_picture_says_is_masked_too(
    chat: Chat, agents: Agents, language: str, *, claimed: bool
) -> None:
    chat.say(PERSON[language])
    if claimed:
        agents.tap("nadia", "claim")
    below = SAID["PIN"][language]
    chat.send(Message(below.format("4471"), media="photo", message_id="7"))
    assert "4471" not in agents.topic()
    assert below.format("••••") in agents.topic()


def test_the_address_of_one_of_our_pages_opens_nothing_where_agents_read_it(
    talking: Chat, agents: Agents, language: str
) -> None:
    token = "Zk3_" * 5 + "ab"
    page = "https://www.example.com/support/account-billing/customer-centre-user-management"
    said, link = SAID["link"][language], "https://bot.example/confirm/{}"
    talking.say(said.format(link.format(token), page))
    assert said.format(link.format("••••"), page) in agents.topic()
    assert token not in agents.topic()


def test_a_number_from_before_is_read_by_whoever_claims_the_case_unless_it_was_a_code(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    elsewhere = world.chat("elsewhere", "diane")
    to_question(elsewhere, "one_time_code", language)
    chat.say(PERSON[language])
    told = SAID["code"][language].format(world.code())
    chat.say(f"{account(language, '9021 0009')}. {told}")
    assert "9021 0009" not in agents.topic()
    agents.tap("nadia", "claim")
    assert in_words(agents, "numbers_given", numbers="9021 0009") in agents.topic()
    assert world.code() not in agents.topic()


def test_an_agent_may_write_a_number_that_is_no_code(
    talking: Chat, agents: Agents, world: World, language: str
) -> None:
    elsewhere = world.chat("elsewhere", "diane")
    to_question(elsewhere, "one_time_code", language)
    order = SAID["order"][language]
    agents.say("nadia", order.format("5582 0134", world.code()))
    assert talking.say("?")[-1] == order.format("5582 0134", "••••")
    assert tells(agents, "hidden_there")


def test_a_wish_beside_a_password_is_carried_out_and_the_password_is_to_be_changed(
    chat: Chat, language: str
) -> None:
    chat.say(SAID["wish"][language], language=language)
    assert chat.templates() == ["utter_alarm_secret_typed", "utter_ask_username"]
