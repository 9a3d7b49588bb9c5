"""One-time codes in a conversation: how they may be typed, and what they are worth."""

from collections.abc import Callable

import pytest

from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import to_question

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WAYS: dict[str, Callable[[str], str]] = {
    "as it stands in the mail": lambda c: f"{c[:4]} {c[4:]}",
    "in one word": lambda c: c,
    "with a dash": lambda c: f"{c[:4]}-{c[4:]}",
    "with a long dash": lambda c: f"{c[:4]}–{c[4:]}",
    "with a dot": lambda c: f"{c[:4]}.{c[4:]}",
    "with a no-break space": lambda c: f"{c[:4]}\N{NO-BREAK SPACE}{c[4:]}",
    "with two spaces": lambda c: f"{c[:4]}  {c[4:]}",
    "with spaces around a dash": lambda c: f"{c[:4]} - {c[4:]}",
    "on two lines": lambda c: f"{c[:4]}\n{c[4:]}",
    "in pairs": lambda c: " ".join((c[:2], c[2:4], c[4:6], c[6:])),
    "digit by digit": " ".join,
    "digit by digit, dashed": "-".join,
    "in quotes": lambda c: f"« {c[:4]} {c[4:]} »",
    "with a full stop": lambda c: f"{c}.",
    "in an English sentence": lambda c: f"the code is {c[:4]} {c[4:]}, thanks",
    "in a French sentence": lambda c: f"Voici le code: {c}. Merci!",
    "in full width": lambda c: c.translate(FULL_WIDTH),
    "in Arabic digits": lambda c: f"{c[:4]} {c[4:]}".translate(ARABIC),
}


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """Diane's chat while the code is awaited."""
    to_question(chat, "one_time_code")
    return chat


def wrong(code: str, by: int = 1) -> str:
    return f"{(int(code) + by) % 10**8:08d}"


@pytest.mark.parametrize("way", WAYS)
def test_a_code_may_be_typed_in_any_way(asked: Chat, world: World, way: str) -> None:
    code = world.code()
    asked.say(WAYS[way](code))
    assert asked.templates()[0] == "utter_verified"
    assert code.encode() not in Records(world).bytes()


def test_a_wrong_code_costs_one_try(asked: Chat) -> None:
    said = asked.say(wrong(asked.world.code()))
    assert asked.templates()[0] == "utter_code_wrong"
    assert "4" in said[0]


def test_a_code_has_eight_digits(asked: Chat) -> None:
    assert len(asked.world.code()) == 8
    assert asked.world.code().isdecimal()


def test_a_code_is_good_for_ten_minutes(asked: Chat) -> None:
    asked.world.clock.advance(minutes=9, seconds=50)
    asked.say(asked.world.code())
    assert asked.templates()[0] == "utter_verified"


def test_a_code_is_worth_nothing_after_ten_minutes(asked: Chat) -> None:
    asked.world.clock.advance(minutes=10)
    asked.say(asked.world.code())
    assert asked.templates()[0] == "utter_code_void"


def test_the_right_code_after_five_wrong_ones_is_worth_nothing(asked: Chat) -> None:
    code = asked.world.code()
    for number in range(1, 6):
        asked.say(wrong(code, number))
    asked.say(code)
    assert asked.templates()[0] == "utter_code_void"
    assert not asked.slots.get("verified")


def test_a_code_is_used_once(asked: Chat) -> None:
    code = asked.world.code()
    asked.say(code)
    asked.say("sign me out")
    to_question(asked, "one_time_code")
    asked.say(code)
    assert asked.templates()[0] == "utter_code_wrong"


def test_only_the_newest_code_counts(asked: Chat) -> None:
    older = asked.world.code()
    asked.tap("Send a new code")
    newer = asked.world.code()
    asked.say(older)
    assert asked.templates()[0] == "utter_code_wrong"
    asked.say(newer)
    assert asked.templates()[0] == "utter_verified"


def test_a_code_counts_only_in_the_chat_that_asked(asked: Chat, world: World) -> None:
    code = world.code()
    other = world.chat("other")
    other.say(code)
    assert other.templates() == ["utter_unexpected_code"]
    to_question(other, "one_time_code")
    other.say(code)
    assert other.templates()[0] == "utter_code_wrong"
    asked.say(code)
    assert asked.templates()[0] == "utter_verified"


def test_a_code_opens_nothing_for_another_person_of_the_chat(asked: Chat) -> None:
    asked.say(asked.world.code())
    asked.person = "somebody else in that chat"
    asked.say("/restart")
    asked.tap("Who is on my account?")
    assert asked.templates() == ["utter_ask_username"]


def test_three_codes_are_sent_in_a_quarter_of_an_hour(asked: Chat, world: World) -> None:
    for _ in range(5):
        asked.tap("Send a new code")
    world.collect_mails()
    assert [mail.template for mail in world.mailbox] == ["one_time_code"] * 3
    world.clock.advance(minutes=15)
    asked.tap("Send a new code")
    world.collect_mails()
    assert len(world.mailbox) == 4


def test_asking_for_a_new_code_is_no_failed_answer(asked: Chat) -> None:
    for _ in range(3):
        asked.tap("Send a new code")
        assert asked.templates() == ["utter_code_sent_again", "utter_ask_one_time_code"]


def test_the_mail_names_the_chat_and_the_task(asked: Chat, world: World) -> None:
    mail = world.newest("one_time_code")
    assert mail.recipient == "diane@example.com"
    assert mail.parameters["task"] == "create_user"
    assert asked.name in mail.parameters["chat"]


def test_two_halves_within_a_minute_are_one_code(asked: Chat) -> None:
    code = asked.world.code()
    asked.say(code[:4])
    assert asked.templates()[0] == "utter_half_code"
    asked.world.clock.advance(seconds=50)
    asked.say(code[4:])
    assert asked.templates()[0] == "utter_verified"


def test_two_halves_further_apart_are_no_code(asked: Chat) -> None:
    code = asked.world.code()
    asked.say(code[:4])
    asked.world.clock.advance(seconds=61)
    asked.say(code[4:])
    assert asked.templates()[0] == "utter_half_code"


def test_halves_with_something_between_are_no_code(asked: Chat) -> None:
    code = asked.world.code()
    for text in (code[:4], "how many users can I have?", code[4:]):
        asked.say(text)
    assert asked.templates()[0] == "utter_half_code"
    assert not asked.slots.get("verified")


def test_half_a_code_is_kept_sealed(asked: Chat, world: World) -> None:
    asked.say("4711")
    assert not Records(world).shows("4711", str(asked.row.state))


@pytest.mark.parametrize("digits", ["12345", "123456", "1234567", "123", "123456789"])
def test_digits_that_cannot_be_the_code_cost_no_try(asked: Chat, digits: str) -> None:
    asked.say(digits)
    assert asked.templates() == ["utter_code_length", "utter_ask_one_time_code"]
    said = asked.say(wrong(asked.world.code()))
    assert "4" in said[0]


def test_a_typed_mask_is_no_code(asked: Chat, world: World) -> None:
    with world.app.database.read() as uow:
        digest = uow.keys.code_digest(world.code())
        sealed = uow.keys.seal(world.code()[:4])
    for text in (f"⟨code:{digest}⟩", f"⟨digits:{sealed}⟩", digest, f"<code:{digest}>"):
        asked.say(text)
        assert "utter_verified" not in asked.templates()
    assert not asked.slots.get("verified")


def test_a_code_that_was_dropped_with_its_task_opens_nothing(asked: Chat) -> None:
    asked.say("cancel")
    asked.say(asked.world.code())
    assert asked.templates() == ["utter_unexpected_code"]


NAMES = [
    "nobody-at-all",
    "holder-en-on",
    "bonjour22",
    "help.desk",
    "yes_man",
    "diane@example.com",
    "cancel7",
]
SENTENCES = ["it is zz.diane", "c'est zz.diane", "it's diane7", "my username is diane7"]


@pytest.mark.parametrize("name", NAMES)
def test_a_user_name_may_look_like_a_word_or_an_address(chat: Chat, name: str) -> None:
    to_question(chat, "username")
    chat.say(name)
    assert chat.templates() == ["utter_ask_one_time_code"]
    assert {reply.language for reply in chat.replies} == {"en"}


@pytest.mark.parametrize("text", SENTENCES)
def test_a_user_name_may_stand_in_a_short_sentence(chat: Chat, text: str) -> None:
    to_question(chat, "username")
    chat.say(text)
    assert chat.templates() == ["utter_ask_one_time_code"]


@pytest.mark.parametrize("text", ["not a user name", "😀 😀", "un deux trois"])
def test_what_is_no_user_name_is_asked_again(chat: Chat, text: str) -> None:
    to_question(chat, "username")
    chat.say(text)
    assert chat.templates()[-1] == "utter_ask_username"
