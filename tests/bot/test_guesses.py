"""Guessing in a chat: one message is one candidate at most, and wrong ones are counted."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.scale import examples
from tests.fakes.talks import open_question, to_question

MANY = [f"{number:08d}" for number in range(17, 17 + 455)]
NOT_JUDGED = {"utter_code_length", "utter_alarm_secret_typed"}
"""Two codes side by side may fit the check digit of a card."""
CIRCLED = "①②③④⑤⑥⑦⑧ " * 400


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """Diane's chat while the code is awaited."""
    to_question(chat, "one_time_code")
    return chat


def tries(world: World) -> int:
    [(sum_of_tries,)] = Records(world).rows("SELECT sum(tries) FROM one_time_code")
    return int(sum_of_tries or 0)


def wrong(code: str, by: int = 1) -> str:
    return f"{(int(code) + by) % 10**8:08d}"


@pytest.mark.parametrize("glue", [" ", "\n", ", ", " or ", "-", ""])
def test_the_right_code_among_others_is_not_judged_and_costs_no_try(
    asked: Chat, world: World, glue: str
) -> None:
    code = world.code()
    for typed in ([*MANY, code], [code, *MANY], [wrong(code), code], [code, code]):
        asked.say(glue.join(typed))
        assert asked.templates()[0] in NOT_JUDGED
        assert asked.templates()[-1] == "utter_ask_one_time_code"
    assert tries(world) == 0
    asked.say(code)
    assert asked.templates()[0] == "utter_verified"


def test_circled_digits_that_become_many_codes_are_not_judged(asked: Chat, world: World) -> None:
    said = asked.say(CIRCLED)
    assert asked.templates()[0] == "utter_code_length"
    assert "more digits in that" in said[0]
    assert tries(world) == 0


@pytest.mark.parametrize(
    "way",
    ["{0} {1} {2} {3}", "{0}{1} and {2}{3}", "first {0}, {1}, then {2}, {3}", "⟨{0}{1}⟩{2}{3}"],
)
def test_eight_digits_in_any_grouping_are_the_code(asked: Chat, world: World, way: str) -> None:
    code = world.code()
    asked.say(way.format(code[:2], code[2:4], code[4:6], code[6:]))
    assert asked.templates()[0] == "utter_verified"
    assert code.encode() not in Records(world).bytes()


def test_a_code_is_known_among_other_numbers(asked: Chat, world: World) -> None:
    code = world.code()
    asked.say(f"at 10:42 I got {code[:4]} {code[4:]} from you")
    assert asked.templates()[0] == "utter_verified"


GROUPED = ("70 74 58 6", "16 42 57 3", "1642, 573", "7 0 7 4 5", "code 7074 and 586")


@pytest.mark.parametrize("typed", GROUPED)
def test_whatever_was_typed_while_a_code_is_awaited_is_sealed_and_blanked(
    asked: Chat, world: World, typed: str
) -> None:
    asked.receive_text(typed)
    assert typed.encode() not in Records(world).bytes()
    asked.work_off()
    with world.app.database.read() as uow:
        events = str(uow.conversations.events(asked.row.id)[-20:])
    assert typed not in events
    assert "⟨digits:" not in events
    assert "⟨digits⟩" in events
    assert not Records(world).rows("SELECT 1 FROM inbox WHERE body IS NOT NULL")


@pytest.mark.parametrize(
    "typed", ["call me at 514 555 0199, I want to talk to a person", "un agent svp, 5145550199"]
)
def test_words_beside_digits_that_are_no_code_still_count(asked: Chat, typed: str) -> None:
    asked.say(typed)
    assert "utter_human_handoff" in asked.templates()


def test_five_wrong_codes_void_it_and_ten_a_day_stop_the_chat(asked: Chat, world: World) -> None:
    for round_ in range(2):
        for by in range(1, 6):
            code = world.code()
            asked.say(wrong(code, by))
        if round_ == 0:
            assert asked.templates()[0] == "utter_code_void"
            asked.say(code)
            assert asked.templates()[0] == "utter_code_void"
            asked.tap("Send a new code")
    assert asked.templates() == ["utter_chat_spent"]
    assert open_question(asked) is None
    world.clock.advance(hours=1)
    asked.say("remove Hugo")
    asked.say("diane")
    assert asked.templates() == ["utter_chat_spent"]
    world.clock.advance(days=1)
    asked.say("remove Hugo")
    asked.sign_in("diane")
    assert "utter_verified" in asked.templates()


def test_a_chat_that_is_stopped_cannot_sign_in_on_the_page_either(
    asked: Chat, world: World
) -> None:
    for _ in range(2):
        for by in range(1, 6):
            asked.say(wrong(world.code(), by))
        if open_question(asked):
            asked.tap("Send a new code")
    asked.say("remove Hugo")
    asked.tap("Sign in on our page instead")
    assert asked.templates() == ["utter_chat_spent"]


def test_two_halves_are_one_candidate(asked: Chat, world: World) -> None:
    code = wrong(world.code())
    asked.say(code[:4])
    asked.say(code[4:])
    assert asked.templates()[0] == "utter_code_wrong"
    assert tries(world) == 1
    asked.say(code[:4])
    asked.say(code[4:] * 2)
    assert asked.templates()[0] == "utter_code_wrong"
    assert tries(world) == 2


WRITTEN = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(categories=["Nd", "No", "Nl", "Zs", "Pd", "Po"]), max_size=200),
    st.lists(st.from_regex(r"[0-9]{8}", fullmatch=True), max_size=60).map(" ".join),
    st.from_regex(r"[0-9 ,.\-]{0,60}", fullmatch=True),
)


@pytest.mark.soak
@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=WRITTEN)
@example(typed=" ".join(MANY))
@example(typed=CIRCLED)
def test_any_one_message_is_judged_as_one_code_or_none(
    asked: Chat, world: World, typed: str
) -> None:
    """One code in 10 to the 8th: so the chance of a message is that of one candidate, or nought."""
    if open_question(asked) != "one_time_code":
        world.clock.advance(days=2)
        to_question(asked, "one_time_code")
    before, judged = tries(world), len(awaited(world))
    asked.say(typed)
    assert tries(world) - before <= 1
    assert len(awaited(world)) <= judged + 1
    if not asked.slots.get("verified"):
        return
    raise AssertionError(f"{typed!r} was a code by chance, or two were tried")


def awaited(world: World) -> list[tuple[object, ...]]:
    return Records(world).rows("SELECT id FROM one_time_code WHERE used_at IS NOT NULL")
